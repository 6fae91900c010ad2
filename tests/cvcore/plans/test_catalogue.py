"""What is offered hangs together."""

from __future__ import annotations

from cvcore.money import Money
from cvcore.plans import COSTS, FEATURES, PACKS, PLANS, UNLIMITED, WELCOME_CREDITS, uses_left


def test_every_plan_names_every_feature_once() -> None:
    for plan in PLANS:
        assert sorted(one.feature for one in plan.allowances) == sorted(FEATURES)


def test_tiers_and_names_are_each_one_plans_only() -> None:
    assert [plan.tier for plan in PLANS] == [0, 1, 2]
    assert [plan.name for plan in PLANS] == ["Gratuit", "Pro", "Premium"]


def test_the_costs_are_those_of_the_original() -> None:
    assert COSTS == {
        "gpt_cv_generation": 3,
        "import_pdf": 2,
        "translate_cv": 1,
        "match_score": 1,
        "optimize_cv": 2,
        "generate_from_job_title": 1,
        "export_cv": 1,
        "edit_cv": 0,
        "create_cv_manual": 0,
    }
    assert WELCOME_CREDITS == 15


def test_limits_grow_with_the_tier() -> None:
    free, pro, premium = (
        {one.feature: (one.is_enabled, one.usage_limit) for one in plan.allowances}
        for plan in PLANS
    )
    assert free["edit_cv"] == pro["edit_cv"] == (True, UNLIMITED)
    assert (free["match_score"], pro["match_score"]) == ((False, 0), (True, 25))
    assert premium["match_score"] == (True, 60)
    assert pro["export_cv"] == (True, UNLIMITED)
    assert free["export_cv"] == (False, 0)


def test_packs_cost_less_per_credit_the_larger_they_are() -> None:
    prices = [pack.price.minor_units / pack.credits for pack in PACKS]
    assert prices == sorted(prices, reverse=True)
    assert PACKS[0].price == Money(499, "EUR")


def test_uses_left_are_never_negative_and_unknown_features_have_none() -> None:
    allowance = PLANS[1].allowance("match_score")
    assert [uses_left(allowance, used) for used in (0, 24, 25, 99)] == [25, 1, 0, 0]
    assert uses_left(PLANS[1].allowance("edit_cv"), 10**6) is None
    assert uses_left(PLANS[0].allowance("match_score"), 0) == 0
    assert uses_left(PLANS[0].allowance("nothing"), 0) == 0
