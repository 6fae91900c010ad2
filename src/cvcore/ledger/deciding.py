"""Deciding commands over a store: what must be read, and all of many owners' commands in order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import assert_never

from cvcore.ids import EntryId, OwnerId
from cvcore.ledger.commands import (
    Booked,
    ClawBack,
    Command,
    Decision,
    Known,
    Refund,
    Refused,
    Release,
    Replayed,
    Settle,
)
from cvcore.ledger.model import Account, Entry, Write
from cvcore.ledger.ports import LedgerStore

Decide = Callable[[Account, Command, Known], Decision]
"""The rule, with its clock and policy."""
_NOTHING = Known()


class Deciding:
    """The commands of one owner, decided one after the other: none of it is written yet."""

    __slots__ = ("after", "before", "entries", "outcomes")

    def __init__(self, account: Account) -> None:
        self.before = self.after = account
        self.entries: list[Entry] = []
        self.outcomes: list[Entry | Exception] = []

    @property
    def owner(self) -> OwnerId:
        """Whose commands they are."""
        return self.before.owner

    def write(self) -> Write:
        """What is to be written."""
        return Write(account=self.after, entries=self.entries, seen=self.before.seq)

    def add(self, decision: Decision) -> None:
        """What the next command came to."""
        match decision:
            case Booked():
                self.entries.extend(decision.entries)
                self.after = decision.account
                self.outcomes.append(decision.entries[-1])
            case Replayed():
                self.outcomes.append(decision.entry)
            case Refused():
                self.outcomes.append(decision.error)
            case _:
                assert_never(decision)


async def decided(
    store: LedgerStore,
    asked: Mapping[OwnerId, Sequence[Command]],
    remembered: Mapping[OwnerId, Account],
    decide: Decide,
) -> list[Deciding]:
    """Each owner's commands, decided in order on the account as remembered, or else as read.

    On what is remembered nothing is refused: where it would be, all is read first, keys included.
    A booking on it stands only if the store takes the write.
    """
    plans: list[Deciding] = []
    read: list[OwnerId] = []
    for owner, commands in asked.items():
        account = remembered.get(owner)
        plan = None if account is None else _guessed(account, commands, decide)
        if plan is None:
            read.append(owner)
        else:
            plans.append(plan)
    if read:
        accounts = await store.load(read)
        keys = [(owner, command.key) for owner in read for command in asked[owner]]
        entries = await store.by_keys(keys)
        for owner in read:
            plan = Deciding(accounts[owner])
            for command in asked[owner]:
                same = entries.get((owner, command.key))
                known = await known_of(store, command, same, plan.entries)
                plan.add(decide(plan.after, command, known))
            plans.append(plan)
    return plans


def _guessed(account: Account, commands: Sequence[Command], decide: Decide) -> Deciding | None:
    """The commands decided without reading anything, or None where that cannot be."""
    plan = Deciding(account)
    keys = {command.key for command in commands}
    if len(keys) < len(commands):
        return None
    for command in commands:
        if isinstance(command, Settle | Release | Refund | ClawBack):
            return None
        decision = decide(plan.after, command, _NOTHING)
        if not isinstance(decision, Booked):
            return None
        plan.add(decision)
    return plan


async def known_of(
    store: LedgerStore, command: Command, same_key: Entry | None, unwritten: Sequence[Entry] = ()
) -> Known:
    """What the rules need besides the account, looked up by index after the account was read;
    `unwritten` are entries that will be written before this command's."""
    same = same_key or next((one for one in unwritten if one.key == command.key), None)
    if same is not None:
        return Known(same_key=same)
    refers_to: str
    match command:
        case Settle() | Release():
            refers_to = command.hold
        case Refund():
            refers_to = command.entry
        case ClawBack():
            refers_to = command.source
        case _:
            return _NOTHING
    origin = next((one for one in unwritten if one.id == refers_to), None)
    if origin is None and not isinstance(command, ClawBack):
        origin = await store.get(EntryId(refers_to))
    news = [one for one in unwritten if refers_to in (one.caused_by, one.source)]
    return Known(origin=origin, related=[*await store.related(command.owner, refers_to), *news])
