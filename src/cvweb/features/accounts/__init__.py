"""Accounts: register, sign in and out, API keys."""
