"""Cover: who stands in for a worker who is away, with which parent, from when until when."""
