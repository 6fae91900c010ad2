"""One function per command: the entry it makes, or the error that says why not. Pure."""

from __future__ import annotations

from datetime import datetime

import msgspec

from cvcore.errors import NotFound
from cvcore.ids import EntryId, HoldId, LotId
from cvcore.ledger import lots as of
from cvcore.ledger.booking import book, returned, sealed
from cvcore.ledger.commands import ClawBack, Grant, Known, PlaceHold, Refund, Release, Settle, Spend
from cvcore.ledger.errors import (
    HoldClosed,
    InDebt,
    InsufficientCredits,
    RefundExceedsSpend,
    SettleExceedsHold,
)
from cvcore.ledger.model import Account, Entry, Hold, Lot, Policy, entry_id
from cvcore.money import Credits

CREDITS_MAX = 10**12
"""The most that one command may move: what a person meant, not what a slip of the keys made it."""
PRIORITY_MAX = 1000


class Case(msgspec.Struct, frozen=True, gc=False):
    """What a command is decided on: the account with all that was due booked, what is known, the
    moment (never before the account's last entry), the clock's own time, the command's mark."""

    account: Account
    known: Known
    moment: datetime
    now: datetime
    policy: Policy
    mark: str


def grant(case: Case, command: Grant) -> Entry:
    """One new lot; a purchase pays the debt first."""
    amount = _whole(command.amount, least=1)
    if not -PRIORITY_MAX <= command.priority <= PRIORITY_MAX:
        raise ValueError(f"priority is within {PRIORITY_MAX} of 0, got {command.priority}")
    expires_at = command.expires_at
    if expires_at is not None:
        _check_end(expires_at, case.moment)
    account, id = case.account, entry_id(command.owner, command.key)
    repaid = min(account.debt, amount) if command.kind == "purchase" else 0
    seq, kind = account.seq + 1, command.kind
    lot = Lot(LotId(id), kind, amount - repaid, seq, command.priority, expires_at, command.source)
    return book(
        account,
        id=id,
        key=command.key,
        fingerprint=case.mark,
        kind="grant",
        amount=amount,
        moment=case.moment,
        now=case.now,
        given=(lot,) if lot.amount else (),
        source=command.source,
        counter=kind,
        repaid=repaid,
        about=command.about,
    )


def spend(case: Case, command: Spend) -> Entry:
    """Credits burnt at once, in burn order."""
    account, amount = case.account, _whole(command.amount, least=1)
    taken = _affordable(account, amount)
    return sealed(
        Entry(
            id=entry_id(account.owner, command.key),
            owner=account.owner,
            seq=account.seq + 1,
            key=command.key,
            fingerprint=case.mark,
            kind="spend",
            amount=command.amount,
            change=-amount,
            balance=account.balance - amount,
            held=account.held,
            debt=account.debt,
            effective_at=case.moment,
            recorded_at=case.now,
            taken=taken,
            burnt=taken,
            counter="revenue",
            about=command.about,
            previous=account.hash,
        )
    )


def place_hold(case: Case, command: PlaceHold) -> Entry:
    """Credits taken out of their lots in burn order and set aside."""
    amount = _whole(command.amount, least=1)
    _check_end(command.expires_at, case.moment)
    taken = _affordable(case.account, amount)
    id = entry_id(command.owner, command.key)
    hold = Hold(id=HoldId(id), amount=Credits(amount), expires_at=command.expires_at, lots=taken)
    return book(
        case.account,
        id=id,
        key=command.key,
        fingerprint=case.mark,
        kind="hold",
        amount=amount,
        moment=case.moment,
        now=case.now,
        taken=taken,
        hold=hold,
        about=command.about,
    )


def settle(case: Case, command: Settle) -> Entry:
    """Burns of an open hold what was used and gives the rest back; of one that has lapsed, burns
    what is available, for the work was delivered."""
    account, placed = case.account, _hold(case, command.hold)
    amount = _whole(placed.amount if command.amount is None else command.amount, least=0)
    if amount > placed.amount:
        raise SettleExceedsHold(id=placed.id, needed=Credits(amount), held=placed.amount)
    id = entry_id(command.owner, command.key)
    given: tuple[Lot, ...] = ()
    taken: tuple[Lot, ...] = ()
    repaid = 0
    closed = next((one for one in account.holds if one.id == command.hold), None)
    if closed is not None:
        burnt, rest = of.split(closed.lots, amount)
        given, repaid = returned(account, rest, moment=case.moment, by=id, policy=case.policy)
    else:
        taken = burnt = of.split(account.lots, amount)[0]
    return book(
        account,
        id=id,
        key=command.key,
        fingerprint=case.mark,
        kind="settle",
        amount=of.total(burnt),
        moment=case.moment,
        now=case.now,
        given=given,
        taken=taken,
        burnt=burnt,
        closed=closed,
        caused_by=EntryId(command.hold),
        counter="revenue",
        repaid=repaid,
        about=command.about,
    )


