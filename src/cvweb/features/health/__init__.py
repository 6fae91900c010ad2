"""Whether this process is alive and able to work, and what it counts."""
