"""Acts on tokens: what a person does with their own."""
