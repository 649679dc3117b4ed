"""The long promises at full size. `python -m pytest drills` runs them; the suite runs a small share of each."""
