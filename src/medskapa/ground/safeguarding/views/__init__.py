"""Pages of safeguarding: for whoever worries, and for the officer. For all others there is nothing here."""
