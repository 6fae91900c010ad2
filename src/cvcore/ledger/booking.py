"""How one entry is made and what it does to an account. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime

import msgspec

from cvcore.ids import EntryId, RequestKey
from cvcore.ledger import lots as of
from cvcore.ledger.model import (
    OWN_PREFIX,
    About,
    Account,
    Entry,
    EntryKind,
    Hold,
    Lot,
    Policy,
    Totals,
    entry_id,
)
from cvcore.money import Credits

_ABOUT = About()
_CLOSES = ("settle", "release", "lapse")
_encode: Callable[[object], bytes] = msgspec.json.Encoder().encode
_set = msgspec.structs.force_setattr


def digest(entry: Entry) -> str:
    """The entry's hash: SHA-256, in hex, over all its fields and the hash before it."""
    bare = msgspec.structs.replace(entry, hash="") if entry.hash else entry
    return hashlib.sha256(_encode(bare)).hexdigest()


def sealed(entry: Entry) -> Entry:
    """The entry with its hash; it is nobody else's yet, so it is written in place."""
    _set(entry, "hash", hashlib.sha256(_encode(entry)).hexdigest())
    return entry


def book(
    account: Account,
    *,
    key: RequestKey,
    kind: EntryKind,
    amount: int,
    moment: datetime,
    now: datetime,
    id: EntryId | None = None,
    fingerprint: str = "",
    given: tuple[Lot, ...] = (),
    taken: tuple[Lot, ...] = (),
    burnt: tuple[Lot, ...] = (),
    hold: Hold | None = None,
    closed: Hold | None = None,
    caused_by: EntryId | None = None,
    source: str | None = None,
    counter: str = "",
    debited: int = 0,
    repaid: int = 0,
    about: About = _ABOUT,
) -> Entry:
    """The account's next entry, with what stands after it, chained to the one before."""
    moved = (hold.amount if hold else 0) - (closed.amount if closed else 0)
    change = of.total(given) - of.total(taken) + moved
    return sealed(
        Entry(
            id=id or entry_id(account.owner, key),
            owner=account.owner,
            seq=account.seq + 1,
            key=key,
            fingerprint=fingerprint,
            kind=kind,
            amount=Credits(amount),
            change=change,
            balance=account.balance + change,
            held=account.held + moved,
            debt=account.debt + debited - repaid,
            effective_at=moment,
            recorded_at=now,
            given=given,
            taken=taken,
            burnt=burnt,
            hold=hold,
            caused_by=caused_by,
            source=source,
            counter=counter,
            debited=debited,
            repaid=repaid,
            about=about,
            previous=account.hash,
        )
    )


def evolve(account: Account, entry: Entry) -> Account:
    """The account after its next entry. Reads what moved, never what the entry says it led to."""
    if entry.kind == "spend" and not (entry.given or entry.hold or entry.debited or entry.repaid):
        return _spent(account, entry)
    holds, hold, closed = account.holds, entry.hold, None
    if entry.kind in _CLOSES:
        closed = next((one for one in holds if EntryId(one.id) == entry.caused_by), None)
        if closed is not None:
            holds = tuple([one for one in holds if one is not closed])
    if hold is not None:
        holds = (*holds, hold)
    moved = (hold.amount if hold else 0) - (closed.amount if closed else 0)
    kept = of.remove(account.lots, entry.taken)
    lots = of.put(kept, entry.given)
    end = account.due_at
    if closed is not None or len(kept) < len(account.lots):
        end = _first_end(lots, holds)
    elif entry.given or hold is not None:
        end = _sooner(_sooner(end, of.first_end(entry.given)), hold.expires_at if hold else None)
    return Account(
        owner=account.owner,
        seq=entry.seq,
        at=entry.effective_at,
        balance=account.balance + of.total(entry.given) - of.total(entry.taken) + moved,
        held=account.held + moved,
        debt=account.debt + entry.debited - entry.repaid,
        lots=lots,
        holds=holds,
        totals=_totals(account.totals, entry),
        due_at=end,
        hash=entry.hash,
    )


