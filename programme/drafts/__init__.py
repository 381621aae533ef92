"""What somebody is still writing: kept for her alone until the page is saved."""
