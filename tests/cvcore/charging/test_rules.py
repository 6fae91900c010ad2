"""Who pays: in the documented order, and never by the name of a plan."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cvcore.charging import ByCredits, ByPlan, Charge, Mode, Refused, Standing, charge
from cvcore.ids import OwnerId
from cvcore.ledger import Account
from cvcore.money import Credits
from cvcore.plans import PLANS, Allowance, Plan, Subscription
from cvcore.testing import NOON
from cvcore.testing.samples import a_plan

ADA = OwnerId("ada")
LAWS = settings(max_examples=200, deadline=None)

allowances = st.none() | st.builds(
    lambda enabled, limit: Allowance(feature="f", is_enabled=enabled, usage_limit=limit),
    st.booleans(),
    st.integers(-1, 3),
)
accounts = st.builds(
    lambda balance, debt: Account(owner=ADA, balance=balance, debt=debt),
    st.integers(0, 5),
    st.sampled_from([0, 0, 2]),
)


def _standing(
    allowance: Allowance | None, used: int = 0, status: str | None = "active"
) -> Standing:
    plan = a_plan(allowances=(allowance,) if allowance else ())
    if status is None:
        return Standing()
    subscription = Subscription(owner=ADA, plan=plan.id, anchor=NOON, status=status)  # type: ignore[arg-type]
    return Standing(subscription=subscription, plan=plan, used=used)


def _charge(mode: Mode, cost: int, account: Account, standing: Standing) -> Charge:
    return charge("f", mode=mode, cost=Credits(cost), account=account, standing=standing, now=NOON)


@LAWS
@given(accounts, st.integers(0, 4))
def test_credits_alone_pay_exactly_when_they_are_enough(account: Account, cost: int) -> None:
    answer = _charge("credits", cost, account, Standing())
    if account.debt and cost:
        assert isinstance(answer, Refused)
        assert answer.reason == "in_debt"
    elif cost <= account.available:
        assert answer == ByCredits(cost=Credits(cost))
    else:
        expected = Refused(
            reason="insufficient_credits", needed=Credits(cost), available=account.available
        )
        assert answer == expected


@LAWS
@given(accounts, st.integers(0, 4), allowances, st.integers(0, 4))
def test_refusals_come_in_the_documented_order(
    account: Account, cost: int, allowance: Allowance | None, used: int
) -> None:
    answer = _charge("subscription", cost, account, _standing(allowance, used))
    is_enabled = allowance is not None and allowance.is_enabled
    has_uses = (
        allowance is not None
        and is_enabled
        and (allowance.usage_limit == -1 or used < allowance.usage_limit)
    )
    expected = (
        "in_debt" if account.debt and cost
        else "not_in_plan" if allowance is None or not (is_enabled or cost)
        else "plan" if has_uses
        else "allowance" if not cost
        else "credits" if cost <= account.available
        else "insufficient_credits"
    )  # fmt: skip
    got = {ByPlan: "plan", ByCredits: "credits"}.get(type(answer))
    assert (got or answer.reason) == expected  # type: ignore[union-attr]


@pytest.mark.parametrize("status", [None, "past_due", "unpaid", "cancelled", "paused"])
def test_an_inactive_plan_opens_nothing_not_even_credits(status: str | None) -> None:
    rich = Account(owner=ADA, balance=99)
    standing = _standing(Allowance(feature="f"), status=status)
    answer = _charge("subscription", 1, rich, standing)
    assert isinstance(answer, Refused)
    assert answer.reason == "plan_inactive"


def test_a_plan_is_over_at_its_very_end() -> None:
    standing = _standing(Allowance(feature="f"))
    assert standing.subscription is not None
    for end, is_over in ((NOON, True), (NOON + timedelta(microseconds=1), False)):
        ending = msgspec.structs.replace(standing.subscription, ends_at=end)
        answer = _charge(
            "subscription",
            1,
            Account(owner=ADA),
            msgspec.structs.replace(standing, subscription=ending),
        )
        assert isinstance(answer, Refused) is is_over


@LAWS
@given(accounts, st.integers(0, 4), allowances, st.integers(0, 4), st.text(min_size=1))
def test_the_name_of_a_plan_decides_nothing(
    account: Account, cost: int, allowance: Allowance | None, used: int, name: str
) -> None:
    standing = _standing(allowance, used)
    assert standing.plan is not None
    renamed = msgspec.structs.replace(
        standing, plan=msgspec.structs.replace(standing.plan, name=name, tier=7)
    )
    assert _charge("subscription", cost, account, standing) == _charge(
        "subscription", cost, account, renamed
    )


def test_an_unlimited_use_is_counted_and_never_refused() -> None:
    answer = _charge(
        "subscription", 3, Account(owner=ADA), _standing(Allowance(feature="f"), used=10**6)
    )
    assert answer == ByPlan(period_start=NOON, usage_limit=-1, uses_left=None)


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.id)
def test_editing_is_open_in_every_plan_of_the_catalogue(plan: Plan) -> None:
    subscription = Subscription(owner=ADA, plan=plan.id, anchor=NOON)
    answer = charge(
        "edit_cv",
        mode="subscription",
        cost=Credits(0),
        account=Account(owner=ADA),
        standing=Standing(subscription=subscription, plan=plan),
        now=NOON,
    )
    assert isinstance(answer, ByPlan)
