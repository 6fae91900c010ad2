"""Whatever is done to runs, in whatever order: credits and uses always add up."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from cvcore.charging import ChargingSettings, FeatureRefused
from cvcore.errors import Conflict
from cvcore.ids import OwnerId, RequestKey, TaskId
from cvcore.ledger import Ledger
from cvcore.memory import MemoryUnit, MemoryUnits
from cvcore.money import Credits
from cvcore.plans import Allowance, Subscription
from cvcore.runs import Runs, RunSettings
from cvcore.tasks import Task, TaskError
from cvcore.testing import NOON, MovingClock, counting_ids
from cvcore.testing.samples import a_plan

ADA = OwnerId("ada")
COSTS = {"score": Credits(1), "tailor": Credits(3), "edit": Credits(0)}
ERROR = TaskError(code="unavailable", message="no answer")
SETTINGS = RunSettings(deadline_seconds=600, hold_margin_seconds=300, attempts_max=2)
R = TypeVar("R")
picks = st.integers(0, 9)


class RunsMachine(RuleBasedStateMachine):
    """Starts, workers, losses, cancellations and a moving clock on one owner with a small plan."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.units, self.clock = MemoryUnits(), MovingClock()
        self.ledger = Ledger(begin=self.units.begin, clock=self.clock)
        charging = ChargingSettings(mode="subscription", costs=COSTS)
        self.runs = Runs(
            begin=self.units.begin,
            clock=self.clock,
            new_id=counting_ids("task"),
            settings=SETTINGS,
            charging=charging,
        )
        self.granted, self.number = 0, 0
        self.ids: list[TaskId] = []
        self.run(self._subscribe())

    def teardown(self) -> None:
        assert self.run(self.ledger.verify(ADA)) is None
        self.loop.close()

    def run(self, work: Coroutine[Any, Any, R]) -> R:
        return self.loop.run_until_complete(work)

    def at(self, pick: int) -> TaskId:
        return self.ids[-1 - pick % len(self.ids)] if self.ids else TaskId("none")

    def task(self, id: TaskId) -> Task | None:
        async def read() -> Task | None:
            async with self.units.begin() as unit:
                return await unit.tasks.get(id)

        return self.run(read())

    async def _subscribe(self) -> None:
        allowances = (
            Allowance(feature="score", usage_limit=2),
            Allowance(feature="tailor", is_enabled=False, usage_limit=0),
            Allowance(feature="edit"),
        )
        async with self.units.begin() as unit:
            await unit.plans.put_plan(a_plan(allowances=allowances))
            await unit.plans.put_subscription(Subscription(owner=ADA, plan="plan-1", anchor=NOON))

    @rule(amount=st.integers(1, 5))
    def give(self, amount: int) -> None:
        self.number += 1
        key = RequestKey(f"gift-{self.number}")
        self.run(self.ledger.grant(ADA, Credits(amount), kind="gift", key=key))
        self.granted += amount

    @rule(feature=st.sampled_from(sorted(COSTS)), again=st.booleans())
    def start(self, feature: str, again: bool) -> None:
        self.number += 0 if again else 1
        key = RequestKey(f"request-{self.number}-{feature}")
        start = self.runs.start(
            ADA,
            feature=feature,
            type=feature,
            title=feature,
            payload={},
            key=key,
            fingerprint=feature,
        )
        try:
            started = self.run(start)
        except FeatureRefused:
            return
        assert started.replayed == (started.task.id in self.ids)
        if not started.replayed:
            self.ids.append(started.task.id)

    @rule(pick=picks)
    def begin_work(self, pick: int) -> None:
        self.run(self.runs.begin_work(self.at(pick), lease_seconds=60))

    @rule(pick=picks, stale=st.booleans())
    def complete(self, pick: int, stale: bool) -> None:
        task = self.task(self.at(pick))
        if task is None:
            return
        attempt = task.attempt - 1 if stale else task.attempt
        try:
            done = self.run(self.runs.complete(task.id, {"n": 1}, attempt=attempt))
        except Conflict:
            assert task.status != "completed"
        else:
            assert done.status == "completed"

    @rule(pick=picks, verb=st.sampled_from(["fail", "retry", "cancel", "refund"]))
    def end(self, pick: int, verb: str) -> None:
        id = self.at(pick)
        if self.task(id) is None:
            return
        try:
            if verb == "fail":
                self.run(self.runs.fail(id, ERROR))
            elif verb == "retry":
                self.run(self.runs.retry(id, ERROR))
            elif verb == "cancel":
                self.run(self.runs.cancel(ADA, id))
            else:
                self.run(self.runs.refund_rejected(id))
        except Conflict:
            task = self.task(id)
            assert task is not None
            assert task.status in {"completed", "failed", "cancelled"}

    @rule(seconds=st.sampled_from([1, 59, 60, 299, 300, 600, 900]))
    def wait(self, seconds: int) -> None:
        self.clock.move(timedelta(seconds=seconds))

    @rule()
    def sweep(self) -> None:
        self.run(self.ledger.sweep())

    @invariant()
    def what_was_granted_is_there_or_was_charged(self) -> None:
        tasks = [task for id in self.ids if (task := self.task(id)) is not None]
        charged = sum(task.credits_charged for task in tasks if task.refunded_at is None)
        account = self.run(self.ledger.account(ADA))
        assert account.balance + charged == self.granted
        assert account.available >= 0

    @invariant()
    def only_completed_runs_cost_anything(self) -> None:
        for id in self.ids:
            task = self.task(id)
            assert task is not None
            assert task.credits_charged == 0 or task.status == "completed"
            assert task.credits_charged <= task.paid.credits

    @invariant()
    def open_holds_belong_to_open_runs(self) -> None:
        tasks = [task for id in self.ids if (task := self.task(id)) is not None]
        open_runs = {t.paid.hold for t in tasks if t.status in {"queued", "running"}}
        account = self.run(self.ledger.account(ADA))
        assert {hold.id for hold in account.holds} <= open_runs

    @invariant()
    def uses_are_those_of_runs_that_were_not_given_back(self) -> None:
        tasks = [task for id in self.ids if (task := self.task(id)) is not None]
        for feature in COSTS:
            kept = [
                task
                for task in tasks
                if task.feature == feature
                and task.paid.by == "plan"
                and task.status not in {"failed", "cancelled"}
                and task.refunded_at is None
            ]
            assert self.run(_used(self.units, feature)) == len(kept)


async def _used(units: MemoryUnits, feature: str) -> int:
    unit: MemoryUnit
    async with units.begin() as unit:
        return await unit.plans.used(ADA, feature, NOON)


TestRunsMachine = RunsMachine.TestCase
TestRunsMachine.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
