"""Work that outlives a request: its states and the only legal moves between them."""

from cvcore.tasks.errors import IllegalMove, KeyTaken, StaleTask
from cvcore.tasks.model import FINAL, Paid, Progress, Status, Task, TaskError
from cvcore.tasks.ports import TaskStore, TasksUnit
from cvcore.tasks.rules import MOVES, is_final, is_leased

__all__ = [
    "FINAL",
    "MOVES",
    "IllegalMove",
    "KeyTaken",
    "Paid",
    "Progress",
    "StaleTask",
    "Status",
    "Task",
    "TaskError",
    "TaskStore",
    "TasksUnit",
    "is_final",
    "is_leased",
]
