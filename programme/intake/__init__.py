"""A referral comes in: who she is, whether somebody knows her, what is decided."""
