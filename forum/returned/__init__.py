"""Word files that come back with changes and comments in them, read paragraph by paragraph: nothing is guessed, and
what is not understood is named."""
