"""Tasks on PostgreSQL; every write of one is told to its owner's open pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from cvcore.ids import OwnerId, RequestKey, TaskId
from cvcore.tasks.errors import KeyTaken, StaleTask
from cvcore.tasks.model import Paid, Progress, Task, TaskError
from cvweb.adapters.postgres.events import PostgresEvents
from cvweb.adapters.postgres.rows import (
    Connection,
    Row,
    decoded,
    insert_into,
    is_one,
    update_set,
)
from cvweb.ports import task_event

TASK_EVENT = "task"
_COLUMNS = (
    "id",
    "user_id",
    "request_key",
    "fingerprint",
    "type",
    "feature_name",
    "title",
    "status",
    "created_at",
    "requested_at",
    "updated_at",
    "paid",
    "payload",
    "progress",
    "result",
    "error",
    "credits_charged",
    "attempt",
    "started_at",
    "finished_at",
    "refunded_at",
    "lease_until",
    "seq",
)


class PostgresTasks:
    """A `TaskStore` over one transaction."""

    def __init__(self, connection: Connection, events: PostgresEvents) -> None:
        self._connection, self._events = connection, events

    async def add(self, task: Task) -> None:
        query = insert_into("background_task", _COLUMNS, "ON CONFLICT DO NOTHING")
        if not is_one(await self._connection.execute(query, *_values(task))):
            raise KeyTaken(key=task.key)
        await self._tell(task)

    async def get(self, id: TaskId, *, lock: bool = False) -> Task | None:
        query = "SELECT * FROM background_task WHERE id = $1"
        row = await self._connection.fetchrow(query + (" FOR UPDATE" if lock else ""), id)
        return None if row is None else _task(row)

    async def by_key(self, owner: OwnerId, key: RequestKey) -> Task | None:
        row = await self._connection.fetchrow(
            "SELECT * FROM background_task WHERE user_id = $1 AND request_key = $2", owner, key
        )
        return None if row is None else _task(row)

    async def update(self, task: Task) -> None:
        where = f"id = $1 AND seq = ${len(_COLUMNS)} - 1"
        query = update_set("background_task", _COLUMNS, where)
        if not is_one(await self._connection.execute(query, *_values(task))):
            raise StaleTask(id=task.id)
        await self._tell(task)

    async def page(self, owner: OwnerId, *, limit: int, before: TaskId | None) -> Sequence[Task]:
        rows = await self._connection.fetch(
            "SELECT * FROM background_task WHERE user_id = $1 AND ($2::text IS NULL OR "
            "(requested_at, id) < (SELECT requested_at, id FROM background_task WHERE id = $2)) "
            "ORDER BY requested_at DESC, id DESC LIMIT $3",
            owner,
            before,
            limit,
        )
        return [_task(row) for row in rows]

    async def due(self, now: datetime, *, limit: int) -> Sequence[Task]:
        rows = await self._connection.fetch(
            "SELECT * FROM background_task WHERE status IN ('queued', 'running') "
            "AND (status = 'queued' OR lease_until < $1) ORDER BY requested_at, id LIMIT $2",
            now,
            limit,
        )
        return [_task(row) for row in rows]

    async def _tell(self, task: Task) -> None:
        await self._events.add(task.owner, TASK_EVENT, task_event(task), task.updated_at)


def _values(task: Task) -> tuple[Any, ...]:
    return (
        task.id,
        task.owner,
        task.key,
        task.fingerprint,
        task.type,
        task.feature,
        task.title,
        task.status,
        int(task.created_at.timestamp() * 1000),
        task.created_at,
        task.updated_at,
        task.paid,
        task.payload,
        task.progress,
        task.result,
        task.error,
        task.credits_charged,
        task.attempt,
        task.started_at,
        task.finished_at,
        task.refunded_at,
        task.lease_until,
        task.seq,
    )


def _task(row: Row) -> Task:
    return Task(
        id=row["id"],
        owner=row["user_id"],
        key=row["request_key"],
        fingerprint=row["fingerprint"],
        type=row["type"],
        feature=row["feature_name"],
        title=row["title"],
        status=row["status"],
        paid=decoded(row["paid"], Paid),
        payload=decoded(row["payload"], dict[str, Any]),
        created_at=row["requested_at"],
        updated_at=row["updated_at"],
        progress=decoded(row["progress"], Progress),
        result=decoded(row["result"], dict[str, Any]),
        error=decoded(row["error"], TaskError),
        credits_charged=row["credits_charged"],
        attempt=row["attempt"],
        started_at=row["started_at"],
        finished_at=row["finished_at"],
        refunded_at=row["refunded_at"],
        lease_until=row["lease_until"],
        seq=row["seq"],
    )
