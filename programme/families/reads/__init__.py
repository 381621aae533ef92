"""What the pages about a family show: who is in it, how they keep in touch, days to mind."""
