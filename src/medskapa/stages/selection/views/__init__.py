"""Pages of calls, applications, reviews and decisions."""
