"""Acts on calls for inputs: issued, opened, closed, declined, and their reminders and late permits."""
