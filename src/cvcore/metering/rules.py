"""What calls cost, what they add up to, and which alerts that reaches. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date

from cvcore.ids import OwnerId
from cvcore.metering.model import Alert, DailyUse, ModelCall, Price, Reached, Tokens
from cvcore.metering.prices import FALLBACK, PRICES

_MILLION = 1_000_000


def price_of(model: str, prices: Sequence[Price] = PRICES) -> Price | None:
    """The price of this model: of its exact name, else of the longest name it begins with and a
    date or version follows (`gpt-4o-2024-08-06`); None where neither is listed."""
    fits = [p for p in prices if model == p.model or model.startswith(f"{p.model}-20")]
    return max(fits, key=lambda price: len(price.model), default=None)


def cost_micros(tokens: Tokens, price: Price | None) -> int:
    """What these tokens cost, in micro-dollars, rounded up once; at the fallback price where there
    is none.

    >>> cost_micros(Tokens(prompt=1000, completion=500, cached=200), price_of("gpt-4o"))
    7250
    """
    per = price or FALLBACK
    sum_ = (
        (tokens.prompt - tokens.cached) * per.prompt
        + tokens.cached * per.cached
        + tokens.completion * per.completion
    )
    return -(-sum_ // _MILLION)


def daily(calls: Iterable[ModelCall]) -> tuple[DailyUse, ...]:
    """The calls added up by owner, feature, model and UTC day, in that order."""
    groups: dict[tuple[OwnerId, str, str, date], list[ModelCall]] = defaultdict(list)
    for call in calls:
        day = call.ended_at.astimezone(UTC).date()
        groups[call.owner, call.feature, call.model, day].append(call)
    return tuple(_sum(*key, group) for key, group in sorted(groups.items()))


def reached(alerts: Iterable[Alert], uses: Sequence[DailyUse], today: date) -> tuple[Reached, ...]:
    """The enabled alerts whose threshold the uses of `today`, or of its calendar month, reach;
    those per user once for each user, dearest first."""
    found: list[Reached] = []
    for alert in alerts:
        if alert.is_enabled:
            found.extend(_reached(alert, uses, today))
    return tuple(found)


def _sum(
    owner: OwnerId, feature: str, model: str, day: date, calls: Sequence[ModelCall]
) -> DailyUse:
    tokens = Tokens(
        prompt=sum(call.tokens.prompt for call in calls),
        completion=sum(call.tokens.completion for call in calls),
        cached=sum(call.tokens.cached for call in calls),
    )
    return DailyUse(
        owner=owner,
        feature=feature,
        model=model,
        day=day,
        calls=len(calls),
        tokens=tokens,
        cost_micros=sum(call.cost_micros for call in calls),
    )


def _reached(alert: Alert, uses: Sequence[DailyUse], today: date) -> list[Reached]:
    is_monthly = alert.kind.endswith("monthly")
    sums: dict[OwnerId | None, int] = defaultdict(int)
    for use in uses:
        same_month = (use.day.year, use.day.month) == (today.year, today.month)
        is_in = (same_month and use.day <= today) if is_monthly else use.day == today
        if is_in and alert.feature in (None, use.feature):
            sums[use.owner if alert.kind.startswith("user") else None] += use.cost_micros
    over = [(cost, owner) for owner, cost in sums.items() if cost >= alert.threshold_micros]
    over.sort(key=lambda one: (-one[0], one[1] or ""))
    return [Reached(alert=alert, cost_micros=cost, owner=owner) for cost, owner in over]
