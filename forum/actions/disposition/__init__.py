"""Acts that say what became of an input, a comment or a recommendation."""
