"""Exports by a form, and their download for a browser."""
