"""Whether it got better: four ways to compare, each with its interval, in plain words, and with "too few to tell"."""
