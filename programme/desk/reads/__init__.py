"""What the joined pages show: home, a parent's record, its timeline."""
