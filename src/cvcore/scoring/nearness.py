"""How near a CV's trade is to the offer's: what years, seniority and degrees count by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from cvcore.scoring.criteria import Demand
from cvcore.scoring.facts import Facts
from cvcore.scoring.overlap import Stretch
from cvcore.scoring.skillmatch import Shown
from cvcore.scoring.trade import fit_of

Copied = Mapping[str, tuple[Stretch, ...]]

NEAR_FIT = 0.5
"""From this fit of the fields of work on, a CV is of the offer's trade."""


class Near(NamedTuple):
    """How near the CV's trade is to the offer's, 0..1: claims included, and as proven in work."""

    strength: float
    proven: float


def nearness(demand: Demand, facts: Facts, copied: Copied) -> Near:
    """What years and degrees count by: they say little in quite another trade."""
    if not demand.fields:
        return Near(1.0, 1.0)
    fit = fit_of(demand.fields, facts, copied)
    proven = min(1.0, (fit.strength - fit.claimed) / NEAR_FIT)
    return Near(min(1.0, fit.strength / NEAR_FIT), proven)


def nearer(shown: Shown, near: Near, *, least: float) -> Shown:
    """What is shown, less the farther the trade: `least` of it in quite another."""
    return msgspec.structs.replace(
        shown,
        strength=shown.strength * blend(least, near.strength),
        proven=shown.proven * blend(least, near.proven),
    )


def blend(least: float, nearness: float) -> float:
    """What counts by nearness: `least` far from the trade, 1 in it."""
    return least + (1.0 - least) * nearness
