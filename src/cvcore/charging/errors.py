"""The refusal of a use."""

from __future__ import annotations

from cvcore.charging.model import Reason
from cvcore.errors import Conflict, Refusal
from cvcore.money import Credits

_ADVICE: dict[str, str] = {
    "in_debt": "a payment was taken back; the next purchase repays it and opens the features again",
    "plan_inactive": "there is no active subscription; choose a plan or renew it",
    "not_in_plan": "the plan does not have this feature; choose one that does",
    "allowance": "the plan's uses of this period are spent; wait for the next or choose another",
    "insufficient_credits": "buy credits or choose a plan",
}


class FeatureRefused(Refusal):
    """Nobody pays for this use: neither the plan nor the credits. `reason` says why."""

    code = "feature_refused"

    def __init__(
        self, *, feature: str, reason: Reason, needed: Credits, available: Credits
    ) -> None:
        super().__init__(
            f"{feature} is refused ({reason}): it costs {needed} credits, {available} are "
            f"available; {_ADVICE[reason]}"
        )
        self.feature, self.reason = feature, reason
        self.needed, self.available = needed, available


class UnknownFeature(Refusal):
    """No feature has this name."""

    code = "unknown_feature"

    def __init__(self, *, feature: str, known: tuple[str, ...]) -> None:
        super().__init__(f"there is no feature {feature!r}; there are {', '.join(known)}")
        self.feature, self.known = feature, known


class CountMoved(Conflict):
    """Somebody counted the last use of the plan meanwhile."""

    code = "count_moved"

    def __init__(self, *, feature: str) -> None:
        super().__init__(f"the uses of {feature} changed since they were read; try again")
        self.feature = feature
