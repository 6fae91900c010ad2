"""Arithmetic of lots: take in burn order, give back, keep the order. Pure."""

from __future__ import annotations

from bisect import bisect_left
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


def total(lots: Lots) -> int:
    """How many credits these pieces are."""
    if len(lots) < 2:
        return lots[0].amount if lots else 0
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


def first(lots: Lots, amount: int) -> Lots:
    """The first part of `split`, for whoever needs no more."""
    if lots and lots[0].amount > amount > 0:
        return (piece(lots[0], amount),)
    return split(lots, amount)[0]


def put(lots: Lots, pieces: Lots) -> Lots:
    """The lots with these pieces added, each to its own lot or as a lot in its place."""
    if not pieces:
        return lots
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
    last = len(pieces) - 1
    if last < len(lots) and pieces[:last] == lots[:last] and pieces[last].id == lots[last].id:
        lot = lots[last]  # they were taken in burn order: only the last lot may be left in part
        left = lot.amount - pieces[last].amount
        return (piece(lot, left),) + lots[last + 1 :] if left else lots[last + 1 :]  # noqa: RUF005 - one copy of the rest fewer
    gone = {one.id: one.amount for one in pieces}
    kept = [
        piece(lot, lot.amount - gone[lot.id]) if lot.id in gone else lot
        for lot in lots
        if lot.amount != gone.get(lot.id)
    ]
    return tuple(kept)


def first_end(lots: Lots) -> datetime | None:
    """The first moment at which one of these lots expires; None where none ever will."""
    return min([lot.expires_at for lot in lots if lot.expires_at is not None], default=None)


def back(pieces: Lots, *, now: datetime, by: EntryId, seq: int, grace: timedelta) -> Lots:
    """The pieces as they go back: those of a lot that has expired meanwhile as a new lot that
    stays for `grace`, made by entry `by`; with no grace they are expired again at once."""
    return tuple([_live(one, now, by, seq, grace) for one in pieces])


def _live(lot: Lot, now: datetime, by: EntryId, seq: int, grace: timedelta) -> Lot:
    if lot.expires_at is None or lot.expires_at > now:
        return lot
    id = LotId(derived_id("grace", lot.id, by))
    return msgspec.structs.replace(lot, id=id, seq=seq, expires_at=now + grace)
