"""The trade: which fields of work an offer draws on, and how far a CV shows them.

An offer's fields are the families of the skills it asks, and what people of its title work with.
They tell who does this work at all, even where the skills listed are few or go by other names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from cvcore.offers.model import Offer
from cvcore.scoring.facts import Facts, Hit
from cvcore.scoring.overlap import Stretch
from cvcore.scoring.skillmatch import CLAIMS, STRENGTH, usable
from cvcore.skills import Found, find_skills, lexicon

TITLE_SKILL = 4.0
"""A skill named in the title speaks for the trade as loud as two required ones."""
OCCUPATION = 6.0
"""What the title's occupation works with, as loud as three required skills together."""
GENERAL = 0.3
"""A general field ("agile", "databases") says little of a trade."""
HALF = 0.6
"""So much evidence in a field fills half of it: one skill, used in a job."""
_ASKED = {"required": 2.0, "preferred": 1.0}
_HITS_MAX = 4


class Fit(msgspec.Struct, frozen=True):
    """How far the fields of an offer are shown, 0..1; `claimed` of it only in lists."""

    strength: float
    claimed: float
    hits: tuple[Hit, ...]


def fields_of(offer: Offer, titles: Iterable[Found]) -> dict[str, float]:
    """The families of skills an offer draws on, with their shares, which add to 1."""
    lex = lexicon()
    weights: dict[str, float] = {}
    for requirement in offer.requirements:
        many = [term for skill in requirement.skills if (term := lex.get(skill))]
        for term in many:
            if term.kind == "hard":
                loud = _ASKED[requirement.necessity] / len(many)
                weight = loud * (GENERAL if term.is_general else 1.0)
                weights[term.family] = weights.get(term.family, 0.0) + weight
    for found in find_skills(offer.title or ""):
        named = lex.get(found.skill)
        if named is not None and named.kind == "hard":
            weights[named.family] = weights.get(named.family, 0.0) + TITLE_SKILL
    first = next((term for one in titles if (term := lex.get(one.skill))), None)
    if first is not None:
        for family, share in lex.works_with(first.family).items():
            weights[family] = weights.get(family, 0.0) + OCCUPATION * share
    total = sum(weights.values())
    return {family: weight / total for family, weight in sorted(weights.items())} if total else {}


def fit_of(
    fields: Mapping[str, float], facts: Facts, copied: Mapping[str, tuple[Stretch, ...]]
) -> Fit:
    """How far `facts` show the `fields`: the more skills of a field, the fuller it is."""
    all_told: dict[str, float] = {}
    proven: dict[str, float] = {}
    strongest: dict[str, tuple[float, Hit]] = {}
    for family, term_hits in facts.families.items():
        if family not in fields:
            continue
        for each in term_hits:
            hits = usable(each, copied)
            if not hits:
                continue
            top = max(hits, key=lambda hit: STRENGTH[hit.place])
            value = STRENGTH[top.place]
            all_told[family] = all_told.get(family, 0.0) + value
            if top.place not in CLAIMS:
                proven[family] = proven.get(family, 0.0) + value
            if family not in strongest or value > strongest[family][0]:
                strongest[family] = (value, top)
    strength = sum(fields[family] * _filled(value) for family, value in all_told.items())
    sure = sum(fields[family] * _filled(value) for family, value in proven.items())
    ranked = sorted(strongest, key=lambda family: (-fields[family], family))[:_HITS_MAX]
    hits = tuple(strongest[family][1] for family in ranked)
    return Fit(strength=strength, claimed=max(strength - sure, 0.0), hits=hits)


def _filled(value: float) -> float:
    return value / (value + HALF)
