"""Arithmetic of lots: take in burn order, give back, keep the order. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import msgspec

from cvcore.ids import EntryId, LotId, derived_id
from cvcore.ledger.model import Lot

_NEVER = datetime.max.replace(tzinfo=UTC)
Lots = tuple[Lot, ...]


def burn_rank(lot: Lot) -> tuple[int, datetime, bool, int, str]:
    """The lot's place among others: priority, soonest end, gifts before purchases, oldest."""
    return (lot.priority, lot.expires_at or _NEVER, lot.kind == "purchase", lot.seq, lot.id)


def piece(lot: Lot, amount: int) -> Lot:
    """`amount` credits of this lot."""
    if amount == lot.amount:
        return lot
    return Lot(lot.id, lot.kind, amount, lot.seq, lot.priority, lot.expires_at, lot.source)


def total(lots: Iterable[Lot]) -> int:
    """How many credits these pieces are."""
    return sum([lot.amount for lot in lots])


def split(lots: Lots, amount: int) -> tuple[Lots, Lots]:
    """The first `amount` credits in the given order, and the rest; all where there are fewer.

    >>> a, b = Lot(LotId("a"), "gift", 2, 1), Lot(LotId("b"), "gift", 2, 2)
    >>> first, rest = split((a, b), 3)
    >>> [lot.amount for lot in first], [lot.amount for lot in rest]
    ([2, 1], [1])
    """
    if amount <= 0:
        return (), lots
    for index, lot in enumerate(lots):
        if lot.amount > amount:
            first = (*lots[:index], piece(lot, amount))
            return first, (piece(lot, lot.amount - amount), *lots[index + 1 :])
        amount -= lot.amount
        if amount == 0:
            return lots[: index + 1], lots[index + 1 :]
    return lots, ()


def put(lots: Lots, pieces: Iterable[Lot]) -> Lots:
    """The lots with these pieces added, each to its own lot or as a lot in its place."""
    mine = list(lots)
    for one in pieces:
        if not one.amount:
            continue
        place = bisect_left(mine, burn_rank(one), key=burn_rank)
        if place < len(mine) and mine[place].id == one.id:
            mine[place] = piece(one, mine[place].amount + one.amount)
        else:
            mine.insert(place, one)
    return tuple(mine)


def remove(lots: Lots, pieces: Lots) -> Lots:
    """The lots without these pieces; a piece of a lot that is not there changes nothing."""
    if not pieces:
        return lots
    gone = {one.id: one.amount for one in pieces}
    left = [
        piece(lot, lot.amount - gone[lot.id]) if lot.id in gone else lot
        for lot in lots
        if lot.amount != gone.get(lot.id)
    ]
    return tuple(left)


def back(pieces: Lots, *, now: datetime, by: EntryId, seq: int, grace: timedelta) -> Lots:
    """The pieces as they go back: those of a lot that has expired meanwhile as a new lot that
    stays for `grace`, made by entry `by`; with no grace they are expired again at once."""
    return tuple([_live(one, now, by, seq, grace) for one in pieces])


def _live(lot: Lot, now: datetime, by: EntryId, seq: int, grace: timedelta) -> Lot:
    if lot.expires_at is None or lot.expires_at > now:
        return lot
    id = LotId(derived_id("grace", lot.id, by))
    return msgspec.structs.replace(lot, id=id, seq=seq, expires_at=now + grace)
