"""A client of the contract: imports, papers and the demonstration go over HTTP and the operation documents, like any
portal's own code. Nothing here can do what a third party's could not (`docs/decisions/0003-client-room.md`)."""
