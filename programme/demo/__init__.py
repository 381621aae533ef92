"""The demonstration: invented people with three years of believable history."""
