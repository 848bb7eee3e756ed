"""Random worlds on a real database, and requests in them that the service and the model of authority both answer."""
