"""The page about one's credits."""
