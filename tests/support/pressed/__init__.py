"""A served database under pressure: lines that ask as fast as they may, a probe beside them in a process of its own,
and the search for the dearest request that the limits let through."""
