"""Acts on how a person is reached."""
