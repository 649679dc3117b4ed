"""What looks back over all of it."""
