"""Pages of supports, goals and reports."""
