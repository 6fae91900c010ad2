"""Hypothesis strategies for credits: commands in a random life of one account.

A history is a list of steps; `play` carries them out with the pure rules, the way a store would.
Refunds, settles and releases refer to entries that exist, clocks land exactly on ends, and keys are
used again, for the same and for something else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import msgspec
from hypothesis import strategies as st

from cvcore.ids import EntryId, HoldId, OwnerId, RequestKey
from cvcore.ledger.commands import (
    Booked,
    ClawBack,
    Command,
    Decision,
    Grant,
    Known,
    PlaceHold,
    Refund,
    Release,
    Settle,
    Spend,
)
from cvcore.ledger.model import Account, Entry, GrantKind, Policy
from cvcore.ledger.rules import decide
from cvcore.money import Credits
from cvcore.testing.clocks import NOON

OWNER = OwnerId("ada")
VERBS = (
    "grant", "buy", "spend", "hold", "hold", "settle", "settle", "release", "refund", "refund",
    "claw_back", "again", "reuse",
)  # fmt: skip
GIVEN: tuple[GrantKind, ...] = ("gift", "referral", "promotion", "refund", "adjustment")


class Step(msgspec.Struct, frozen=True):
    """One step: a verb, an amount, which of the things there it refers to, and how far the clock
    moves before it: whole hours, or exactly to the next end of a lot or hold (`to_the_end`)."""

    verb: str
    amount: int
    pick: int
    hours: int
    lasts_hours: int
    priority: int
    to_the_end: bool


class Played(msgspec.Struct, frozen=True):
    """What one step came to."""

    before: Account
    command: Command
    known: Known
    now: datetime
    decision: Decision
    after: Account


def steps(steps_max: int = 25) -> st.SearchStrategy[list[Step]]:
    """Random lives of one account; each begins with a grant or a purchase."""
    step = st.builds(
        Step,
        verb=st.sampled_from(VERBS),
        amount=st.integers(1, 6),
        pick=st.integers(0, 9),
        hours=st.sampled_from([0, 0, 0, 1, 5, 48]),
        lasts_hours=st.sampled_from([0, 0, 1, 6, 72]),
        priority=st.sampled_from([0, 0, 0, -1, 3]),
        to_the_end=st.sampled_from([False, False, False, True]),
    )
    first = st.sampled_from(["grant", "buy"]).map(
        lambda verb: Step(verb, 3, 0, 0, 0, 0, to_the_end=False)
    )
    return st.builds(
        lambda one, others: [one, *others], first, st.lists(step, min_size=1, max_size=steps_max)
    )


def play(life: Sequence[Step], policy: Policy | None = None) -> Iterator[Played]:
    """Carries a life out with the pure rules, step by step; stops at nothing."""
    policy = policy or Policy()
    account, now = Account(owner=OWNER), NOON
    entries: list[Entry] = []
    for number, step in enumerate(life):
        now = _moved(account, now, step)
        command = command_of(step, number, entries, now)
        known = known_of(command, entries)
        decision = decide(account, command, known, now, policy)
        before = account
        if isinstance(decision, Booked):
            entries.extend(decision.entries)
            account = decision.account
        yield Played(before, command, known, now, decision, account)


def known_of(command: Command, entries: Sequence[Entry]) -> Known:
    """What a store that holds these entries finds by index for a command."""
    same = next((entry for entry in entries if entry.key == command.key), None)
    to: str | None = None
    if isinstance(command, Settle | Release):
        to = command.hold
    elif isinstance(command, Refund):
        to = command.entry
    elif isinstance(command, ClawBack):
        to = command.source
    related = [entry for entry in entries if to and to in (entry.caused_by, entry.source)]
    origin = next((entry for entry in entries if entry.id == to), None)
    return Known(same_key=same, origin=origin, related=related)


def _moved(account: Account, now: datetime, step: Step) -> datetime:
    end = account.due_at
    if step.to_the_end and end is not None and end > now:
        return end
    return now + timedelta(hours=step.hours)


def command_of(step: Step, number: int, entries: Sequence[Entry], now: datetime) -> Command:
    """The command of a step after these entries; a spend where there is nothing to refer to."""
    owner, key, amount = OWNER, RequestKey(f"k{number}"), Credits(step.amount)
    ends = now + timedelta(hours=step.lasts_hours) if step.lasts_hours else None
    some = Credits(step.amount * (1 if step.pick % 2 else 4))
    if step.verb == "grant":
        kind = GIVEN[step.pick % len(GIVEN)]
        return Grant(
            owner=owner,
            key=key,
            amount=some,
            kind=kind,
            priority=step.priority,
            expires_at=ends,
        )
    if step.verb == "buy":
        source = f"payment-{number}"
        return Grant(owner=owner, key=key, amount=some, kind="purchase", source=source)
    if step.verb == "hold":
        ends = ends or now + timedelta(hours=2)
        return PlaceHold(owner=owner, key=key, amount=amount, expires_at=ends)
    return _about_another(step, key, entries) or Spend(owner=owner, key=key, amount=amount)


def _about_another(step: Step, key: RequestKey, entries: Sequence[Entry]) -> Command | None:
    """A command about one of the entries there are, or None."""
    wanted = {
        "settle": ("hold",),
        "release": ("hold",),
        "refund": ("spend", "settle"),
        "claw_back": ("grant",),
        "again": ("spend",),
        "reuse": ("grant", "spend", "hold"),
    }
    kinds = wanted.get(step.verb, ())
    found = [entry for entry in entries if entry.kind in kinds]
    if step.verb == "claw_back":
        found = [entry for entry in found if entry.source]
    if not found:
        return None
    entry, amount = found[-1 - step.pick % len(found)], Credits(step.amount)
    return _referring(step.verb, key, entry, amount, is_whole=step.pick % 2 == 0)


def _referring(
    verb: str, key: RequestKey, entry: Entry, amount: Credits, *, is_whole: bool
) -> Command:
    some = None if is_whole else amount
    if verb == "settle":
        return Settle(owner=OWNER, key=key, hold=HoldId(entry.id), amount=some)
    if verb == "release":
        return Release(owner=OWNER, key=key, hold=HoldId(entry.id))
    if verb == "refund":
        return Refund(owner=OWNER, key=key, entry=EntryId(entry.id), amount=some)
    if verb == "claw_back":
        return ClawBack(owner=OWNER, key=key, source=entry.source or "", total=Credits(4 * amount))
    if verb == "again":
        return Spend(owner=OWNER, key=entry.key, amount=entry.amount)
    return Spend(owner=OWNER, key=entry.key, amount=Credits(entry.amount + 1))
