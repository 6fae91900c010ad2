"""`ETag` and `If-Match`: which version somebody read, and which one their change is meant for."""

from __future__ import annotations

from cvweb.http.errors import FieldProblem, InvalidRequest, PreconditionMissing


def etag_of(version: int) -> str:
    """The entity tag of a version.

    >>> etag_of(3)
    '"3"'
    """
    return f'"{version}"'


def version_wanted(if_match: str | None) -> int:
    """The version that `If-Match` names: `"3"`, `3` and `W/"3"` all mean version 3.

    Raises:
        PreconditionMissing: there is no `If-Match`.
        InvalidRequest: it names no version.
    """
    if if_match is None or not if_match.strip():
        raise PreconditionMissing
    text = if_match.strip().removeprefix("W/").strip('"')
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        message = f'must be one version such as "3", got {if_match[:40]!r}'
        raise InvalidRequest([FieldProblem("If-Match", message)])
    return int(text)
