"""The pages in a real browser: what people do with them, and whether everybody can."""
