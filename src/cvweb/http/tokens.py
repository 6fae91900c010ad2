"""Secrets we hand out (sessions, API keys): random, shown once, kept only as their hash."""

from __future__ import annotations

import hashlib
import secrets

KEY_PREFIX = "cvk_"
SHOWN_CHARACTERS = 12


def new_session_token() -> str:
    """A new session's token: 256 random bits."""
    return secrets.token_urlsafe(32)


def new_api_key() -> str:
    """A new API key: `cvk_` and 256 random bits."""
    return KEY_PREFIX + secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What is kept of a token: its SHA-256 in hex. It needs no salt: the token is random."""
    return hashlib.sha256(token.encode()).hexdigest()


def shown(api_key: str) -> str:
    """The beginning of a key, enough to tell one's own keys apart.

    >>> shown("cvk_0123456789abcdef")
    'cvk_01234567'
    """
    return api_key[:SHOWN_CHARACTERS]
