"""When everything of an edition is planned, and what that means for one person: the rehearsal."""
