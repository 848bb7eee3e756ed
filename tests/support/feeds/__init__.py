"""Feeds read back by parsers that nobody here wrote."""
