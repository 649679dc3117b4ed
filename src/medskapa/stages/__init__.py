"""The thread, stage by stage."""
