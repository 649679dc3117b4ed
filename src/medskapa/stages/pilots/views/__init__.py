"""Pages of pilots and adoptions."""
