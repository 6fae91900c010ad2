"""The page of one score: the gauge, the criteria with their evidence, what would help."""
