"""What a proposal would newly say: its texts one by one, each with where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from cvcore.cv import paths
from cvcore.cv.errors import NoSuchPath
from cvcore.cv.model import SECTIONS, Cv
from cvcore.versions.model import Proposal

ITEM_SECTIONS = frozenset({*SECTIONS, "profiles"})


class Claim(msgspec.Struct, frozen=True):
    """One text that a proposal puts into the CV.

    `field` is its field by its name on the wire, `section` the one it is in (`basics`, `work`),
    `before` what it replaces. A text of an item that the CV does not have yet `is_new_item`.
    """

    path: str
    section: str
    field: str
    after: str
    before: str | None = None
    is_new_item: bool = False


def claims_of(cv: Cv, proposal: Proposal) -> list[Claim]:
    """The texts that `proposal` puts in and the CV does not have at that place.

    Raises:
        NoSuchPath: its path leads nowhere.
    """
    if proposal.op in ("remove", "move"):
        paths.get(cv, proposal.path)
        return []
    before = paths.get(cv, proposal.path) if _is_there(cv, proposal) else None
    if proposal.op == "replace":
        return list(_changed(proposal.path, before, proposal.after))
    paths.ids_at(cv, proposal.path)
    is_item = paths.parse(proposal.path)[-1].name in ITEM_SECTIONS
    return list(_changed(proposal.path, None, proposal.after, is_new_item=is_item))


def _is_there(cv: Cv, proposal: Proposal) -> bool:
    """Whether the path exists; a field that nobody filled yet is there, and empty."""
    try:
        paths.get(cv, proposal.path)
    except NoSuchPath:
        if proposal.op == "replace" and "[" not in proposal.path.rpartition(".")[2]:
            paths.with_value(cv, proposal.path, proposal.after)
            return False
        raise
    return True


def _changed(path: str, before: Any, after: Any, *, is_new_item: bool = False) -> Iterator[Claim]:
    if after == before or after is None:
        return
    if isinstance(after, str):
        old = before if isinstance(before, str) else None
        yield Claim(path, section_of(path), field_of(path), after, old, is_new_item)
    elif isinstance(after, dict):
        held = before if isinstance(before, dict) else {}
        for name, value in after.items():
            yield from _changed(f"{path}.{name}", held.get(name), value, is_new_item=is_new_item)
    elif isinstance(after, list | tuple):
        yield from _of_list(path, before, after, is_new_item=is_new_item)
    else:
        yield Claim(path, section_of(path), field_of(path), str(after), None, is_new_item)


def _of_list(path: str, before: Any, after: Any, *, is_new_item: bool) -> Iterator[Claim]:
    """The entries that are new; each replaces what stands at its place, if that goes."""
    held = before if isinstance(before, list) else []
    gone = [entry for entry in held if entry not in after]
    is_item = is_new_item or field_of(path) in ITEM_SECTIONS
    for at, entry in enumerate(after):
        if entry not in held:
            old = held[at] if at < len(held) and held[at] in gone else None
            is_new = is_item and old is None
            yield from _changed(path, old, entry, is_new_item=is_new)


def section_of(path: str) -> str:
    """The section a path begins with."""
    return re.split(r"[\[.]", path, maxsplit=1)[0]


def field_of(path: str) -> str:
    """The name of the last field of a path."""
    return re.sub(r"\[[^\]]*\]$", "", path).rpartition(".")[2]
