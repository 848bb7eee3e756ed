"""Papers as HTML: one file without a script that needs nothing beside it."""
