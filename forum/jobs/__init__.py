"""Durable background work: one file a job. The worker runs them; the sweep does what is due even without the queue."""
