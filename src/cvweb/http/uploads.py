"""Bodies that may be a file or JSON: told apart, read whole, their names made harmless."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath
from typing import Any, TypeVar

import msgspec
from litestar import Request
from litestar.datastructures import UploadFile

from cvweb.http.bodies import READ_AS_JSON, problems_of
from cvweb.http.border import check_fields
from cvweb.http.errors import FieldProblem, InvalidRequest, UnsupportedMediaType
from cvweb.http.keys import file_digest

FILE_NAME_CHARACTERS_MAX = 200
MULTIPART = "multipart/form-data"

AnyRequest = Request[Any, Any, Any]
T = TypeVar("T")


class Upload(msgspec.Struct, frozen=True, kw_only=True):
    """One file as it came, with the other fields of its form; `name` is safe to keep and show."""

    name: str
    data: bytes
    fields: dict[str, str] = {}

    def digest(self) -> dict[str, Any]:
        """What stands for the file in a fingerprint."""
        return {"name": self.name, "sha256": file_digest(self.data), "fields": self.fields}


async def upload_or_json(request: AnyRequest, wanted: type[T]) -> Upload | T:
    """The file of a multipart body, or the JSON body read as `wanted`.

    Raises:
        UnsupportedMediaType: the body is neither.
        InvalidRequest: the form has no part `file`, or the JSON does not fit, every problem named.
    """
    kind = request.content_type[0]
    if kind == MULTIPART:
        return await _upload(request)
    if kind not in READ_AS_JSON:
        raise UnsupportedMediaType(given=kind, accepted=(MULTIPART, "application/json"))
    return read_as(await request.body(), wanted)


def read_as(raw: bytes, wanted: type[T]) -> T:
    """A JSON body as `wanted`.

    Raises:
        InvalidRequest: it does not fit, every problem named.
    """
    try:
        return msgspec.json.decode(raw, type=wanted)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        problems = problems_of(raw, wanted) or [FieldProblem("body", str(error))]
        raise InvalidRequest(problems) from error


def safe_name(name: str | None) -> str:
    """A file's name without folders, control characters and directions, 200 characters at most.

    >>> safe_name("../../e\\x00vil.pdf")
    'evil.pdf'
    """
    last = PurePosixPath((name or "").replace("\\", "/")).name
    plain = (" " if c.isspace() else c for c in unicodedata.normalize("NFC", last))
    kept = "".join(c for c in plain if c.isprintable()).strip(" .")
    if len(kept) > FILE_NAME_CHARACTERS_MAX:
        stem, dot, suffix = kept.rpartition(".")
        suffix = suffix[:10] if dot else ""
        kept = (stem or kept)[: FILE_NAME_CHARACTERS_MAX - len(suffix) - 1] + dot + suffix
    return kept or "file"


async def _upload(request: AnyRequest) -> Upload:
    form = await request.form()
    file = form.get("file")
    if not isinstance(file, UploadFile):
        message = "is required: the file itself, as a part named `file` with a file name"
        raise InvalidRequest([FieldProblem("file", message)])
    fields = {
        name: value for name, value in form.items() if name != "file" and isinstance(value, str)
    }
    check_fields(fields)
    return Upload(name=safe_name(file.filename), data=await file.read(), fields=fields)
