"""The base classes of every error this library raises.

Each room has its own `errors.py` that derives from these. An error carries a `code` that never
changes (machines match on it), a message for people that says what was, what was needed and what to
do, and its facts as attributes (`fields()` lists them, for an HTTP body or a log line).
"""

from __future__ import annotations

from typing import ClassVar


class CvcoreError(Exception):
    """Anything this library raises on purpose."""

    code: ClassVar[str] = "cvcore_error"

    def fields(self) -> dict[str, object]:
        """The facts of this error by name, without the message; empty where there are none."""
        return {name: value for name, value in vars(self).items() if not name.startswith("_")}


class Refusal(CvcoreError):
    """The request was understood and is not granted: expected, a person can act on it."""

    code = "refused"


class NotFound(CvcoreError):
    """Nothing stands under this id for whoever asks: unknown, or somebody else's."""

    code = "not_found"

    def __init__(self, kind: str, id: str) -> None:
        super().__init__(f"no {kind} {id!r} here; list them to see which there are")
        self.kind, self.id = kind, id


class Conflict(CvcoreError):
    """Somebody else changed it first: read it again and decide anew."""

    code = "conflict"


class Unavailable(CvcoreError):
    """Something this work depends on does not answer now: the same call may succeed later."""

    code = "unavailable"
