"""The tests of the service, in the rooms of what they test; what several of them need stands in `tests/support/`."""
