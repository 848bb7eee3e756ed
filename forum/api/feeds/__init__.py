"""Dates as calendar programs subscribe to them: of a forum for everybody, and a person's own."""
