"""Pages about tasks: what is under way, and what became of it."""
