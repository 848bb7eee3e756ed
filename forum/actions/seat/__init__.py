"""Acts on seats: which organisations take part in a forum, as what, and from when to when."""
