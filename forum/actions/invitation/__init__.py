"""Acts on invitations: somebody is asked in by a signed link, and answers it."""
