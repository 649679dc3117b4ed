"""What people fill in while the lab listens."""
