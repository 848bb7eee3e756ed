"""How a forum works, as data: definitions are loaded from TOML, checked, and asked who may do what and when.

The room is pure. It knows no database, no request and no clock: the time, the windows and the answers of the gates are
handed in as plain facts. `load.py` holds its only reading of files.
"""
