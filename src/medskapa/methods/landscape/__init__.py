"""The opinion landscape: who answers alike, what each group stands for, what all of them agree on, and how far that can be trusted."""
