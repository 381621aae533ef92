"""Which events matter most, and events that no other part of the record holds."""
