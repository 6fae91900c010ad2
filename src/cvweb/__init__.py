"""The reference application on cvcore."""
