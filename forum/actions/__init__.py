"""One file an act: a frozen command and one function of the file's name. `runner.py` is the one path of every write."""
