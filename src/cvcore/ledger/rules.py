"""What an account does with a command: pure, total, and the same for every store."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import assert_never

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
    mark = fingerprint(command)
    if known.same_key is not None:
        if known.same_key.fingerprint == mark:
            return Replayed(known.same_key)
        return Refused(KeyReused(owner=command.owner, key=command.key))
    moment = now if account.at is None or account.at < now else account.at
    before, account = due(account, moment, policy)
    case = cases.Case(account, known, moment, now, policy, mark)
    try:
        _check_key(command.key)
        entry = _entry(case, command)
    except (CvcoreError, ValueError) as error:
        return Refused(error)
    return Booked((*before, entry), evolve(account, entry))


def settled(account: Account, now: datetime, policy: Policy = _POLICY) -> Account:
    """The account as it is at `now`: what has lapsed or expired counts, booked or not."""
    return due(account, now, policy)[1]


def fingerprint(command: Command) -> str:
    """Names the content of a command without its key. The end of a hold is no content: whoever
    tries again sets it anew."""
    content = msgspec.structs.asdict(command)
    if isinstance(command, PlaceHold):
        del content["expires_at"]
    del content["key"], content["owner"]
    body = _encode((type(command).__name__, content))
    return hashlib.blake2b(body, digest_size=16).hexdigest()


def _check_key(key: str) -> None:
    if not 1 <= len(key) <= KEY_CHARACTERS_MAX:
        raise ValueError(f"a request key has 1 to {KEY_CHARACTERS_MAX} characters, got {len(key)}")
    if key.startswith(OWN_PREFIX):
        raise ValueError(f"keys that begin with {OWN_PREFIX!r} are the ledger's own, got {key!r}")


def _entry(case: cases.Case, command: Command) -> Entry:
    match command:
        case Spend():
            return cases.spend(case, command)
        case PlaceHold():
            return cases.place_hold(case, command)
        case Settle():
            return cases.settle(case, command)
        case Release():
            return cases.release(case, command)
        case Grant():
            return cases.grant(case, command)
        case Refund():
            return cases.refund(case, command)
        case ClawBack():
            return cases.claw_back(case, command)
        case _:
            assert_never(command)
