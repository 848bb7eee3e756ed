"""Papers: what a reader may see of a document is asked for through the contract, becomes facts, and then a file."""
