"""The facts of a ledger: lots, holds, one account per owner, and the entries that made it.

An account is a fold of its entries and nothing else. All amounts are whole credits, all times are
aware, in UTC; a lot or a hold that ends at `t` is there before `t` and gone at `t`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

import msgspec

from cvcore.ids import EntryId, HoldId, LotId, OwnerId, RequestKey, derived_id
from cvcore.money import Credits

GrantKind = Literal["purchase", "gift", "referral", "promotion", "refund", "adjustment"]
EntryKind = Literal[
    "grant", "spend", "hold", "settle", "release", "lapse", "refund", "claw_back", "expire"
]
OWN_PREFIX = "cvcore:"
"""Keys that begin so are the ledger's own: what it books by itself when something lapses."""


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """What a house decides once. `grace` is how long credits stay that come back to a lot which
    has expired meanwhile; zero means that they are gone."""

    grace: timedelta = timedelta(days=7)


class Lot(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Credits granted together, or a piece of them: `amount` of lot `id`.

    The other fields are fixed when the lot is granted, and so is its place in the burn order.
    `seq` is that of the entry that made it, `source` names what it was granted for (a payment).
    """

    id: LotId
    kind: GrantKind
    amount: int
    seq: int
    priority: int = 0
    expires_at: datetime | None = None
    source: str | None = None


class Hold(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Credits set aside for work not done yet: `lots` are the very pieces it took.

    Its id is that of the entry that placed it. At `expires_at` it lapses: its credits are back,
    whether or not anybody booked it.
    """

    id: HoldId
    amount: Credits
    expires_at: datetime
    lots: tuple[Lot, ...]


class About(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """What an entry was for, for whoever reads the history: nothing is decided by it."""

    feature: str | None = None
    task: str | None = None
    cv: str | None = None
    note: str | None = None


class Totals(msgspec.Struct, frozen=True, gc=False):
    """Sums over all entries. `used` counts every burn, `refunded` what came back of it; `gifted`
    is every grant that was not bought; `repaid` went straight into a debt."""

    purchased: int = 0
    gifted: int = 0
    used: int = 0
    refunded: int = 0
    expired: int = 0
    clawed_back: int = 0
    repaid: int = 0


class Account(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Where one owner stands after entry `seq`.

    `balance` is what lots and holds contain together, `held` the part in holds; `lots` are in burn
    order, empty ones left out; `holds` in the order they were placed. `due_at` is the first moment
    at which one of them expires or lapses, None where none ever will. `debt` is what a clawback
    could not take. `at` is the moment of the last entry: for its owner, time never runs back.
    """

    owner: OwnerId
    seq: int = 0
    at: datetime | None = None
    balance: int = 0
    held: int = 0
    debt: int = 0
    lots: tuple[Lot, ...] = ()
    holds: tuple[Hold, ...] = ()
    totals: Totals = Totals()
    due_at: datetime | None = None
    hash: str = ""

    @property
    def available(self) -> Credits:
        """What may be spent or held now: neither spent nor held."""
        return Credits(self.balance - self.held)


class Entry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One thing that happened to one account; written once, never changed.

    `amount` is what the entry is about, never negative; `change` is what it did to the balance, and
    `balance`, `held` and `debt` are what stood after it. `given` are the pieces put into lots,
    `taken` those taken out of them, `burnt` those used up for good. `hold` is the hold it placed;
    `caused_by` the entry it follows from: the hold of a settle, release or lapse, the spend or
    settle of a refund. `source` names the payment of a purchase or clawback. `counter` is the other
    side of the double entry. `debited` and `repaid` are the debt it made and paid back.
    """

    id: EntryId
    owner: OwnerId
    seq: int
    key: RequestKey
    fingerprint: str
    kind: EntryKind
    amount: Credits
    change: int
    balance: int
    held: int
    debt: int
    effective_at: datetime
    recorded_at: datetime
    given: tuple[Lot, ...] = ()
    taken: tuple[Lot, ...] = ()
    burnt: tuple[Lot, ...] = ()
    hold: Hold | None = None
    caused_by: EntryId | None = None
    source: str | None = None
    counter: str = ""
    debited: int = 0
    repaid: int = 0
    about: About = About()
    previous: str = ""
    hash: str = ""


class Write(msgspec.Struct, frozen=True, kw_only=True):
    """What a store is to write for one owner: `entries`, in order and without a gap behind entry
    `seen`, and the account they lead to."""

    account: Account
    entries: Sequence[Entry]
    seen: int


def entry_id(owner: OwnerId, key: RequestKey) -> EntryId:
    """The id of the owner's entry under this key; the id of the hold too, where it placed one."""
    return EntryId(derived_id("entry", owner, key))
