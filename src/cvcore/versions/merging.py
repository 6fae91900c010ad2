"""Three-way merge: two people changed the same CV, and neither's work is lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from cvcore.cv import paths
from cvcore.cv.codec import META_KEY, plain
from cvcore.cv.model import Cv, Line
from cvcore.cv.numbering import new_id
from cvcore.cv.pathnames import format_name
from cvcore.cv.shape import Node, Slot, extra_of, slots_of
from cvcore.versions.differences import jsonable
from cvcore.versions.model import MergeConflict, Merged
from cvcore.versions.ordering import merged_order

_ABSENT: Any = msgspec.UNSET


def merge(base: Cv, mine: Cv, theirs: Cv) -> Merged:
    """`base` with what `mine` and `theirs` each changed.

    Changes to different items, lines or fields combine, whichever side is called mine. Where both
    changed the same one differently, the CV has mine and a conflict names both; what one side
    removed and the other changed stays, changed, and is a conflict too.
    """
    merging = _Merging()
    cv: Cv = merging.node(base, mine, theirs, "")
    language = merging.value(
        base.language, mine.language, theirs.language, f"meta.{META_KEY}.language"
    )
    order = merging.value(base.order, mine.order, theirs.order, f"meta.{META_KEY}.order")
    cv = replace(
        cv,
        language=language,
        order=order,
        meta=merging.unknown(base.meta, mine.meta, theirs.meta, "meta"),
        origins=_origins(base, mine, theirs),
    )
    return Merged(cv=paths.without_lost_origins(cv), conflicts=tuple(merging.conflicts))


def _origins(base: Cv, mine: Cv, theirs: Cv) -> dict[str, Any]:
    """Who wrote what, by path; where both sides say, mine: it is mine that the CV has there."""
    found = {}
    for path in dict.fromkeys((*mine.origins, *theirs.origins)):
        was, ours, other = (cv.origins.get(path) for cv in (base, mine, theirs))
        origin = other if ours == was else ours
        if origin is not None:
            found[path] = origin
    return found


class _Merging:
    """Walks three CVs at once and notes what both sides changed."""

    def __init__(self) -> None:
        self.conflicts: list[MergeConflict] = []

    def node(self, base: Node, mine: Node, theirs: Node, path: str) -> Any:
        changes: dict[str, Any] = {}
        for slot in slots_of(mine).values():
            was, ours, other = (getattr(each, slot.attribute) for each in (base, mine, theirs))
            if other in (ours, was):
                continue
            at = f"{path}.{slot.wire}" if path else slot.wire
            if was == ours:
                changes[slot.attribute] = other
            elif slot.kind in ("items", "lines"):
                changes[slot.attribute] = self.rows(slot, was, ours, other, at)
            elif slot.kind == "object" and None not in (ours, other):
                changes[slot.attribute] = self.node(
                    slot.type() if was is None else was, ours, other, at
                )
            else:
                changes[slot.attribute] = self.value(was, ours, other, at)
        extra = self.unknown(extra_of(base), extra_of(mine), extra_of(theirs), path)
        if extra != extra_of(mine):
            changes["extra"] = extra
        return replace(mine, **changes) if changes else mine

    def value(self, base: Any, mine: Any, theirs: Any, path: str) -> Any:
        if theirs in (base, mine):
            return mine
        if mine == base:
            return theirs
        self._note(path, base, mine, theirs)
        return theirs if mine is None else mine

    def unknown(
        self, base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any], path: str
    ) -> dict[str, Any]:
        if theirs in (base, mine):
            return mine
        if mine == base:
            return theirs
        found: dict[str, Any] = {}
        for name in dict.fromkeys((*mine, *sorted(theirs))):
            was, ours, other = (each.get(name, _ABSENT) for each in (base, mine, theirs))
            if other in (was, ours):
                kept = ours
            elif ours == was:
                kept = other
            else:
                at = f"{path}.{format_name(name)}" if path else format_name(name)
                shown = (None if each is _ABSENT else each for each in (was, ours, other))
                self._note(at, *shown)
                kept = other if ours is _ABSENT else ours
            if kept is not _ABSENT:
                found[name] = kept
        return found

    def rows(self, slot: Slot, base: Any, mine: Any, theirs: Any, path: str) -> tuple[Any, ...]:
        was, ours, other = ({row.id: row for row in rows} for rows in (base, mine, theirs))
        kept: dict[str, Any] = {}
        twins: dict[str, str] = {}
        for id in dict.fromkeys((*ours, *other)):
            row = self._row(slot, was.get(id), ours.get(id), other.get(id), f"{path}[{id}]")
            if row is not None:
                kept[id] = row
            if id not in was and id in ours and id in other and ours[id] != other[id]:
                twin = self._twin(slot, other[id], {*was, *ours, *other, *kept})
                kept[twin.id], twins[id] = twin, twin.id
        orders = [list(rows) for rows in (was, ours)] + [[twins.get(id, id) for id in other]]
        order = merged_order(*orders, present=kept)
        if order.is_conflict:
            self._note(path, *(jsonable(rows) for rows in (base, mine, theirs)))
        return tuple(kept[id] for id in order.ids)

    def _row(self, slot: Slot, was: Any, ours: Any, other: Any, path: str) -> Any:
        """The row that the merged list has, or None. A new row is whoever's added it."""
        if was is None:
            return other if ours is None else ours
        if ours is None or other is None:
            left = other if ours is None else ours
            if left is None or left == was:
                return None
            self._note(path, was, ours, other)
            return left
        if slot.kind == "lines":
            text = self.value(was.text, ours.text, other.text, path)
            return ours if text == ours.text else Line(ours.id, text)
        return self.node(was, ours, other, path)

    @staticmethod
    def _twin(slot: Slot, row: Any, taken: set[str]) -> Any:
        """Their row under another id: both sides added one under this id, and both stay."""
        content = row.text if isinstance(row, Line) else plain(row)
        return replace(row, id=new_id(slot.wire, content, taken))

    def _note(self, path: str, base: Any, mine: Any, theirs: Any) -> None:
        was, ours, other = (jsonable(each) for each in (base, mine, theirs))
        self.conflicts.append(MergeConflict(path=path, base=was, mine=ours, theirs=other))


def sides_in(conflicts: Sequence[MergeConflict]) -> str:
    """The conflicts in one sentence, for a person."""
    return "; ".join(
        f"{each.path} was changed meanwhile to {_short(each.mine)}" for each in conflicts
    )


def _short(value: Any) -> str:
    if value is None:
        return "nothing (removed)"
    text = value if isinstance(value, str) else "another item or order"
    return repr(text if len(text) <= 80 else f"{text[:79]}…")
