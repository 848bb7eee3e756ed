"""The embedded PostgreSQL: where it lies, how it is started, kept alive and stopped."""
