"""Papers as Markdown: plain text that can be compared line by line and read without a program."""
