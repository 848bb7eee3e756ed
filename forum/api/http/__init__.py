"""How a request comes in, what it may cost, and how its answer leaves: GraphQL over HTTP."""
