"""Two records of one person: finding them, joining them, parting them again."""
