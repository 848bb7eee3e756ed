"""The command forum: one file a family of commands, each of which calls a room and prints what came of it."""
