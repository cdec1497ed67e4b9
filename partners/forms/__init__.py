"""What people fill in about partners and meetings."""
