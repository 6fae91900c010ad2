"""What a run is started with and what starting it answers."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from cvcore.ids import RequestKey, TaskId
from cvcore.tasks.model import Task


class RunSettings(msgspec.Struct, frozen=True, kw_only=True):
    """How long a run may take and how often it is tried.

    A task not ended `deadline_seconds` after it was queued is not begun again. Its hold stands for
    `hold_margin_seconds` longer. A wholly rejected run is refunded within `rejected_hours` of its
    end, `rejected_per_month_max` times in a calendar month (UTC).
    """

    deadline_seconds: int = 1800
    hold_margin_seconds: int = 3600
    attempts_max: int = 3
    rejected_hours: int = 24
    rejected_per_month_max: int = 10

    def deadline(self, task: Task) -> datetime:
        """From when on the task is not begun any more."""
        return task.created_at + timedelta(seconds=self.deadline_seconds)

    def hold_until(self, now: datetime) -> datetime:
        """How long the credits of a run queued now are set aside."""
        return now + timedelta(seconds=self.deadline_seconds + self.hold_margin_seconds)


class Started(msgspec.Struct, frozen=True):
    """The task of a request; `replayed` says that an earlier request with this key started it."""

    task: Task
    replayed: bool


def run_key(id: TaskId, effect: str) -> RequestKey:
    """The ledger's key for one effect of a run: `hold`, `settle`, `release` or `rejected`."""
    return RequestKey(f"run:{id}:{effect}")
