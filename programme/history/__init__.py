"""What a record said and says: what changed, how it stood on a day, and who has seen it."""
