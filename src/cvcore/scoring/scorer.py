"""The score: criteria, matches, points, suggestions, flags and the receipt, put together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cvcore.cv.model import Cv
from cvcore.offers.model import Offer
from cvcore.scoring.advice import flags_of, suggestions_of
from cvcore.scoring.criteria import Demand, demand_of
from cvcore.scoring.dates import month_of
from cvcore.scoring.facts import facts_of
from cvcore.scoring.matching import MATCHER, match_all
from cvcore.scoring.model import WEIGHTS, Match, Receipt, Score
from cvcore.scoring.receipt import kept_cv_hash, offer_hash
from cvcore.scoring.rules import ENGINE, tally
from cvcore.scoring.vetting import vetted
from cvcore.skills import LEXICON, lexicon

_SKILLS_MAX = 60


def score(
    cv: Cv,
    offer: Offer,
    *,
    at: date,
    matches: Sequence[Match] | None = None,
    matcher: str = MATCHER,
) -> Score:
    """How well `cv` matches `offer` as of the month of `at`: the same inputs give the same score.

    Without `matches` the model-free matcher finds the evidence. Matches from elsewhere (name who
    made them in `matcher`) count by the same rules: a quote that does not stand in the CV is
    dropped, and a skill that its quotes only list counts as listed, whatever strength was claimed.
    What claims to come from the model-free matcher is found anew, never taken on trust.
    `value` is None where the offer states nothing that can be checked.
    """
    at = at.replace(day=1)
    demand = demand_of(offer)
    is_own = matches is None or matcher == MATCHER
    found = match_all(cv, offer, at) if is_own else vetted(matches or (), cv, offer, at)
    by_id = {match.requirement: match for match in found}
    counted = tally(demand.asked, by_id)
    held, lacking = _skills(demand, by_id)
    exact = None if counted.exact is None else min(max(counted.exact, 0.0), 100.0)
    facts = facts_of(cv, at=month_of(at))
    return Score(
        value=None if exact is None else int(exact + 0.5),
        exact=exact,
        breakdown={str(part): sub for part, sub in counted.breakdown.items()},
        criteria=counted.criteria,
        matching_skills=held,
        missing_skills=lacking,
        suggestions=suggestions_of(demand, by_id, counted, language=cv.language),
        flags=flags_of(demand, counted, facts, language=cv.language),
        receipt=Receipt(
            engine=ENGINE,
            lexicon=LEXICON,
            weights={str(part): weight for part, weight in WEIGHTS.items()},
            at=at,
            cv_hash=kept_cv_hash(cv),
            offer_hash=offer_hash(offer),
            matcher=matcher,
        ),
    )


def _skills(demand: Demand, matches: dict[str, Match]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of the hard skills asked that the CV shows, and of those it does not."""
    held: dict[str, None] = {}
    lacking: dict[str, None] = {}
    for each in demand.asked:
        if each.kind != "skill":
            continue
        match = matches.get(each.id)
        for skill in each.skills:
            term = lexicon().get(skill)
            if term is None:
                continue
            is_missing = match is None or not match.strength or skill in match.missing
            (lacking if is_missing else held)[term.name] = None
    kept = [name for name in lacking if name not in held]
    return tuple(held)[:_SKILLS_MAX], tuple(kept)[:_SKILLS_MAX]
