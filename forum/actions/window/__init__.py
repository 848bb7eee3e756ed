"""Acts on windows: more time for whatever has a deadline."""
