"""Acts on mandates: who may act for whom, and from when to when."""
