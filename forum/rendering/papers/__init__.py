"""What stands on each kind of paper: facts to an outline of titles, paragraphs and tables."""
