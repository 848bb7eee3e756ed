"""Acts on contributions, which people call inputs: from the first draft to the secretariat's admission."""
