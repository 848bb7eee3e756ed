"""Notices as mail: letters are written for them, composed in the reader's language, and handed to the relay."""
