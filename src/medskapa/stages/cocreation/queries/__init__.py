"""What somebody may read of challenges, ideas, teams, prototypes and trials."""
