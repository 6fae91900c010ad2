"""The one place that knows which error is which HTTP status, and how an error reads on the wire.

A class of `cvcore.errors` decides by what it is; a `code` listed in `STATUSES` more exactly.
Bodies are `application/problem+json` (RFC 9457): `type, title, status, detail, code` and the
error's own fields in camelCase. What was never meant for a person (a bug) is a 500 without a word
of its inside.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import msgspec

from cvcore.errors import Conflict, CvcoreError, NotFound, Refusal, Unavailable

PROBLEM_JSON = "application/problem+json"

BASES: tuple[tuple[type[CvcoreError], int], ...] = (
    (NotFound, 404),
    (Conflict, 409),
    (Unavailable, 503),
    (Refusal, 422),
)
"""What a class of errors means where its code says nothing more exact."""

STATUSES: Mapping[str, int] = {
    # who is asking
    "not_signed_in": 401,
    "wrong_credentials": 401,
    "cross_site": 403,
    "not_allowed": 403,
    # the request itself
    "invalid_request": 400,
    "invalid_cursor": 400,
    "idempotency_key_missing": 400,
    "precondition_missing": 428,
    "stale_version": 412,
    "stale_offer": 412,
    "body_too_large": 413,
    "file_too_large": 413,
    "page_too_large": 422,
    "unsupported_media_type": 415,
    "unsupported_format": 415,
    "too_many_requests": 429,
    # keys and money
    "key_reused": 422,
    "key_taken": 409,
    "insufficient_credits": 402,
    "in_debt": 402,
    "plan_inactive": 403,
    "not_in_plan": 403,
    "allowance": 403,
    "cv_blocked": 403,
    # tasks that came to no end
    "attempts_exhausted": 503,
    "deadline_passed": 503,
    "task_timeout": 503,
    "worker_stopped": 503,
    "not_found": 404,
    # the world outside
    "fetch_failed": 502,
}
"""The status of a code, where its base class would say something else or too little."""

HIDDEN: frozenset[str] = frozenset({"owner"})
"""Fields that stay inside: whoever asks knows who they are."""


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """One error as it goes over the wire; `fields` are merged into the body beside the rest."""

    status: int
    code: str
    detail: str
    fields: Mapping[str, Any] = {}
    headers: Mapping[str, str] = {}

    @property
    def title(self) -> str:
        """The status in words; the sentence for people is `detail`."""
        return HTTPStatus(self.status).phrase

    def body(self) -> dict[str, Any]:
        """The JSON object of RFC 9457."""
        own = {
            "type": f"urn:cvcore:problem:{self.code}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
        }
        return {**{camel(name): value for name, value in self.fields.items()}, **own}

    def encoded(self) -> bytes:
        """The body as JSON; a value that JSON does not know goes as its text."""
        return msgspec.json.encode(self.body(), enc_hook=str)


def status_of(error: CvcoreError | type[CvcoreError], *, code: str | None = None) -> int:
    """The HTTP status of an error or of a class of errors; 500 for what has no place in the map."""
    named = STATUSES.get(code or error.code)
    if named is not None:
        return named
    kind = error if isinstance(error, type) else type(error)
    return next((status for base, status in BASES if issubclass(kind, base)), 500)


def problem_of(error: CvcoreError) -> Problem:
    """The problem an error is, with its facts; a refusal's own reason is its code."""
    fields = {name: value for name, value in error.fields().items() if name not in HIDDEN}
    reason = fields.get("reason")
    code = reason if isinstance(reason, str) and reason in STATUSES else error.code
    status = status_of(error, code=code)
    if status == 500:
        return internal_problem()
    return Problem(
        status=status, code=code, detail=str(error), fields=fields, headers=_headers(status, fields)
    )


def task_problem(code: str, message: str, fields: Mapping[str, Any]) -> Problem:
    """The problem that made a task fail, for somebody who waited for its answer."""
    status = STATUSES.get(code, 422)
    if code == "internal_error":
        return internal_problem()
    shown = {name: value for name, value in fields.items() if name not in HIDDEN}
    return Problem(status=status, code=code, detail=message, fields=shown)


def internal_problem() -> Problem:
    """What anybody learns of a bug: that it is ours, was noted, and that trying again is fine."""
    return Problem(
        status=500,
        code="internal_error",
        detail="something went wrong on our side and was noted; nothing was charged, try again",
    )


def plain_problem(status: int, code: str, detail: str, **fields: Any) -> Problem:
    """A problem that no error of the domain stands behind: no such page, no such method."""
    return Problem(status=status, code=code, detail=detail, fields=fields)


def camel(name: str) -> str:
    """`retry_after_seconds` as `retryAfterSeconds`.

    >>> camel("upload_bytes_max")
    'uploadBytesMax'
    """
    head, *rest = name.split("_")
    return head + "".join(part[:1].upper() + part[1:] for part in rest)


def _headers(status: int, fields: Mapping[str, Any]) -> dict[str, str]:
    seconds = fields.get("retry_after_seconds")
    if isinstance(seconds, int | float):
        return {"Retry-After": str(max(1, int(seconds)))}
    if status == 503:
        return {"Retry-After": "5"}
    if status == 401:
        return {"WWW-Authenticate": 'Bearer realm="cvweb"'}
    return {}
