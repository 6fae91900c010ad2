"""Work that outlives a request: what it is, where it stands and what it came to."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

import msgspec

from cvcore.ids import HoldId, OwnerId, RequestKey, TaskId

Status = Literal["queued", "running", "completed", "failed", "cancelled"]
FINAL: frozenset[Status] = frozenset({"completed", "failed", "cancelled"})


class Part(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What every part of a task has: keywords only, camelCase on the wire."""


class Progress(Part, frozen=True, kw_only=True):
    """`done` of `total` steps; `step` names the one under way."""

    done: int = 0
    total: int = 1
    step: str = ""


class TaskError(Part, frozen=True, kw_only=True):
    """Why a task failed: the error's code, a sentence for people, its facts."""

    code: str
    message: str
    fields: dict[str, Any] = {}


class Paid(Part, frozen=True, kw_only=True):
    """Who pays: `by` the plan (a use of the period that began at `period_start`), the credits held
    under `hold`, or nobody (`free`)."""

    by: Literal["plan", "credits", "free"]
    credits: int = 0
    hold: HoldId | None = None
    period_start: datetime | None = None


class Task(Part, frozen=True, kw_only=True):
    """One piece of work. `payload` is what the worker needs, `fingerprint` the hash of the request
    behind `key`; `attempt` counts the times it was begun; the lease is the worker's, renewed while
    it lives: past `lease_until` another worker may take the task over. `refunded_at` is when what
    paid for a completed task was given back."""

    id: TaskId
    owner: OwnerId
    key: RequestKey
    fingerprint: str
    type: str
    feature: str
    title: str
    status: Status
    paid: Paid
    payload: dict[str, Any]
    created_at: datetime
    updated_at: datetime
    progress: Progress = Progress()
    result: dict[str, Any] | None = None
    error: TaskError | None = None
    credits_charged: int = 0
    attempt: int = 0
    started_at: datetime | None = None
    finished_at: datetime | None = None
    lease_until: datetime | None = None
    refunded_at: datetime | None = None
    seq: int = 0
