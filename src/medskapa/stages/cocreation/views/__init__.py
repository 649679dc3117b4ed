"""Pages of challenges, ideas, teams, prototypes and trials."""
