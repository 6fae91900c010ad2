"""What no request may bring: characters and numbers that no store can keep, endless nesting.

PostgreSQL keeps no U+0000 in a text and no version beyond 2,147,483,647, and JSON nested a thousand
deep exhausts whoever reads it. All of that is refused here, once, for every route.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import accumulate
from typing import Annotated, Any
from urllib.parse import unquote_plus

import msgspec
from litestar.enums import ScopeType
from litestar.exceptions import NotFoundException
from litestar.types import ASGIApp, Receive, Scope, Send

from cvweb.http.errors import FieldProblem, InvalidRequest

NUL = "\x00"
NUMBER_MAX = 2**31 - 1
NESTING_MAX = 100
VersionNumber = Annotated[int, msgspec.Meta(ge=1, le=NUMBER_MAX)]
"""The number of a version, as bodies name it."""

_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
_NOT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_OPENING = b"[{"
_MESSAGE = "holds the character U+0000, which no text has; leave it out"


class Border:
    """ASGI middleware: looks at addresses, and says of a site reached by https that it is.

    `is_https` says that people reach the site by https, whatever the proxy before it speaks with
    us: cookies and headers follow it.
    """

    def __init__(self, app: ASGIApp, *, is_https: bool) -> None:
        self._app = app
        self._is_https = is_https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse its address before anything reads it."""
        if scope["type"] == ScopeType.HTTP:
            if self._is_https:
                scope["scheme"] = "https"
            check_address(scope["path"], scope["query_string"], scope.get("path_params", {}))
        await self._app(scope, receive, send)


def check_address(path: str, query: bytes, named: Mapping[str, Any]) -> None:
    """Let an address pass that may be one of ours; `named` are the parameters in its path.

    Raises:
        NotFoundException: the path holds a U+0000, or a number nothing is numbered with.
        InvalidRequest: the query holds a U+0000.
    """
    numbers = (value for value in named.values() if isinstance(value, int))
    if NUL in path or any(not 0 <= number <= NUMBER_MAX for number in numbers):
        raise NotFoundException
    if NUL in unquote_plus(query.decode("latin-1")):
        raise InvalidRequest([FieldProblem("query", _MESSAGE)])


def check_fields(fields: Mapping[str, str]) -> None:
    """Let a form pass whose names and texts can be kept.

    Raises:
        InvalidRequest: some hold a U+0000; every one is named.
    """
    problems = [
        FieldProblem(name.replace(NUL, "\ufffd"), _MESSAGE)
        for name, value in fields.items()
        if NUL in name or NUL in value
    ]
    if problems:
        raise InvalidRequest(problems)


def check_json(raw: bytes | bytearray) -> None:
    """Let a JSON body pass that can be read and kept; one that is no JSON is left to its reader.

    Raises:
        InvalidRequest: it is nested more than 100 deep, or holds a U+0000.
    """
    if raw.count(b"[") + raw.count(b"{") > NESTING_MAX < nesting(raw):
        message = f"is nested more than {NESTING_MAX} deep; send a flatter document"
        raise InvalidRequest([FieldProblem("body", message)])
    if b"\\u0000" not in raw:
        return
    try:
        found = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return
    problems = [FieldProblem(where or "body", _MESSAGE) for where in _nuls(found, "")]
    if problems:
        raise InvalidRequest(problems[:100])


def nesting(raw: bytes | bytearray) -> int:
    """How deep arrays and objects lie in each other.

    >>> nesting(b'{"a": [[], "[[[[", {}]}')
    3
    """
    found = _STRING.sub(b"", raw).translate(None, _NOT_BRACKETS)
    return max(accumulate((1 if each in _OPENING else -1 for each in found), initial=0))


def _nuls(found: Any, path: str) -> list[str]:
    if isinstance(found, str):
        return [path] if NUL in found else []
    if isinstance(found, list):
        return [one for index, each in enumerate(found) for one in _nuls(each, f"{path}[{index}]")]
    if not isinstance(found, dict):
        return []
    places: list[str] = []
    for name, value in found.items():
        where = f"{path}.{name}".lstrip(".").replace(NUL, "\ufffd")
        places += [where] if NUL in name else _nuls(value, where)
    return places
