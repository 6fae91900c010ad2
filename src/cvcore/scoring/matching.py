"""The model-free matcher: for each criterion of an offer, what the CV shows for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cvcore.cv.model import Cv
from cvcore.offers.model import Offer
from cvcore.scoring.criteria import SENIORITY, TRADE, Asked, Demand, demand_of
from cvcore.scoring.dates import month_of
from cvcore.scoring.degreematch import show_degree, show_language
from cvcore.scoring.facts import Facts, facts_of
from cvcore.scoring.model import Evidence, Match
from cvcore.scoring.nearness import Copied
from cvcore.scoring.overlap import copied
from cvcore.scoring.skillmatch import NOTHING, Shown, best, show_skill
from cvcore.scoring.timematch import show_seniority, show_years
from cvcore.scoring.titlematch import show_title
from cvcore.scoring.trade import fit_of

MATCHER = "cvcore-offline/1"
"""Names this matcher and its version in every receipt."""
_EVIDENCE_MAX = 5


def match_all(cv: Cv, offer: Offer, at: date) -> tuple[Match, ...]:
    """One match for each criterion of `offer`, in its order, as of the month of `at`.

    The title is criterion `title`, the seniority `seniority`, the others are the requirements' ids.
    Words copied from the offer are no evidence.
    """
    facts, demand = facts_of(cv, at=month_of(at)), demand_of(offer)
    taken = copied(facts.spoken, demand.words)
    return tuple(_match(each, demand, facts, taken) for each in demand.asked)


def _match(asked: Asked, demand: Demand, facts: Facts, taken: Copied) -> Match:
    if asked.kind == "skill" or (asked.kind == "certification" and asked.skills):
        return _skills(asked, facts, taken)
    if asked.kind == "softSkill" and asked.skills:
        return _skills(asked, facts, taken)
    if asked.kind == "title":
        return _one(asked, show_title(asked, demand, facts, taken))
    if asked.id == TRADE:
        return _trade(asked, demand, facts, taken)
    if asked.id == SENIORITY:
        return _one(asked, show_seniority(asked, demand, facts, taken))
    if asked.kind == "experience":
        return _one(asked, show_years(asked, demand, facts, taken))
    if asked.kind == "education":
        return _one(asked, show_degree(asked, demand, facts, taken))
    if asked.kind == "language" and asked.skills:
        return _one(asked, show_language(asked, facts, taken))
    return Match(requirement=asked.id, strength=0.0, rule="unverifiable", verifiable=False)


def _skills(asked: Asked, facts: Facts, taken: Copied) -> Match:
    """Several skills count by their mean, or by the best where one of them is enough."""
    shown = [show_skill(skill, facts, taken) for skill in asked.skills]
    if not shown:
        return Match(requirement=asked.id, strength=0.0, rule="unverifiable", verifiable=False)
    missing = tuple(
        skill
        for skill, one in zip(asked.skills, shown, strict=True)
        if not one.rule.startswith(("skill", "soft"))
    )
    if asked.any_of:
        chosen = best(shown)
        return _one(
            asked, chosen, missing=() if chosen.rule.startswith(("skill", "soft")) else missing
        )
    strength = _lifted([one.strength for one in shown])
    return Match(
        requirement=asked.id,
        strength=strength,
        rule=best(shown).rule,
        evidence=_evidence(shown),
        claimed=max(strength - _lifted([one.proven for one in shown]), 0.0),
        missing=missing,
    )


def _lifted(strengths: Sequence[float]) -> float:
    """The mean; of several skills lifted, for half of a long line is more than half a match."""
    mean = sum(strengths) / len(strengths)
    return mean if len(strengths) == 1 else mean * (2.0 - mean)


def _trade(asked: Asked, demand: Demand, facts: Facts, taken: Copied) -> Match:
    fit = fit_of(demand.fields, facts, taken)
    found = {(hit.path, hit.quote): None for hit in fit.hits}
    return Match(
        requirement=asked.id,
        strength=fit.strength,
        rule="trade_fields" if fit.strength else "none",
        evidence=tuple(Evidence(path=path, quote=quote) for path, quote in found),
        claimed=fit.claimed,
    )


def _one(asked: Asked, shown: Shown, *, missing: tuple[str, ...] = ()) -> Match:
    return Match(
        requirement=asked.id,
        strength=shown.strength,
        rule=shown.rule if shown is not NOTHING else "none",
        evidence=_evidence([shown]),
        claimed=shown.claimed,
        missing=missing,
    )


def _evidence(shown: Sequence[Shown]) -> tuple[Evidence, ...]:
    found = {(hit.path, hit.quote): None for one in shown for hit in one.hits if one.strength}
    return tuple(Evidence(path=path, quote=quote) for path, quote in found)[:_EVIDENCE_MAX]
