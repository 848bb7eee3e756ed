"""The measuring room: a data set of one's own, a real server under load, and the same schema executed by resolvers."""
