"""`Prefer: wait=N` (RFC 7240): somebody would rather wait a little than ask again."""

from __future__ import annotations

WAIT_SECONDS_MAX = 30


def wait_seconds(prefer: str | None) -> int:
    """How long somebody is ready to wait, 0 to 30 seconds; what cannot be read is no preference.

    >>> wait_seconds("respond-async, wait=10")
    10
    >>> wait_seconds("wait=900")
    30
    """
    for part in (prefer or "").lower().split(","):
        name, _, value = part.strip().partition("=")
        digits = value.strip().strip('"')
        if name.strip() == "wait" and digits.isascii() and digits.isdigit():
            return min(int(digits[:6]), WAIT_SECONDS_MAX)
    return 0
