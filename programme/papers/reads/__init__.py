"""What papers ask of the record, as far as the reader's parts go."""
