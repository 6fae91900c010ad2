"""Tasks: where one's work stands, calling it off, and what happens as it happens."""
