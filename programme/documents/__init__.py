"""Letters, court papers, photos and e-mails that belong to a parent's record."""
