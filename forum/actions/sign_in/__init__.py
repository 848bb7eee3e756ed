"""Acts on one's own sign-ins with a browser."""
