"""Periods tile the time line and never drift from their anchor."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cvcore.plans import month_after, period_at

LAWS = settings(max_examples=100, deadline=None)
moments = st.datetimes(
    datetime(2000, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
    datetime(2090, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
    timezones=st.just(UTC),
)


@LAWS
@given(moments, moments)
def test_every_moment_is_in_its_period(anchor: datetime, now: datetime) -> None:
    assert now in period_at(anchor, now)


@LAWS
@given(moments, moments)
def test_one_period_ends_where_the_next_begins(anchor: datetime, now: datetime) -> None:
    period = period_at(anchor, now)
    assert period_at(anchor, period.end).start == period.end
    assert period_at(anchor, period.start) == period
    assert period_at(anchor, period.end - timedelta(microseconds=1)) == period


@LAWS
@given(moments)
def test_a_period_begins_at_the_anchor_itself(anchor: datetime) -> None:
    assert period_at(anchor, anchor).start == anchor


@LAWS
@given(moments, st.integers(1, 11))
def test_every_start_is_the_anchors_day_or_the_last_of_a_short_month(
    anchor: datetime, months: int
) -> None:
    start = month_after(anchor, months)
    assert start.day == min(anchor.day, monthrange(start.year, start.month)[1])
    assert start.timetz() == anchor.timetz()


@pytest.mark.parametrize("day", [28, 29, 30, 31])
def test_a_thousand_months_do_not_drift(day: int) -> None:
    anchor = datetime(2026, 1, day, 23, 59, 59, tzinfo=UTC)
    period = period_at(anchor, anchor)
    for month in range(1, 1001):
        period = period_at(anchor, period.end)
        assert period.start == month_after(anchor, month)
    assert period.start == anchor.replace(year=2109, month=5)


def test_the_end_of_january_comes_back_after_february() -> None:
    anchor = datetime(2027, 1, 31, tzinfo=UTC)
    starts = [month_after(anchor, months).date().isoformat() for months in range(4)]
    assert starts == ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"]


def test_a_time_elsewhere_is_counted_in_utc() -> None:
    anchor = datetime(2026, 1, 1, 0, 30, tzinfo=timezone(timedelta(hours=1)))
    assert period_at(anchor, anchor).start == datetime(2025, 12, 31, 23, 30, tzinfo=UTC)


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        period_at(datetime(2026, 1, 1), datetime(2026, 1, 2, tzinfo=UTC))  # noqa: DTZ001 - wrong on purpose
