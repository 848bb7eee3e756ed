"""Papers as Word files: real styles, numbering, footnotes and repeated table heads, in both directions."""
