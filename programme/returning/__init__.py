"""Re-referral in one act."""
