"""Credits: what is there, what happened to them, what a use would cost."""
