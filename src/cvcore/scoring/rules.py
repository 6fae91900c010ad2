"""From matches to points: weights, caps and sums; the same numbers on every machine."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import msgspec

from cvcore.scoring.criteria import Asked
from cvcore.scoring.model import WEIGHTS, Criterion, Dimension, Match, State, SubScore

ENGINE = "cvcore-score/1"
"""Names these rules and their version in every receipt."""
CLAIMS_POINTS_FREE, CLAIMS_POINTS_MAX = 7.0, 11.5
"""What lists, headlines and summaries may earn together, in points: the first ones in full, then
less and less, never more than the maximum, however long they are."""
MET = 0.85
"""From this strength on a criterion is met."""
_DIGITS = 6


class Tally(msgspec.Struct, frozen=True):
    """Every criterion with its points, and the sub-scores; `exact` is the sum of the points."""

    criteria: tuple[Criterion, ...]
    breakdown: dict[Dimension, SubScore]
    exact: float | None


def tally(
    asked: Sequence[Asked], matches: Mapping[str, Match], weights: Mapping[Dimension, int] = WEIGHTS
) -> Tally:
    """The points of every criterion.

    What cannot be checked leaves the denominator: criteria that no CV could show weigh nothing, and
    a dimension of which the offer states nothing shares its weight among the others. Claims (lists,
    headlines, summaries) earn a share that shrinks as they add up and never pass their cap.
    """
    checkable = [each for each in asked if _match(each, matches).verifiable]
    units: dict[Dimension, float] = {}
    for each in checkable:
        units[each.dimension] = units.get(each.dimension, 0.0) + each.units
    stated = sum(weights[dimension] for dimension in units)
    weigh = {
        each.id: round(
            100.0 * weights[each.dimension] / stated * each.units / units[each.dimension], _DIGITS
        )
        for each in checkable
    }
    rate = claims_rate(
        math.fsum(weigh[each.id] * _match(each, matches).claimed for each in checkable)
    )
    criteria = tuple(_criterion(each, matches, weigh.get(each.id, 0.0), rate) for each in asked)
    exact = math.fsum(each.earned for each in criteria) if checkable else None
    breakdown = {
        dimension: _sub_score(dimension, criteria, stated, weights) for dimension in weights
    }
    return Tally(criteria=criteria, breakdown=breakdown, exact=exact)


def claims_rate(total: float) -> float:
    """The share of their points that claims worth `total` points keep.

    >>> claims_rate(5.0), round(claims_rate(12.0) * 12.0, 1), round(claims_rate(1000.0) * 1000.0, 1)
    (1.0, 9.4, 11.5)
    """
    over = total - CLAIMS_POINTS_FREE
    if over <= 0:
        return 1.0
    room = CLAIMS_POINTS_MAX - CLAIMS_POINTS_FREE
    return (CLAIMS_POINTS_FREE + room * over / (room + over)) / total


def points_of(weight: float, strength: float, claimed: float, rate: float) -> float:
    """What a criterion earns: its proven share in full, its claimed share at `rate`."""
    proven = max(strength - claimed, 0.0)
    return round(weight * (proven + claimed * rate), _DIGITS)


def state_of(match: Match) -> State:
    """The word for a match."""
    if not match.verifiable:
        return "unverifiable"
    if match.strength >= MET:
        return "met"
    return "partial" if match.strength > 0 else "missing"


def _match(each: Asked, matches: Mapping[str, Match]) -> Match:
    found = matches.get(each.id)
    return found if found is not None else Match(requirement=each.id, strength=0.0, rule="none")


def _criterion(each: Asked, matches: Mapping[str, Match], weight: float, rate: float) -> Criterion:
    match = _match(each, matches)
    return Criterion(
        requirement=each.id,
        text=each.text,
        dimension=each.dimension,
        necessity=each.necessity,
        state=state_of(match),
        weight=weight,
        earned=points_of(weight, match.strength, match.claimed, rate),
        rule=match.rule,
        evidence=match.evidence,
        strength=match.strength,
        claimed=match.claimed,
    )


def _sub_score(
    dimension: Dimension,
    criteria: Sequence[Criterion],
    stated: float,
    weights: Mapping[Dimension, int],
) -> SubScore:
    mine = [each for each in criteria if each.dimension == dimension]
    weight = math.fsum(each.weight for each in mine)
    if not weight:
        return SubScore(value=None, weight=0.0)
    earned = math.fsum(each.earned for each in mine)
    share = round(100.0 * weights[dimension] / stated, _DIGITS)
    return SubScore(value=round(100.0 * earned / weight, 4), weight=share)
