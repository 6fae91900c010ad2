"""What a person can do, one room each. Rooms never import one another."""
