"""Tailoring: proposals for an offer, and their review one by one."""
