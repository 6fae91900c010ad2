"""One form for equal CVs, and its hash."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from typing import Any

from cvcore.cv.codec import META_KEY, plain, to_json_resume
from cvcore.cv.model import Cv


def canonical(cv: Cv) -> dict[str, Any]:
    """What a CV says, in the one form that all documents saying the same share.

    Whitespace is collapsed, characters are composed (NFC), what is empty is left out. Ids, origins
    and `meta` are no part of it: a CV read again from its own export is the same CV.
    """
    said = _canonical(plain(cv))
    if not isinstance(said, dict):
        said = {}
    said.pop("$schema", None)
    if cv.language:
        said[META_KEY] = {"language": cv.language}
    return said


def cv_hash(cv: Cv) -> str:
    """SHA-256 (hex) of what a CV says: equal for any key order, whitespace and choice of ids."""
    return _hash(canonical(cv))


def document_hash(cv: Cv) -> str:
    """SHA-256 (hex) of the CV as it is kept, ids and origins too: what stores address it by."""
    return _hash(to_json_resume(cv))


def _hash(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _canonical(value: Any) -> Any:
    if isinstance(value, str):
        composed = value if value.isascii() else unicodedata.normalize("NFC", value)
        return " ".join(composed.split())
    if isinstance(value, dict):
        inner = ((_canonical(str(name)), _canonical(held)) for name, held in value.items())
        return {name: held for name, held in inner if not _is_empty(held)}
    if isinstance(value, list | tuple):
        return [held for held in map(_canonical, value) if not _is_empty(held)]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", [], {})
