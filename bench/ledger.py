"""The ledger beside the least that a debit can cost, on one PostgreSQL, paired and interleaved.

    python bench/ledger.py [--quick] [--json]

The floor is one guarded UPDATE and one INSERT in one statement by asyncpg: no key, no lots, no
rules, no hash. Each figure is the median of ratios of runs that followed one another. It starts an
embedded PostgreSQL of its own, fsync and synchronous_commit on, and stops it.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg

from cvcore.ids import OwnerId, RequestKey, random_id
from cvcore.ledger import Account, Grant, Known, Ledger, Spend, decide
from cvcore.money import Credits
from cvcore.runs import Runs
from cvweb import embedded
from cvweb.adapters.postgres import Database, migrate

CONNECTIONS = 32
OWNERS = 1000
PLENTY = Credits(10**9)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOT = {8: 3.0, 32: 10.0, 256: 15.0}
SPREAD = {8: 1.0, 32: 2.0, 256: 3.0}
FLOOR = """
    WITH spent AS (
        UPDATE floor_account SET balance = balance - $2 WHERE id = $1 AND balance >= $2
        RETURNING balance
    )
    INSERT INTO floor_entry (account, amount, balance) SELECT $1, $2, balance FROM spent
"""
TABLES = """
    CREATE TABLE floor_account (id text PRIMARY KEY, balance bigint NOT NULL);
    CREATE TABLE floor_entry (id bigserial PRIMARY KEY, account text, amount bigint,
        balance bigint, at timestamptz DEFAULT now());
    INSERT INTO floor_account SELECT 'o' || n, 1000000000 FROM generate_series(0, 999) AS n
"""
LONG_HISTORY = """
    INSERT INTO credit_transaction (id, user_id, seq, request_key, fingerprint, type, effective_at,
        created_at, counter, previous, hash)
    SELECT 'long' || n, 'long', n, 'old' || n, '', 'spend', $2, $2, 'revenue', '', ''
    FROM generate_series(2, $1::int) AS n
"""
Work = Callable[[int], Awaitable[object]]
_numbers = itertools.count()


class Bench:
    """Figures with their targets, as they are measured."""

    def __init__(self, *, is_quick: bool) -> None:
        self.seconds = 0.6 if is_quick else 2.0
        self.repetitions = 2 if is_quick else 5
        self.is_quick = is_quick
        self.figures: dict[str, dict[str, Any]] = {}

    def add(self, name: str, value: float, target: float, better: str, note: str = "") -> None:
        self.figures[name] = {"value": round(value, 3), "target": target, "better": better}
        is_met = value >= target if better == "more" else value <= target
        sign = "≥" if better == "more" else "≤"
        mark = "" if is_met else "  SHORT"
        print(f"| {name:28} | {value:12,.2f} | {sign} {target:<9,g} | {note}{mark}", flush=True)

    @property
    def is_met(self) -> bool:
        return all(
            one["value"] >= one["target"]
            if one["better"] == "more"
            else one["value"] <= one["target"]
            for one in self.figures.values()
        )

    async def rate(self, work: Work, callers: int) -> tuple[float, float]:
        """Calls per second by so many callers, and the 99th percentile of a call in ms."""
        took: list[float] = []
        end = time.perf_counter() + self.seconds

        async def call() -> None:
            while (began := time.perf_counter()) < end:
                await work(next(_numbers))
                took.append(time.perf_counter() - began)

        began = time.perf_counter()
        await asyncio.gather(*(call() for _ in range(callers)))
        rate = len(took) / (time.perf_counter() - began)
        took.sort()
        return rate, took[int(len(took) * 0.99)] * 1000

    async def pair(self, ours: Work, other: Work, callers: int) -> tuple[float, float, str]:
        """The medians of paired ratios of rate and of p99, and what was seen, in words."""
        await ours(next(_numbers))
        seen = []
        for _ in range(self.repetitions):
            floor = await self.rate(other, callers)
            seen.append((*await self.rate(ours, callers), *floor))
        rate, p99, floor_rate, floor_p99 = (
            statistics.median(column) for column in zip(*seen, strict=True)
        )
        note = f"{rate:,.0f}/s, p99 {p99:.1f} ms; other {floor_rate:,.0f}/s, {floor_p99:.1f} ms"
        ratio = statistics.median(one[0] / one[2] for one in seen)
        return ratio, statistics.median(one[1] / one[3] for one in seen), note


def of_pure_rules(bench: Bench) -> None:
    """Commands decided per second on one core, and what 100 lots cost."""
    one: list[float] = []
    many: list[float] = []
    for _ in range(bench.repetitions * 6):
        one.append(_seconds_per_decision(1))
        many.append(_seconds_per_decision(100))
    bench.add("decide_per_second", 1 / min(one), 150_000, "more", "spends, hash included")
    bench.add("decide_100_lots", min(many) / min(one), 1.5, "less", "of the time with one lot")


def _seconds_per_decision(lots: int, commands: int = 1000) -> float:
    account, nothing = Account(owner=OwnerId("ada")), Known()
    for command in _grants(account.owner, lots):
        account = decide(account, command, nothing, NOW).account  # type: ignore[union-attr]
    spends = [
        Spend(owner=account.owner, key=RequestKey(f"spend:{number}"), amount=Credits(1))
        for number in range(commands)
    ]
    began = time.perf_counter()
    for spend in spends:
        account = decide(account, spend, nothing, NOW).account  # type: ignore[union-attr]
    return (time.perf_counter() - began) / commands


def _grants(owner: OwnerId, lots: int) -> Iterator[Grant]:
    for number in range(lots):
        yield Grant(
            owner=owner,
            key=RequestKey(f"grant:{number}"),
            amount=PLENTY,
            kind="gift",
            expires_at=NOW + timedelta(days=400 + number),
        )


class Ground:
    """One server with the ledger's tables and the floor's, and what is done to both."""

    def __init__(self, database: Database, pool: Any) -> None:
        self.database, self.pool = database, pool
        clock = lambda: datetime.now(UTC)  # noqa: E731
        self.ledger = Ledger(begin=database.begin, clock=clock)
        self.runs = Runs(begin=database.begin, clock=clock, new_id=random_id)

    async def prepare(self) -> None:
        await self.pool.execute(TABLES)
        owners = [OwnerId(f"o{number}") for number in range(OWNERS)]
        await asyncio.gather(*(self._grant(one) for one in (*owners, OwnerId("long"))))
        for command in _grants(OwnerId("lots"), 100):
            await self._grant(command.owner, command.key, command.expires_at)

    async def _grant(
        self, owner: OwnerId, key: str = "g", expires_at: datetime | None = None
    ) -> None:
        await self.ledger.grant(
            owner, PLENTY, kind="gift", key=RequestKey(key), expires_at=expires_at
        )

    def floor(self, owners: int) -> Work:
        return lambda number: self.pool.execute(FLOOR, f"o{number % owners}", 1)

    def spend(self, owners: int) -> Work:
        return lambda number: self.spend_of(f"o{number % owners}", f"s{number}")

    async def spend_of(self, owner: str, key: str) -> object:
        return await self.ledger.spend(OwnerId(owner), Credits(1), key=RequestKey(key))

    async def run(self, number: int) -> object:
        """A hold and its task row in one unit."""
        return await self.runs.start(
            OwnerId(f"o{number % OWNERS}"),
            feature="match_score",
            type="score",
            title="A score",
            payload={},
            key=RequestKey(f"run{number}"),
            fingerprint="f",
            cost=Credits(1),
        )

    async def lengthen(self, entries: int) -> None:
        """Give one account so many entries, behind the ledger's back; its head says so."""
        await self.pool.execute(LONG_HISTORY, entries, NOW)
        await self.pool.execute(
            "UPDATE credit_balance SET seq = $1 WHERE user_id = 'long'", entries
        )
        await self.pool.execute("VACUUM ANALYZE")

    async def look_and_spend(self, owner: str, number: int) -> object:
        await self.ledger.account(OwnerId(owner))
        return await self.spend_of(owner, f"s{number}")


