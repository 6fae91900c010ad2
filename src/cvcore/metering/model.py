"""What a model call used and what it cost, in whole micro-dollars: never floats."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

import msgspec

from cvcore.ids import OwnerId, TaskId

AlertKind = Literal["user_daily", "user_monthly", "global_daily", "global_monthly", "feature_daily"]


class Tokens(msgspec.Struct, frozen=True, kw_only=True):
    """What one call read and wrote. `cached` is the part of `prompt` the vendor had at hand."""

    prompt: int
    completion: int
    cached: int = 0

    def __post_init__(self) -> None:
        if min(self.prompt, self.completion, self.cached) < 0 or self.cached > self.prompt:
            raise ValueError(f"tokens are 0 or more and cached ones part of the prompt: {self}")

    @property
    def total(self) -> int:
        """All that was read and written."""
        return self.prompt + self.completion


class Price(msgspec.Struct, frozen=True, kw_only=True):
    """What a million tokens of a model cost, in micro-dollars (1,000,000 are one dollar)."""

    model: str
    prompt: int
    completion: int
    cached: int


class ModelCall(msgspec.Struct, frozen=True, kw_only=True):
    """One call to a model, recorded as it ended, whatever became of its task.

    `cost_micros` is what it cost at the prices of that day, in micro-dollars; `is_estimated` says
    that the model was in no price list. `error` is the code of what went wrong, if it did.
    """

    id: str
    owner: OwnerId
    feature: str
    model: str
    tokens: Tokens
    cost_micros: int
    duration_ms: int
    ended_at: datetime
    task: TaskId | None = None
    is_estimated: bool = False
    error: str | None = None


class DailyUse(msgspec.Struct, frozen=True, kw_only=True):
    """All calls of one owner for one feature to one model on one day (UTC)."""

    owner: OwnerId
    feature: str
    model: str
    day: date
    calls: int
    tokens: Tokens
    cost_micros: int


class Alert(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody wants to know when the cost of a day or month reaches `threshold_micros`."""

    kind: AlertKind
    threshold_micros: int
    is_enabled: bool = True
    name: str = ""
    feature: str | None = None


class Reached(msgspec.Struct, frozen=True, kw_only=True):
    """An alert whose threshold is reached: by whom (None: all together) and at what cost."""

    alert: Alert
    cost_micros: int
    owner: OwnerId | None = None
