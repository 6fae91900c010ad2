"""Lists over the wire: `?limit=&cursor=` in, `{"items": [...], "next": cursor | null}` out."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

import msgspec
from litestar.params import FromQuery

from cvweb.http.errors import FieldProblem, InvalidCursor, InvalidRequest

LIMIT_DEFAULT = 50
LIMIT_MAX = 200
CURSOR_CHARACTERS_MAX = 400

T = TypeVar("T")
V = TypeVar("V")


class Page(msgspec.Struct, Generic[T], frozen=True):
    """A stretch of a list. `next` asks for what follows, null at the end; what is in it is ours."""

    items: list[T]
    next: str | None = None


class Asked(msgspec.Struct, frozen=True):
    """Which stretch is asked for: at most `limit` items after the one called `after`."""

    limit: int = LIMIT_DEFAULT
    after: str | None = None


def page_asked(
    limit: FromQuery[int] = LIMIT_DEFAULT, cursor: FromQuery[str | None] = None
) -> Asked:
    """The stretch that `?limit=&cursor=` asks for, a dependency of list routes.

    Raises:
        InvalidRequest: the limit is not 1 to 200.
        InvalidCursor: the cursor is not one of ours.
    """
    if not 1 <= limit <= LIMIT_MAX:
        raise InvalidRequest([FieldProblem("limit", f"must be 1 to {LIMIT_MAX}, got {limit}")])
    return Asked(limit=limit, after=None if cursor is None else opened(cursor))


def page_of(
    found: Sequence[T], asked: Asked, *, name: Callable[[T], str], view: Callable[[T], V]
) -> Page[V]:
    """The page of what was `found` when one more than `asked.limit` was looked for."""
    shown = found[: asked.limit]
    more = len(found) > asked.limit
    return Page([view(item) for item in shown], sealed(name(shown[-1])) if more else None)


def sealed(name: str) -> str:
    """A name as an opaque cursor.

    >>> opened(sealed("42"))
    '42'
    """
    return base64.urlsafe_b64encode(f"1:{name}".encode()).decode().rstrip("=")


def opened(cursor: str) -> str:
    """The name in a cursor.

    Raises:
        InvalidCursor: it is none of ours.
    """
    if len(cursor) > CURSOR_CHARACTERS_MAX:
        raise InvalidCursor
    try:
        text = base64.b64decode(
            cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True
        ).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError) as error:
        raise InvalidCursor from error
    version, _, name = text.partition(":")
    if version != "1" or not name or not name.isprintable():
        raise InvalidCursor
    return name
