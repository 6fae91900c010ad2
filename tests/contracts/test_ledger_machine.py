"""The same commands in memory and on PostgreSQL: the same answers and the same state, always."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterator
from datetime import timedelta

import msgspec
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from cvcore.errors import CvcoreError
from cvcore.ids import OwnerId
from cvcore.ledger import Command, Entry, Ledger
from cvcore.memory import MemoryUnits
from cvcore.testing import MovingClock
from cvcore.testing.strategies import VERBS, Step, command_of
from cvweb.adapters.postgres import Database

_owners = itertools.count(1)
STEP = st.builds(
    Step,
    verb=st.sampled_from(["buy", "grant", *VERBS]),
    amount=st.integers(1, 6),
    pick=st.integers(0, 9),
    hours=st.sampled_from([0, 0, 0, 1, 5, 48]),
    lasts_hours=st.sampled_from([0, 0, 1, 6, 72]),
    priority=st.sampled_from([0, 0, 0, -1, 3]),
    to_the_end=st.sampled_from([False, False, True]),
)
WHO = st.integers(0, 1)


class Machine(RuleBasedStateMachine):
    """One owner's life, asked of a ledger in memory and of two over the same PostgreSQL.

    Of the two, each remembers accounts that the other has moved on since.
    """

    def __init__(self, runner: asyncio.Runner, database: Database) -> None:
        super().__init__()
        self.runner, self.clock = runner, MovingClock()
        self.owner = OwnerId(f"owner-{next(_owners)}")
        self.memory = Ledger(begin=MemoryUnits().begin, clock=self.clock)
        self.postgres = [Ledger(begin=database.begin, clock=self.clock) for _ in range(2)]
        self.entries: list[Entry] = []
        self.asked: list[Command] = []

    @rule(step=STEP, who=WHO)
    def ask(self, step: Step, who: int) -> None:
        """A command that refers to what is there, at a moment that may be the very end of it."""
        account = self.runner.run(self.memory.account(self.owner))
        if step.to_the_end and account.due_at is not None:
            self.clock.set(account.due_at)
        else:
            self.clock.move(timedelta(hours=step.hours))
        command = command_of(step, len(self.asked), self.entries, self.clock())
        self.carry_out(msgspec.structs.replace(command, owner=self.owner), who)

    @rule(pick=st.integers(0, 99), who=WHO)
    def ask_again(self, pick: int, who: int) -> None:
        """A retry, word for word."""
        if self.asked:
            self.carry_out(self.asked[-1 - pick % len(self.asked)], who)

    @rule()
    def sweep(self) -> None:
        """What is due is booked in both."""
        ours = self.runner.run(self.memory.expire(self.owner))
        assert list(self.runner.run(self.postgres[0].expire(self.owner))) == list(ours)

    def carry_out(self, command: Command, who: int) -> None:
        self.asked.append(command)
        expected = self.runner.run(_outcome(self.memory, command))
        assert self.runner.run(_outcome(self.postgres[who], command)) == expected

    @invariant()
    def the_states_are_the_same(self) -> None:
        self.entries = list(reversed(self.runner.run(self.memory.history(self.owner, limit=500))))
        there = list(reversed(self.runner.run(self.postgres[0].history(self.owner, limit=500))))
        assert there == self.entries
        account = self.runner.run(self.memory.account(self.owner))
        assert self.runner.run(self.postgres[1].account(self.owner)) == account

    def teardown(self) -> None:
        for ledger in (self.memory, self.postgres[0]):
            assert self.runner.run(ledger.verify(self.owner)) is None


async def _outcome(ledger: Ledger, command: Command) -> object:
    try:
        return await ledger._carry_out(command)
    except (CvcoreError, ValueError) as error:
        return type(error), str(error)


@pytest.fixture
def machine(database_url: str) -> Iterator[tuple[asyncio.Runner, Database]]:
    with asyncio.Runner() as runner:
        database = Database(database_url, connections_max=2)
        runner.run(database.open())
        yield runner, database
        runner.run(database.close())


def _run(machine: tuple[asyncio.Runner, Database], lives: int, steps: int) -> None:
    limits = settings(max_examples=lives, stateful_step_count=steps, deadline=None)
    run_state_machine_as_test(lambda: Machine(*machine), settings=limits)  # type: ignore[arg-type] # a factory will do


def test_memory_and_postgres_live_the_same_life(
    machine: tuple[asyncio.Runner, Database],
) -> None:
    _run(machine, lives=12, steps=15)


@pytest.mark.slow
def test_memory_and_postgres_live_the_same_many_lives(
    machine: tuple[asyncio.Runner, Database],
) -> None:
    _run(machine, lives=300, steps=40)
