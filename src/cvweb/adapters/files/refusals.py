"""Refusals on their way out of the sandbox: named, and made anew from their facts."""

from __future__ import annotations

import importlib
from typing import Any

import msgspec

from cvcore.errors import Refusal
from cvweb.adapters.files.errors import FileDamaged

_MODULES = frozenset(
    ("cvweb.adapters.files.errors", "cvcore.cv.errors", "cvcore.offers.errors")
)  # fmt: skip


class Refused(msgspec.Struct, frozen=True, tag=True):
    """A refusal by its class and the facts it was raised with."""

    module: str
    name: str
    facts: dict[str, Any]


def recorded(error: Refusal) -> Refused:
    """A refusal as it travels."""
    kind = type(error)
    return Refused(kind.__module__, kind.__name__, msgspec.to_builtins(vars(error)))


def restored(refused: Refused) -> Refusal:
    """The refusal that travelled; one that cannot be made anew says that the file is damaged."""
    if refused.module in _MODULES:
        kind = getattr(importlib.import_module(refused.module), refused.name, None)
        if isinstance(kind, type) and issubclass(kind, Refusal):
            try:
                return kind(**_typed(refused))
            except (TypeError, ValueError, msgspec.ValidationError):
                pass
    return FileDamaged(kind="uploaded", why="reading it failed")


def _typed(refused: Refused) -> dict[str, Any]:
    """The facts with the problems of a document as what they were."""
    if "problems" not in refused.facts:
        return refused.facts
    from cvcore.cv.errors import Problem

    return {"problems": msgspec.convert(refused.facts["problems"], list[Problem])}
