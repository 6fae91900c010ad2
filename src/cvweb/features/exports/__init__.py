"""Exports: a file of one version, kept as it was made."""
