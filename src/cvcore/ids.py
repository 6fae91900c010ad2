"""Identifiers, each of its own type, so that one is never taken for another."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable
from typing import NewType

import msgspec

OwnerId = NewType("OwnerId", str)
"""Whoever owns credits, CVs and tasks: in cvweb, a user."""
RequestKey = NewType("RequestKey", str)
"""Names one intent of the caller, 1 to 255 characters: the same key is never carried out twice."""
CvId = NewType("CvId", str)
OfferId = NewType("OfferId", str)
TaskId = NewType("TaskId", str)
ScoreId = NewType("ScoreId", str)
ProposalId = NewType("ProposalId", str)
HoldId = NewType("HoldId", str)
LotId = NewType("LotId", str)
EntryId = NewType("EntryId", str)

NewId = Callable[[], str]
"""Makes an id nobody has seen before; passed in, so that rules stay pure and tests can count."""

KEY_CHARACTERS_MAX = 255

_encode: Callable[[object], bytes] = msgspec.json.Encoder().encode


def random_id() -> str:
    """A random UUID in its usual text form, 36 characters."""
    return str(uuid.uuid4())


def derived_id(*parts: str) -> str:
    """The id that these parts name, 32 hex digits: the same parts, each as it is, give the same id
    on every machine; other parts give another.

    >>> derived_id("hold", "ada", "k1") == derived_id("hold", "ada", "k1")
    True
    """
    return hashlib.blake2b(_encode(parts), digest_size=16).hexdigest()


def request_key(text: str) -> RequestKey:
    """`text` as a key.

    Raises:
        ValueError: `text` is empty or longer than 255 characters.
    """
    if not 1 <= len(text) <= KEY_CHARACTERS_MAX:
        raise ValueError(f"a request key has 1 to {KEY_CHARACTERS_MAX} characters, got {len(text)}")
    return RequestKey(text)
