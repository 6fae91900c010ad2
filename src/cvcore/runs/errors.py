"""What can be wrong with a run."""

from __future__ import annotations

from cvcore.errors import Conflict
from cvcore.ids import TaskId


class LeaseLost(Conflict):
    """Another worker has taken the task over; what this one made is not to be kept."""

    code = "lease_lost"

    def __init__(self, *, id: TaskId, attempt: int, now: int) -> None:
        super().__init__(
            f"attempt {attempt} at task {id!r} has ended, attempt {now} is under way; stop"
        )
        self.id, self.attempt, self.now = id, attempt, now
