"""Who pays for one use, as a closed set of answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, TypeAlias

import msgspec

from cvcore.money import Credits
from cvcore.plans.catalogue import COSTS

Reason = Literal["in_debt", "plan_inactive", "not_in_plan", "allowance", "insufficient_credits"]
Mode = Literal["credits", "subscription"]
"""Credits alone pay, or the plan's allowance does with credits as what comes after it."""


class ChargingSettings(msgspec.Struct, frozen=True, kw_only=True):
    """How this house charges: by which mode, and what one use of each feature costs."""

    mode: Mode = "credits"
    costs: Mapping[str, Credits] = COSTS


class ByPlan(msgspec.Struct, frozen=True, kw_only=True):
    """The plan pays: one use of the period that began at `period_start`, of `usage_limit` at most
    (-1: no limit); `uses_left` after this one (None: any number)."""

    period_start: datetime
    usage_limit: int
    uses_left: int | None


class ByCredits(msgspec.Struct, frozen=True, kw_only=True):
    """Credits pay: `cost` of them; 0 is free."""

    cost: Credits


class Refused(msgspec.Struct, frozen=True, kw_only=True):
    """Nobody pays: why, what was needed and what is available, in credits."""

    reason: Reason
    needed: Credits
    available: Credits


Charge: TypeAlias = ByPlan | ByCredits | Refused
