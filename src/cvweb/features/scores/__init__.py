"""Scores: ask for one, read those of a CV."""
