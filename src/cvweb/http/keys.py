"""`Idempotency-Key`: one intent, carried out once, whatever the network does to the answers.

The key belongs to whoever asks; the fingerprint to what they asked. The same key with the same
request gets the first answer's status and `Location` again, its body rendered anew; with another
request it is refused. Keys are kept for ever.
"""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec

from cvcore.ids import KEY_CHARACTERS_MAX, RequestKey, random_id
from cvweb.http.errors import FieldProblem, InvalidRequest, KeyMissing

HEADER = "Idempotency-Key"


def required_key(text: str | None) -> RequestKey:
    """The key of a call that may cost something.

    Raises:
        KeyMissing: there is none.
        InvalidRequest: it is not 1 to 255 printable characters.
    """
    if text is None or text == "":
        raise KeyMissing
    if len(text) > KEY_CHARACTERS_MAX or not text.isprintable():
        message = f"must be 1 to {KEY_CHARACTERS_MAX} printable characters, got {len(text)}"
        raise InvalidRequest([FieldProblem(HEADER, message)])
    return RequestKey(text)


def key_or_new(text: str | None) -> RequestKey:
    """The key of a call that costs nothing: what was sent, or one that nobody else uses."""
    return RequestKey(random_id()) if text is None or text == "" else required_key(text)


def fingerprint(method: str, path: str, content: Any) -> str:
    """What was asked, as 64 hex digits: equal for bodies that mean the same JSON.

    >>> fingerprint("POST", "/x", {"a": 1, "b": 2}) == fingerprint("POST", "/x", {"b": 2, "a": 1})
    True
    """
    body = msgspec.json.encode([method, path, content], order="deterministic", enc_hook=str)
    return hashlib.sha256(body).hexdigest()


def file_digest(data: bytes) -> str:
    """A file's SHA-256 in hex: what stands for it in a fingerprint."""
    return hashlib.sha256(data).hexdigest()
