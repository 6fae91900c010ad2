"""Checking a history: folds the entries and names the first thing that is wrong. Pure."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from cvcore.ids import OwnerId
from cvcore.ledger import lots as of
from cvcore.ledger.booking import digest, evolve
from cvcore.ledger.model import Account, Entry, entry_id


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """The first thing wrong in an owner's history: at entry `seq`, `what` is `found` where the
    entries before it say `expected`."""

    owner: OwnerId
    seq: int
    what: str
    expected: str
    found: str


def verify(account: Account, entries: Iterable[Entry]) -> Difference | None:
    """None where the entries, oldest first and all of them, lead to exactly this account.

    Checked of every entry: its place (1, 2, 3, ...), owner, id, hash and the one before, and what
    it says stood after it; of every state: nothing negative, lots in burn order and adding up to
    the balance, and credits granted = left + held + burnt + expired + clawed back + repaid.
    """
    state = Account(owner=account.owner)
    for entry in entries:
        wrong = _entry_difference(state, entry)
        if wrong is not None:
            return _difference(account.owner, entry.seq, wrong)
        state = evolve(state, entry)
        wrong = _state_difference(state, entry)
        if wrong is not None:
            return _difference(account.owner, entry.seq, wrong)
    if state != account:
        return _difference(account.owner, state.seq, _first_unlike(state, account))
    return None


_Wrong = tuple[str, object, object]


def _difference(owner: OwnerId, seq: int, wrong: _Wrong) -> Difference:
    what, expected, found = wrong
    return Difference(owner=owner, seq=seq, what=what, expected=str(expected), found=str(found))


def _first(*checks: _Wrong) -> _Wrong | None:
    return next((check for check in checks if check[1] != check[2]), None)


def _entry_difference(state: Account, entry: Entry) -> _Wrong | None:
    return _first(
        ("owner", state.owner, entry.owner),
        ("sequence", state.seq + 1, entry.seq),
        ("id", entry_id(entry.owner, entry.key), entry.id),
        ("previous hash", state.hash, entry.previous),
        ("hash", digest(entry), entry.hash),
        ("order of time", True, state.at is None or state.at <= entry.effective_at),
    )


def _state_difference(state: Account, entry: Entry) -> _Wrong | None:
    sums = state.totals
    gone = sums.used - sums.refunded + sums.expired + sums.clawed_back + sums.repaid
    held = sum(hold.amount for hold in state.holds)
    pieces = sum(of.total(hold.lots) for hold in state.holds)
    least = min([0, state.debt, state.available, *(lot.amount for lot in state.lots)])
    return _first(
        ("balance", state.balance, entry.balance),
        ("held", state.held, entry.held),
        ("debt", state.debt, entry.debt),
        ("least amount", 0, least),
        ("sum of holds", state.held, held),
        ("sum of the pieces held", state.held, pieces),
        ("sum of lots and holds", state.balance, of.total(state.lots) + held),
        ("burn order of lots", sorted(state.lots, key=of.burn_rank), list(state.lots)),
        ("credits granted", sums.purchased + sums.gifted, state.balance + gone),
    )


def _first_unlike(expected: Account, found: Account) -> _Wrong:
    for name in Account.__struct_fields__:
        if getattr(expected, name) != getattr(found, name):
            return name, getattr(expected, name), getattr(found, name)
    raise AssertionError("equal accounts have no difference")