def release(case: Case, command: Release) -> Entry:
    """Gives back all of an open hold; of one that has lapsed nothing, but it is closed."""
    account = case.account
    _hold(case, command.hold)
    id = entry_id(command.owner, command.key)
    given: tuple[Lot, ...] = ()
    repaid = 0
    closed = next((one for one in account.holds if one.id == command.hold), None)
    if closed is not None:
        given, repaid = returned(
            account, closed.lots, moment=case.moment, by=id, policy=case.policy
        )
    return book(
        account,
        id=id,
        key=command.key,
        fingerprint=case.mark,
        kind="release",
        amount=closed.amount if closed else 0,
        moment=case.moment,
        now=case.now,
        given=given,
        closed=closed,
        caused_by=EntryId(command.hold),
        counter="repayment" if repaid else "",
        repaid=repaid,
        about=command.about,
    )


def refund(case: Case, command: Refund) -> Entry:
    """Gives burnt credits back to the lots they came from, what burnt last first."""
    origin = case.known.origin
    if origin is None or origin.owner != command.owner or origin.kind not in ("spend", "settle"):
        raise NotFound("spend", command.entry)
    refunded = sum(entry.amount for entry in case.known.related if entry.kind == "refund")
    burnt = of.total(origin.burnt)
    left = burnt - refunded
    wanted = (left or max(burnt, 1)) if command.amount is None else command.amount
    amount = _whole(wanted, least=1)
    if amount > left:
        raise RefundExceedsSpend(id=origin.id, needed=Credits(amount), left=Credits(left))
    id = entry_id(command.owner, command.key)
    unrefunded = of.split(origin.burnt[::-1], refunded)[1]
    pieces = of.split(unrefunded, amount)[0]
    given, repaid = returned(case.account, pieces, moment=case.moment, by=id, policy=case.policy)
    return book(
        case.account,
        id=id,
        key=command.key,
        fingerprint=case.mark,
        kind="refund",
        amount=amount,
        moment=case.moment,
        now=case.now,
        given=given,
        caused_by=origin.id,
        counter="revenue",
        repaid=repaid,
        about=command.about,
    )


def claw_back(case: Case, command: ClawBack) -> Entry:
    """Takes what is not yet taken of a purchase: from its own lots, then from any that is not
    held; what is not there becomes a debt. Nothing more to take is booked as nothing."""
    entries = [entry for entry in case.known.related if entry.source == command.source]
    bought = sum(entry.amount for entry in entries if entry.kind == "grant")
    if not bought:
        raise NotFound("payment", command.source)
    total = min(_whole(command.total, least=0), bought)
    before = sum(entry.amount for entry in entries if entry.kind == "claw_back")
    amount = max(0, total - before)
    lots = case.account.lots
    own = tuple([lot for lot in lots if lot.source == command.source])
    others = tuple([lot for lot in lots if lot.source != command.source])
    taken = of.split((*own, *others), amount)[0]
    return book(
        case.account,
        key=command.key,
        fingerprint=case.mark,
        kind="claw_back",
        amount=amount,
        moment=case.moment,
        now=case.now,
        taken=taken,
        source=command.source,
        counter="chargeback",
        debited=amount - of.total(taken),
        about=command.about,
    )


def _whole(amount: int, *, least: int) -> int:
    if type(amount) is not int or not least <= amount <= CREDITS_MAX:
        raise ValueError(f"an amount is a whole number from {least} to {CREDITS_MAX}, got {amount}")
    return amount


def _check_end(end: datetime, moment: datetime) -> None:
    if end.tzinfo is None:
        raise ValueError(f"{end.isoformat()} has no time zone; pass an aware time, in UTC")
    if end <= moment:
        raise ValueError(f"{end.isoformat()} is past already at {moment.isoformat()}")


def _affordable(account: Account, amount: int) -> tuple[Lot, ...]:
    if account.debt:
        raise InDebt(owner=account.owner, debt=Credits(account.debt))
    if amount > account.available:
        raise InsufficientCredits(
            owner=account.owner, needed=Credits(amount), available=account.available
        )
    return of.first(account.lots, amount)


def _hold(case: Case, id: HoldId) -> Hold:
    origin = case.known.origin
    if origin is None or origin.hold is None or origin.owner != case.account.owner:
        raise NotFound("hold", id)
    for entry in case.known.related:
        if entry.kind in ("settle", "release"):
            raise HoldClosed(id=origin.hold.id, by=entry.kind)
    return origin.hold
