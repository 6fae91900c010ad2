"""Checks that money and work agree: every ledger folded, every paid task compared with it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import msgspec

from cvcore.ids import OwnerId
from cvcore.ledger import verify
from cvcore.ledger.model import Account, Entry
from cvweb.adapters.postgres.database import Database

PAGE_MAX = 1000


class Finding(msgspec.Struct, frozen=True):
    """One thing that does not agree, in words."""

    owner: str
    what: str


class Audit(msgspec.Struct, frozen=True):
    """What was looked at and what does not agree."""

    owners: int
    entries: int
    tasks: int
    findings: tuple[Finding, ...]


async def audit(database: Database) -> Audit:
    """Fold every owner's entries and compare; then compare tasks, holds and charges."""
    findings: list[Finding] = []
    owners = entries = 0
    async for owner in _owners(database):
        owners += 1
        account, history = await _history(database, owner)
        entries += len(history)
        difference = verify(account, history)
        if difference is not None:
            findings.append(
                Finding(
                    owner,
                    f"entry {difference.seq}: {difference.what} is {difference.found}, "
                    f"should be {difference.expected}",
                )
            )
    async with database.connection() as connection:
        tasks = int(await connection.fetchval("SELECT count(*) FROM background_task"))
        for check, what in CHECKS:
            rows = await connection.fetch(check)
            findings.extend(Finding(row["owner"], what.format(**dict(row))) for row in rows)
    return Audit(owners, entries, tasks, tuple(findings))


async def _owners(database: Database) -> AsyncIterator[OwnerId]:
    last = ""
    while True:
        async with database.connection() as connection:
            rows = await connection.fetch(
                "SELECT user_id FROM credit_balance WHERE user_id > $1 "
                "UNION SELECT user_id FROM credit_transaction WHERE user_id > $1 "
                "ORDER BY user_id LIMIT $2",
                last,
                PAGE_MAX,
            )
        for row in rows:
            yield OwnerId(row["user_id"])
        if len(rows) < PAGE_MAX:
            return
        last = rows[-1]["user_id"]


async def _history(database: Database, owner: OwnerId) -> tuple[Account, list[Entry]]:
    """Account and entries as they stood at one moment."""
    found: list[Entry] = []
    async with database.begin() as unit:
        account = (await unit.ledger.load([owner], lock=True))[owner]
        above = 0
        while True:
            page = await unit.ledger.page(owner, limit=PAGE_MAX, above=above, oldest_first=True)
            found.extend(page)
            if len(page) < PAGE_MAX:
                return account, found
            above = page[-1].seq


CHECKS: tuple[tuple[str, str], ...] = (
    (
        (
            "SELECT task.user_id AS owner, task.id, task.credits_charged AS charged, "
            "coalesce(-entry.change, 0) AS booked FROM background_task AS task "
            "LEFT JOIN credit_transaction AS entry ON entry.user_id = task.user_id "
            "AND entry.request_key = 'run:' || task.id || ':settle' "
            "WHERE task.status = 'completed' AND task.credits_charged <> coalesce(-entry.change, 0)"
        ),
        "task {id} says {charged} credits were charged, the ledger says {booked}",
    ),
    (
        (
            "SELECT task.user_id AS owner, task.id, task.status FROM background_task AS task "
            "JOIN credit_transaction AS entry ON entry.user_id = task.user_id "
            "AND entry.request_key = 'run:' || task.id || ':settle' "
            "WHERE task.status IN ('queued', 'running', 'failed', 'cancelled')"
        ),
        "task {id} is {status} and was charged",
    ),
    (
        (
            "SELECT task.user_id AS owner, task.id, task.status FROM background_task AS task "
            "JOIN credit_balance AS account ON account.user_id = task.user_id, "
            "json_array_elements(account.holds) AS hold "
            "WHERE task.status IN ('completed', 'failed', 'cancelled') "
            "AND hold ->> 'id' = task.paid ->> 'hold'"
        ),
        "task {id} is {status} and still holds credits",
    ),
    (
        (
            "SELECT file.user_id AS owner, file.id FROM cv_file AS file WHERE NOT EXISTS ("
            "SELECT FROM cv_version AS version WHERE version.cv_file_id = file.id "
            "AND version.version = file.content_version)"
        ),
        "CV {id} names a newest version that is not there",
    ),
)
"""What no unit may ever leave behind, as questions whose every answer is a finding."""
