"""The command forum: `parser.py` holds every command with its options; one file a family of commands calls a room and
prints what came of it."""
