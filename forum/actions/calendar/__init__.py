"""Acts on one's own calendar: the address at which calendar programs read it."""
