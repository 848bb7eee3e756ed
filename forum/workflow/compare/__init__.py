"""What changed between two versions of a definition, in words."""
