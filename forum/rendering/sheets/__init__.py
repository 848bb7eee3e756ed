"""The tables of a paper as spreadsheets: what stands in an annex, to be counted and sorted elsewhere."""
