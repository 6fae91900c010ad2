"""Bodies: how long they may be, and every problem of one that cannot be read."""

from __future__ import annotations

from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send
from litestar.types.asgi_types import ReceiveMessage

from cvcore.errors import Refusal
from cvweb.http.border import check_json
from cvweb.http.errors import (
    BodyTooLarge,
    FieldProblem,
    UnsupportedMediaType,
    UploadTooLarge,
)

READ_AS_JSON = ("application/json", "application/json-patch+json", "application/merge-patch+json")
FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
MULTIPART_OVERHEAD_BYTES = 64 * 1024


class BodyLimits:
    """ASGI middleware: stops reading where a body is longer than its route takes.

    `upload_bytes_max` counts for multipart bodies, `body_bytes_max` for all others. JSON bodies
    are kept on the scope (`state["json_body"]`), to explain whole what does not fit; what holds
    what nobody can keep is refused before it is read.
    """

    def __init__(self, app: ASGIApp, *, body_bytes_max: int, upload_bytes_max: int) -> None:
        self._app = app
        self._body_bytes_max = body_bytes_max
        self._upload_bytes_max = upload_bytes_max

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, its body counted."""
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        kind = headers.get(b"content-type", b"").split(b";")[0].strip().lower().decode("latin-1")
        bytes_max, too_large = self._limit(kind)
        announced = headers.get(b"content-length", b"0")
        if announced.isdigit() and int(announced) > bytes_max:
            raise too_large
        if kind and kind not in (*READ_AS_JSON, *FORMS) and announced not in {b"", b"0"}:
            raise UnsupportedMediaType(given=kind, accepted=("application/json", FORMS[0]))
        if kind in FORMS and _takes_json(scope):
            raise UnsupportedMediaType(given=kind, accepted=("application/json",))
        kept = bytearray()
        keep = kind not in FORMS
        seen = 0

        async def receive_counted() -> ReceiveMessage:
            nonlocal seen
            message = await receive()
            if message["type"] == "http.request":
                chunk = message.get("body", b"")
                seen += len(chunk)
                if seen > bytes_max:
                    raise too_large
                if keep:
                    kept.extend(chunk)
                    if not message.get("more_body"):
                        check_json(kept)
            return message

        if keep:
            scope["state"]["json_body"] = kept
        await self._app(scope, receive_counted, send)

    def _limit(self, kind: str) -> tuple[int, Refusal]:
        if kind == "multipart/form-data":
            file_bytes_max = self._upload_bytes_max
            too_large = UploadTooLarge(upload_bytes_max=file_bytes_max)
            return file_bytes_max + MULTIPART_OVERHEAD_BYTES, too_large
        return self._body_bytes_max, BodyTooLarge(body_bytes_max=self._body_bytes_max)


def _takes_json(scope: Scope) -> bool:
    """Whether the route reads its body as JSON, whatever the request calls it."""
    return getattr(scope.get("route_handler"), "parsed_data_field", None) is not None


def problems_of(raw: bytes, wanted: Any) -> list[FieldProblem]:
    """Everything that keeps `raw` from being read as `wanted` (a Struct), field by field."""
    if not raw.strip():
        return [FieldProblem("body", "is empty; send a JSON object")]
    try:
        found = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return [FieldProblem("body", f"is not JSON that can be read: {error}")]
    return _problems(found, wanted, "")


def _problems(found: Any, wanted: Any, path: str) -> list[FieldProblem]:
    try:
        msgspec.convert(found, wanted, strict=False)
    except msgspec.ValidationError as error:
        inner = _inner_problems(found, wanted, path)
        return inner or [_problem(error, path)]
    return []


def _inner_problems(found: Any, wanted: Any, path: str) -> list[FieldProblem]:
    wanted = _fitting(found, wanted)
    item = _item_type(wanted)
    if item is not None and isinstance(found, list):
        return [
            problem
            for index, each in enumerate(found[:100])
            for problem in _problems(each, item, f"{path}[{index}]")
        ]
    if not (isinstance(wanted, type) and issubclass(wanted, msgspec.Struct)):
        return []
    if not isinstance(found, dict):
        return []
    hints = get_type_hints(wanted, include_extras=True)
    problems: list[FieldProblem] = []
    fields = msgspec.structs.fields(wanted)
    for field in fields:
        where = f"{path}.{field.encode_name}".lstrip(".")
        if field.encode_name in found:
            problems += _problems(found[field.encode_name], hints[field.name], where)
        elif field.required:
            problems.append(FieldProblem(where, "is required"))
    if wanted.__struct_config__.forbid_unknown_fields:
        known = [field.encode_name for field in fields]
        problems += [
            FieldProblem(f"{path}.{name}".lstrip("."), f"is not known here; known: {known}")
            for name in sorted(set(found) - set(known))
        ]
    return problems


def _fitting(found: Any, wanted: Any) -> Any:
    """Of several types the one that `found` was meant to be, as far as its shape tells."""
    if get_origin(wanted) not in {Union, UnionType}:
        return wanted
    for choice in get_args(wanted):
        is_struct = isinstance(choice, type) and issubclass(choice, msgspec.Struct)
        if (isinstance(found, dict) and is_struct) or (
            isinstance(found, list) and _item_type(choice) is not None
        ):
            return choice
    return wanted


def _item_type(wanted: Any) -> Any:
    inner = get_args(wanted)
    return inner[0] if get_origin(wanted) in {list, tuple} and inner else None


def _problem(error: msgspec.ValidationError, path: str) -> FieldProblem:
    message, _, deeper = str(error).partition(" - at `$")
    where = (path + deeper.rstrip("`")).lstrip(".") or "body"
    return FieldProblem(where, message)
