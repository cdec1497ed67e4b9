"""What people fill in about the offer, and what is wrong with it in words."""
