"""What a house offers where it says nothing else: features, costs, plans, packs, a welcome."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from cvcore.money import Credits, Money
from cvcore.plans.model import UNLIMITED, Allowance, Plan

COSTS: Mapping[str, Credits] = MappingProxyType(
    {
        "gpt_cv_generation": Credits(3),
        "import_pdf": Credits(2),
        "translate_cv": Credits(1),
        "match_score": Credits(1),
        "optimize_cv": Credits(2),
        "generate_from_job_title": Credits(1),
        "export_cv": Credits(1),
        "edit_cv": Credits(0),
        "create_cv_manual": Credits(0),
    }
)
"""What one use of each feature costs, in credits; 0 is free where credits alone pay."""

FEATURES: tuple[str, ...] = tuple(COSTS)
"""Everything that is counted or paid, by its name."""

WELCOME_CREDITS = Credits(15)
"""What a new account is given where credits alone pay."""


class CreditPack(msgspec.Struct, frozen=True, kw_only=True):
    """So many credits for so much money, before tax. Bought credits never expire."""

    id: str
    name: str
    credits: Credits
    price: Money


PACKS: tuple[CreditPack, ...] = (
    CreditPack(id="pack-15", name="15 credits", credits=Credits(15), price=Money(499)),
    CreditPack(id="pack-50", name="50 credits", credits=Credits(50), price=Money(1499)),
    CreditPack(id="pack-100", name="100 credits", credits=Credits(100), price=Money(2699)),
    CreditPack(id="pack-150", name="150 credits", credits=Credits(150), price=Money(3599)),
)

_BY_HAND = ("create_cv_manual", "edit_cv")


def _allowances(*, free: tuple[str, ...], limit: int) -> tuple[Allowance, ...]:
    limits = {feature: UNLIMITED if feature in free else limit for feature in FEATURES}
    return tuple(
        Allowance(feature=feature, is_enabled=most != 0, usage_limit=most)
        for feature, most in limits.items()
    )


PLANS: tuple[Plan, ...] = (
    Plan(
        id="gratuit",
        name="Gratuit",
        tier=0,
        price_monthly=Money(0),
        price_yearly=Money(0),
        allowances=_allowances(free=_BY_HAND, limit=0),
        is_free=True,
    ),
    Plan(
        id="pro",
        name="Pro",
        tier=1,
        price_monthly=Money(999),
        price_yearly=Money(9999),
        allowances=_allowances(free=(*_BY_HAND, "export_cv"), limit=25),
        is_popular=True,
    ),
    Plan(
        id="premium",
        name="Premium",
        tier=2,
        price_monthly=Money(1999),
        price_yearly=Money(19999),
        allowances=_allowances(free=(*_BY_HAND, "export_cv"), limit=60),
    ),
)
