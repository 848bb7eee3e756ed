"""Durable background work: acts at their instant. The worker runs the queue's jobs; the sweep finds what no job did."""
