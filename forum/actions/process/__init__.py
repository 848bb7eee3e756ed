"""Acts on process definitions, and what acts on versions share."""
