"""What can be asked of an account, what is known when it is decided, and what a decision is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TypeAlias

import msgspec

from cvcore.errors import CvcoreError
from cvcore.ids import EntryId, HoldId, OwnerId, RequestKey
from cvcore.ledger.model import About, Account, Entry, GrantKind
from cvcore.money import Credits


class Asked(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What every command has: whose account, and the key that names this one intent."""

    owner: OwnerId
    key: RequestKey
    about: About = About()


class Grant(Asked, frozen=True, kw_only=True, gc=False):
    """Give `amount` (1 at least) as one lot; lower `priority` burns first. A purchase pays the
    account's debt first. `source` names the payment, so that it can be clawed back."""

    amount: Credits
    kind: GrantKind
    priority: int = 0
    expires_at: datetime | None = None
    source: str | None = None


class Spend(Asked, frozen=True, kw_only=True, gc=False):
    """Use up `amount` (1 at least) at once."""

    amount: Credits


class PlaceHold(Asked, frozen=True, kw_only=True, gc=False):
    """Set `amount` (1 at least) aside until `expires_at`."""

    amount: Credits
    expires_at: datetime


class Settle(Asked, frozen=True, kw_only=True, gc=False):
    """Use up `amount` of what a hold set aside (None: all of it); the rest goes back."""

    hold: HoldId
    amount: Credits | None = None


class Release(Asked, frozen=True, kw_only=True, gc=False):
    """Give back all that a hold set aside."""

    hold: HoldId


class Refund(Asked, frozen=True, kw_only=True, gc=False):
    """Give back `amount` of what a spend or a settle used up (None: all that is left of it)."""

    entry: EntryId
    amount: Credits | None = None


class ClawBack(Asked, frozen=True, kw_only=True, gc=False):
    """Take back what was bought by payment `source`, `total` credits of it in all, those of
    earlier clawbacks included."""

    source: str
    total: Credits


Command: TypeAlias = Grant | Spend | PlaceHold | Settle | Release | Refund | ClawBack


class Known(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What the store found by index for one command: the entry under its key; for a settle,
    release or refund the entry it refers to and those caused by that; for a clawback those of the
    same payment."""

    same_key: Entry | None = None
    origin: Entry | None = None
    related: Sequence[Entry] = ()


class Booked(msgspec.Struct, frozen=True, gc=False):
    """Write these entries; the last is the command's own, those before it were due anyway.

    `account` is where they lead to."""

    entries: tuple[Entry, ...]
    account: Account


class Replayed(msgspec.Struct, frozen=True, gc=False):
    """The key was carried out before: this is what came of it."""

    entry: Entry


class Refused(msgspec.Struct, frozen=True, gc=False):
    """Nothing is written. `error` says why, and is what a service raises."""

    error: CvcoreError | ValueError


Decision: TypeAlias = Booked | Replayed | Refused
