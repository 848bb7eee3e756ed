"""What writes need, and the tables: the database's life (embedded, roles, migrations), the unit of work, one file a
noun."""
