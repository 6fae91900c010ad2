"""What an account does with a command: pure, total, and the same for every store."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any, assert_never

import msgspec

from cvcore.errors import CvcoreError
from cvcore.ids import KEY_CHARACTERS_MAX
from cvcore.ledger import cases
from cvcore.ledger.booking import due, evolve
from cvcore.ledger.commands import (
    Booked,
    ClawBack,
    Command,
    Decision,
    Grant,
    Known,
    PlaceHold,
    Refund,
    Refused,
    Release,
    Replayed,
    Settle,
    Spend,
)
from cvcore.ledger.errors import KeyReused
from cvcore.ledger.model import OWN_PREFIX, Account, Entry, Policy

__all__ = ["decide", "due", "evolve", "fingerprint", "settled"]

_encode: Callable[[object], bytes] = msgspec.json.Encoder().encode
_POLICY = Policy()


def decide(
    account: Account, command: Command, known: Known, now: datetime, policy: Policy = _POLICY
) -> Decision:
    """What becomes of `command`, given what is known, at `now`.

    The key comes first: one carried out before answers as it did then, whatever else is wrong.
    Then, each before the next: a wrong argument (`ValueError`), an unknown hold, entry or payment
    (`NotFound`), what is closed or too much, `InDebt`, `InsufficientCredits`. What has lapsed or
    expired by `now` is booked with the command. A `now` before the account's last entry counts as
    the moment of that entry.
    """
    try:
        mark = fingerprint(command)
    except (ValueError, OverflowError, TypeError) as error:
        return Refused(ValueError(f"this command cannot be kept: {error}"))
    same = known.same_key
    if same is not None:
        if same.fingerprint == mark:
            return Replayed(same)
        return Refused(KeyReused(owner=command.owner, key=command.key))
    moment = now if account.at is None or account.at < now else account.at
    before, account = due(account, moment, policy)
    try:
        _check_key(command.key)
        entry = _CASES[type(command)](
            cases.Case(account, known, moment, now, policy, mark), command
        )
    except (CvcoreError, ValueError) as error:
        return Refused(error)
    return Booked((*before, entry), evolve(account, entry))


def settled(account: Account, now: datetime, policy: Policy = _POLICY) -> Account:
    """The account as it is at `now`: what has lapsed or expired counts, booked or not."""
    return due(account, now, policy)[1]


def fingerprint(command: Command) -> str:
    """Names the content of a command without its key. The end of a hold is no content: whoever
    tries again sets it anew."""
    return hashlib.blake2b(_encode(_content(command)), digest_size=16).hexdigest()


def _content(command: Command) -> tuple[object, ...]:
    match command:
        case Spend():
            return "spend", command.amount, command.about
        case PlaceHold():
            return "hold", command.amount, command.about
        case Settle():
            return "settle", command.hold, command.amount, command.about
        case Release():
            return "release", command.hold, command.about
        case Grant():
            c = command
            lot = (c.amount, c.kind, c.priority, c.expires_at, c.source)
            return "grant", lot, command.about
        case Refund():
            return "refund", command.entry, command.amount, command.about
        case ClawBack():
            return "claw_back", command.source, command.total, command.about
        case _:
            assert_never(command)


def _check_key(key: str) -> None:
    if not 1 <= len(key) <= KEY_CHARACTERS_MAX:
        raise ValueError(f"a request key has 1 to {KEY_CHARACTERS_MAX} characters, got {len(key)}")
    if key.startswith(OWN_PREFIX):
        raise ValueError(f"keys that begin with {OWN_PREFIX!r} are the ledger's own, got {key!r}")


_CASES: dict[type[Command], Callable[[cases.Case, Any], Entry]] = {
    Spend: cases.spend,
    PlaceHold: cases.place_hold,
    Settle: cases.settle,
    Release: cases.release,
    Grant: cases.grant,
    Refund: cases.refund,
    ClawBack: cases.claw_back,
}
"""How each command becomes an entry."""
