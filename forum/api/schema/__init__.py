"""The contract: one file a noun, with its fields, its enumerations and its place in Query and Mutation."""
