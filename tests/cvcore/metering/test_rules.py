"""What calls cost and add up to."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cvcore.ids import OwnerId
from cvcore.metering import (
    Alert,
    AlertKind,
    ModelCall,
    Tokens,
    cost_micros,
    daily,
    price_of,
    reached,
)

ADA, BOB = OwnerId("ada"), OwnerId("bob")
DAY = date(2026, 3, 2)
tokens = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**6)).map(
    lambda three: Tokens(prompt=three[0] + three[1], completion=three[2], cached=three[1])
)


def a_call(owner: OwnerId = ADA, day: date = DAY, cost: int = 10, feature: str = "f") -> ModelCall:
    return ModelCall(
        id=f"{owner}-{day}-{cost}",
        owner=owner,
        feature=feature,
        model="gpt-4o",
        tokens=Tokens(prompt=5, completion=2, cached=1),
        cost_micros=cost,
        duration_ms=900,
        ended_at=datetime(day.year, day.month, day.day, 12, tzinfo=UTC),
    )


@settings(max_examples=100, deadline=None)
@given(tokens)
def test_the_cost_is_the_sum_of_its_parts_rounded_up_once(used: Tokens) -> None:
    price = price_of("gpt-5")
    assert price is not None
    exact = (
        (used.prompt - used.cached) * price.prompt
        + used.cached * price.cached
        + used.completion * price.completion
    )
    assert exact <= cost_micros(used, price) * 10**6 < exact + 10**6


@settings(max_examples=50, deadline=None)
@given(tokens)
def test_what_is_cached_is_never_dearer(used: Tokens) -> None:
    fresh = Tokens(prompt=used.prompt, completion=used.completion)
    for model in ("gpt-4o", "gpt-5-nano", "o3"):
        assert cost_micros(used, price_of(model)) <= cost_micros(fresh, price_of(model))


def test_a_dated_model_costs_what_the_model_costs_and_a_variant_does_not() -> None:
    assert price_of("gpt-4o-2024-08-06") == price_of("gpt-4o")
    assert price_of("gpt-4o-mini-2024-07-18") == price_of("gpt-4o-mini")
    assert price_of("gpt-4o-audio") is None


def test_an_unknown_model_costs_the_fallback() -> None:
    assert cost_micros(Tokens(prompt=10**6, completion=10**6), None) == 5_000_000


def test_days_are_added_up_in_utc() -> None:
    late = datetime(2026, 3, 3, 0, 30, tzinfo=timezone(timedelta(hours=2)))
    calls = [a_call(cost=1), a_call(cost=2), a_call(BOB, cost=4)]
    moved = msgspec.structs.replace(calls[0], ended_at=late)
    ada, bob = daily([*calls, moved])
    assert (ada.day, ada.calls, ada.cost_micros, ada.tokens.prompt) == (DAY, 3, 4, 15)
    assert (bob.owner, bob.cost_micros) == (BOB, 4)


@pytest.mark.parametrize(
    ("kind", "threshold", "expected"),
    [
        ("user_daily", 10, [(BOB, 30), (ADA, 10)]),
        ("user_daily", 11, [(BOB, 30)]),
        ("user_monthly", 40, []),
        ("user_monthly", 20, [(BOB, 30), (ADA, 25)]),
        ("global_daily", 40, [(None, 40)]),
        ("global_monthly", 55, [(None, 55)]),
        ("global_monthly", 56, []),
        ("feature_daily", 30, [(None, 30)]),
    ],
)
def test_an_alert_is_reached_exactly_at_its_threshold(
    kind: AlertKind, threshold: int, expected: list[tuple[OwnerId | None, int]]
) -> None:
    uses = daily(
        [
            a_call(cost=10),
            a_call(day=date(2026, 3, 1), cost=15),
            a_call(day=date(2026, 2, 28), cost=99),
            a_call(BOB, cost=30, feature="g"),
        ]
    )
    feature = "g" if kind == "feature_daily" else None
    alert = Alert(kind=kind, threshold_micros=threshold, feature=feature)
    assert [(one.owner, one.cost_micros) for one in reached([alert], uses, DAY)] == expected


def test_a_disabled_alert_is_never_reached() -> None:
    alert = Alert(kind="global_daily", threshold_micros=1, is_enabled=False)
    assert reached([alert], daily([a_call()]), DAY) == ()


def test_tokens_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="cached"):
        Tokens(prompt=1, completion=0, cached=2)
