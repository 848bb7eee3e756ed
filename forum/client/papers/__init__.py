"""Papers: what a reader may see of a document is asked for through the contract and becomes facts for rendering."""
