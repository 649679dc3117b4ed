"""What people type about challenges, ideas, teams, prototypes and trials."""
