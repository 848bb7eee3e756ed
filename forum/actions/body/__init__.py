"""Acts on bodies: a working group, a regional consultation, a steering group and their terms of reference."""
