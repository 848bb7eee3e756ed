"""How a page looks, and the bytes of a PDF: an outline to a tagged file."""
