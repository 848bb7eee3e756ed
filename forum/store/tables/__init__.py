"""The tables of the database, one file a family of nouns."""
