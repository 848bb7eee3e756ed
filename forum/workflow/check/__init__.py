"""Is a definition sound? Every fault is found before it is published."""
