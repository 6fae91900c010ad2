"""Matches from elsewhere, held to our rules: quotes must stand in the CV, claims stay claims."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from cvcore.cv.model import Cv
from cvcore.offers.model import Offer
from cvcore.scoring.criteria import Asked, demand_of
from cvcore.scoring.dates import month_of
from cvcore.scoring.facts import Facts, facts_of
from cvcore.scoring.model import Evidence, Match
from cvcore.scoring.nearness import Copied
from cvcore.scoring.overlap import copied
from cvcore.scoring.skillmatch import CLAIMS, STRENGTH

_KINDS_BY_PLACE = frozenset({"skill", "softSkill", "certification"})


def vetted(matches: Sequence[Match], cv: Cv, offer: Offer, at: date) -> tuple[Match, ...]:
    """The first match for each criterion, with the evidence that holds; without any it is nothing.

    For skills the strength is at most what the best place cited is worth.
    """
    facts, demand = facts_of(cv, at=month_of(at)), demand_of(offer)
    taken = copied(facts.spoken, demand.words)
    by_id = {each.id: each for each in demand.asked}
    kept: dict[str, Match] = {}
    for match in matches:
        asked = by_id.get(match.requirement)
        if asked is not None and match.requirement not in kept:
            kept[match.requirement] = _held(match, asked, facts, taken)
    return tuple(kept.values())


def _held(match: Match, asked: Asked, facts: Facts, taken: Copied) -> Match:
    evidence = tuple(each for each in match.evidence if _stands(each, facts, taken))
    strength = min(max(match.strength, 0.0), 1.0) if evidence else 0.0
    claimed = min(max(match.claimed, 0.0), strength)
    if asked.kind in _KINDS_BY_PLACE and evidence:
        places = [facts.places[each.path] for each in evidence]
        strongest = max(places, key=STRENGTH.__getitem__)
        strength = min(strength, STRENGTH[strongest])
        claimed = strength if strongest in CLAIMS else 0.0
    return msgspec.structs.replace(match, strength=strength, claimed=claimed, evidence=evidence)


def _stands(each: Evidence, facts: Facts, taken: Copied) -> bool:
    text = facts.texts.get(each.path)
    if text is None or not each.quote.strip():
        return False
    start = text.find(each.quote)
    if start < 0:
        return False
    end = start + len(each.quote)
    return not any(begin < end and start < stop for begin, stop in taken.get(each.path, ()))
