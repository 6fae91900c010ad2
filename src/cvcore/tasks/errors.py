"""What can be wrong with a task."""

from __future__ import annotations

from cvcore.errors import Conflict
from cvcore.ids import RequestKey, TaskId


class KeyTaken(Conflict):
    """The owner has a task under this key already."""

    code = "key_taken"

    def __init__(self, *, key: RequestKey) -> None:
        super().__init__(f"a task stands under key {key!r} already; read it by its key")
        self.key = key


class StaleTask(Conflict):
    """Somebody else wrote the task first."""

    code = "stale_task"

    def __init__(self, *, id: TaskId) -> None:
        super().__init__(f"task {id!r} has changed since it was read; read it again")
        self.id = id


class IllegalMove(Conflict):
    """The task is in a state from which this move is not allowed; final states never change."""

    code = "illegal_move"

    def __init__(self, *, id: TaskId, status: str, wanted: str) -> None:
        super().__init__(f"task {id!r} is {status} and cannot become {wanted}")
        self.id, self.status, self.wanted = id, status, wanted
