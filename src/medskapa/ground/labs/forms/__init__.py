"""What is asked about labs and the people in them."""
