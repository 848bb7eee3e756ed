"""Acts of clearance inside a delegation: an organisation's own side alone does them, sees them and is bound by them."""
