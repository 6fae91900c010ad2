"""The order of a merged list: both sides' moves and additions, as far as they agree."""

from __future__ import annotations

from collections.abc import Container, Sequence

import msgspec


class MergedOrder(msgspec.Struct, frozen=True):
    """The ids in their order; `is_conflict` where the moves of both sides go round in a circle,
    and the order is mine."""

    ids: tuple[str, ...]
    is_conflict: bool = False


def merged_order(
    base: Sequence[str], mine: Sequence[str], theirs: Sequence[str], *, present: Container[str]
) -> MergedOrder:
    """The order of the ids in `present`, all of which `mine` or `theirs` has.

    What one side added stands behind what it stood behind there; where both added at one place,
    the lower id of the first comes first, so that the sides can be swapped.
    """
    shared = [id for id in base if id in mine and id in theirs and id in present]
    known = frozenset(shared)
    ours, other = ([id for id in side if id in known] for side in (mine, theirs))
    skeleton, is_conflict = _skeleton(shared, ours, other)
    runs = [_runs(side, known, present) for side in (mine, theirs)]
    found: list[str] = []
    seen: set[str] = set()
    for anchor in (None, *skeleton):
        if anchor is not None:
            found.append(anchor)
        for run in sorted(side[anchor] for side in runs if anchor in side):
            found += [id for id in run if id not in seen]
            seen.update(run)
    return MergedOrder(tuple(found), is_conflict)


def _skeleton(shared: list[str], mine: list[str], theirs: list[str]) -> tuple[list[str], bool]:
    if theirs in (shared, mine):
        return mine, False
    if mine == shared:
        return theirs, False
    found = _agreed(shared, mine, theirs)
    return (mine, True) if found is None else (found, False)


def _agreed(base: list[str], mine: list[str], theirs: list[str]) -> list[str] | None:
    """The order in which each pair stands as the side says that turned it around, if there is one.

    Two sides cannot turn a pair around differently; only circles of pairs leave no order.
    """
    places = [{id: at for at, id in enumerate(side)} for side in (mine, theirs)]
    behind = dict.fromkeys(base, 0)
    for at, first in enumerate(base):
        for second in base[at + 1 :]:
            is_turned = any(place[second] < place[first] for place in places)
            behind[first if is_turned else second] += 1
    if sorted(behind.values()) != list(range(len(base))):
        return None
    return sorted(base, key=behind.__getitem__)


def _runs(
    side: Sequence[str], known: frozenset[str], present: Container[str]
) -> dict[str | None, list[str]]:
    """What a side has beyond the shared ids, by the shared id it stands behind."""
    runs: dict[str | None, list[str]] = {}
    anchor: str | None = None
    for id in side:
        if id in known:
            anchor = id
        elif id in present:
            runs.setdefault(anchor, []).append(id)
    return runs
