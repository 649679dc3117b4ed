"""Small numbers: which figures must be withheld so that nobody can tell how few people one counts, and the proof."""
