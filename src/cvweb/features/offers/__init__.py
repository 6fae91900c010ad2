"""Offers: bring one (address, text, file), read it, correct it."""
