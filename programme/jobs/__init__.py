"""Work in the background: tried again a few times, and seen by an administrator when it fails."""
