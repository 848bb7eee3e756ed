"""Calendars and process diagrams: as text, iCalendar, SVG and Mermaid."""
