"""Acts on documents: drafted, cited, circulated, commented on, closed, sent on."""
