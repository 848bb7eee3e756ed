"""Dates as a feed that calendar programs subscribe to (iCalendar, RFC 5545 and 7986)."""
