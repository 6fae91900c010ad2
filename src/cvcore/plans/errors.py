"""What can be wrong with a plan or a subscription."""

from __future__ import annotations

from cvcore.errors import Conflict
from cvcore.ids import OwnerId


class TierTaken(Conflict):
    """Another plan has this tier or this name."""

    code = "tier_taken"

    def __init__(self, *, plan: str, tier: int, name: str) -> None:
        super().__init__(
            f"plan {plan!r} cannot be tier {tier} named {name!r}: another plan is; choose others"
        )
        self.plan, self.tier, self.name = plan, tier, name


class StaleSubscription(Conflict):
    """Somebody else wrote the subscription first."""

    code = "stale_subscription"

    def __init__(self, *, owner: OwnerId, version: int) -> None:
        super().__init__(
            f"the subscription of {owner!r} is no longer at version {version}; read it again"
        )
        self.owner, self.version = owner, version
