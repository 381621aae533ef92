"""What is due, and why: worked out anew from facts and timescale rules, and stored nowhere."""