async def of_the_store(bench: Bench, ground: Ground) -> None:
    await ground.prepare()
    for name, owners, targets in (("hot", 1, HOT), ("spread", OWNERS, SPREAD)):
        for callers, target in targets.items():
            ratio, p99, note = await bench.pair(ground.spend(owners), ground.floor(owners), callers)
            bench.add(f"{name}_{callers}", ratio, target, "more", note)
            if name == "hot":
                bench.add(f"hot_{callers}_p99", p99, 1.0, "less", "of the floor's")
    ratio, _, note = await bench.pair(ground.run, ground.floor(OWNERS), 8)
    bench.add("hold_and_task_8", ratio, 0.4, "more", note)
    spend = ground.spend(1)
    ratio, _, note = await bench.pair(lambda _: ground.spend_of("o0", "again"), spend, 8)
    bench.add("replay_8", ratio, 1.0, "more", note)
    await _of_size(bench, ground)


async def _of_size(bench: Bench, ground: Ground) -> None:
    """What many lots and many entries cost one caller."""
    ratio, _, note = await bench.pair(
        ground.spend(1), lambda number: ground.spend_of("lots", f"s{number}"), 1
    )
    bench.add("lots_100", ratio, 1.5, "less", note)
    entries = 100_000 if bench.is_quick else 1_000_000
    await ground.lengthen(entries)
    ratio, _, note = await bench.pair(
        lambda number: ground.look_and_spend("o1", number),
        lambda number: ground.look_and_spend("long", number),
        1,
    )
    bench.add(f"entries_{entries}", ratio, 1.2, "less", note)


async def measured(bench: Bench, url: str) -> int:
    """Everything over the store; how many histories do not verify."""
    await migrate(url)
    pool = await asyncpg.create_pool(url, min_size=CONNECTIONS, max_size=CONNECTIONS)
    async with (
        pool,
        Database(url, connections_min=CONNECTIONS, connections_max=CONNECTIONS) as database,
    ):
        ground = Ground(database, pool)
        await of_the_store(bench, ground)
        owners = [OwnerId(f"o{number}") for number in range(0, OWNERS, 100)]
        wrong = [one for one in owners if await ground.ledger.verify(one) is not None]
        print(f"{len(owners)} histories folded and checked, {len(wrong)} wrong")
        return len(wrong)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="within 50 s, less exactly")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON at the end")
    asked = parser.parse_args()
    bench = Bench(is_quick=asked.quick)
    print(f"| {'figure':28} | {'value':>12} | target      | seen\n|---|---|---|---|")
    of_pure_rules(bench)
    folder = Path(tempfile.mkdtemp(prefix="cvcore-bench-"))
    folder.chmod(0o755)
    try:
        with embedded.start(folder / "data") as server:
            wrong = asyncio.run(measured(bench, server.url()))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if asked.json:
        print(json.dumps(bench.figures))
    return 0 if bench.is_met and not wrong else 1


if __name__ == "__main__":
    sys.exit(main())