def _spent(account: Account, entry: Entry) -> Account:
    """`evolve` for what happens most: credits go, and nothing else."""
    before, sums = account.lots, account.totals
    lots = of.remove(before, entry.taken)
    amount = of.total(entry.taken)
    return Account(
        owner=account.owner,
        seq=entry.seq,
        at=entry.effective_at,
        balance=account.balance - amount,
        held=account.held,
        debt=account.debt,
        lots=lots,
        holds=account.holds,
        totals=Totals(
            sums.purchased,
            sums.gifted,
            sums.used + of.total(entry.burnt),
            sums.refunded,
            sums.expired,
            sums.clawed_back,
            sums.repaid,
        ),
        due_at=account.due_at if len(lots) == len(before) else _first_end(lots, account.holds),
        hash=entry.hash,
    )


def _first_end(lots: tuple[Lot, ...], holds: tuple[Hold, ...]) -> datetime | None:
    return _sooner(of.first_end(lots), min([one.expires_at for one in holds], default=None))


def _sooner(one: datetime | None, other: datetime | None) -> datetime | None:
    if one is None or other is None:
        return one or other
    return min(one, other)


def _totals(sums: Totals, entry: Entry) -> Totals:
    kind, burnt = entry.kind, entry.burnt
    is_bought = kind == "grant" and entry.counter == "purchase"
    return Totals(
        purchased=sums.purchased + (entry.amount if is_bought else 0),
        gifted=sums.gifted + (entry.amount if kind == "grant" and not is_bought else 0),
        used=sums.used + of.total(burnt),
        refunded=sums.refunded + (entry.amount if kind == "refund" else 0),
        expired=sums.expired + (of.total(entry.taken) if kind == "expire" else 0),
        clawed_back=sums.clawed_back + (of.total(entry.taken) if kind == "claw_back" else 0),
        repaid=sums.repaid + entry.repaid,
    )


def due(account: Account, moment: datetime, policy: Policy) -> tuple[tuple[Entry, ...], Account]:
    """What has lapsed or expired by `moment` and is not booked, as it happened, and where the
    account stands then. The same entries come whether one asks often or once."""
    entries: list[Entry] = []
    while (end := account.due_at) is not None and end <= moment:
        entry = _next_due(account, end, moment, policy)
        entries.append(entry)
        account = evolve(account, entry)
    return tuple(entries), account


def returned(
    account: Account, pieces: tuple[Lot, ...], *, moment: datetime, by: EntryId, policy: Policy
) -> tuple[tuple[Lot, ...], int]:
    """What of these pieces goes back into lots, and how many of them repay a debt first."""
    repaid, rest = of.split(pieces, account.debt)
    back = of.back(rest, now=moment, by=by, seq=account.seq + 1, grace=policy.grace)
    return back, of.total(repaid)


def _next_due(account: Account, end: datetime, now: datetime, policy: Policy) -> Entry:
    hold = next((one for one in account.holds if one.expires_at == end), None)
    if hold is None:
        lot = next(one for one in account.lots if one.expires_at == end)
        key = RequestKey(f"{OWN_PREFIX}expire:{lot.id}")
        return book(
            account,
            key=key,
            kind="expire",
            amount=lot.amount,
            moment=end,
            now=now,
            taken=(lot,),
            counter="breakage",
            source=lot.source,
        )
    key = RequestKey(f"{OWN_PREFIX}lapse:{hold.id}")
    id = entry_id(account.owner, key)
    given, repaid = returned(account, hold.lots, moment=end, by=id, policy=policy)
    return book(
        account,
        id=id,
        key=key,
        kind="lapse",
        amount=hold.amount,
        moment=end,
        now=now,
        given=given,
        closed=hold,
        caused_by=EntryId(hold.id),
        repaid=repaid,
        counter="repayment" if repaid else "",
    )
