"""Choosing projects within a budget by approval ballots: Equal Shares and its kin, counted exactly."""
