"""Files that people keep in spreadsheets, read into plain rows: nothing is guessed, every doubtful cell is named."""
