"""Random definitions that the check calls sound, run in the service itself."""
