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


def digest(entry: Entry) -> str:
    """The entry's hash: SHA-256, in hex, over all its fields and the hash before it."""
    bare = msgspec.structs.replace(entry, hash="") if entry.hash else entry
    return hashlib.sha256(_encode(bare)).hexdigest()


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
    entry = Entry(
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
    msgspec.structs.force_setattr(entry, "hash", digest(entry))
    return entry


def evolve(account: Account, entry: Entry) -> Account:
    """The account after its next entry. Reads what moved, never what the entry says it led to."""
    holds, closed = account.holds, None
    if entry.kind in _CLOSES:
        closed = next((one for one in holds if EntryId(one.id) == entry.caused_by), None)
        if closed is not None:
            holds = tuple([one for one in holds if one is not closed])
    if entry.hold is not None:
        holds = (*holds, entry.hold)
    moved = (entry.hold.amount if entry.hold else 0) - (closed.amount if closed else 0)
    return Account(
        owner=account.owner,
        seq=entry.seq,
        at=entry.effective_at,
        balance=account.balance + of.total(entry.given) - of.total(entry.taken) + moved,
        held=account.held + moved,
        debt=account.debt + entry.debited - entry.repaid,
        lots=of.put(of.remove(account.lots, entry.taken), entry.given),
        holds=holds,
        totals=_totals(account.totals, entry),
        hash=entry.hash,
    )


def _totals(sums: Totals, entry: Entry) -> Totals:
    kind = entry.kind
    is_bought = kind == "grant" and entry.counter == "purchase"
    return Totals(
        purchased=sums.purchased + (entry.amount if is_bought else 0),
        gifted=sums.gifted + (entry.amount if kind == "grant" and not is_bought else 0),
        used=sums.used + of.total(entry.burnt),
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
