"""Replaying a score: the same points from its own lines, or what has changed since."""

from __future__ import annotations

import math

import msgspec

from cvcore.cv.model import Cv
from cvcore.offers.model import Offer
from cvcore.scoring.dates import month_of
from cvcore.scoring.facts import facts_of
from cvcore.scoring.matching import MATCHER
from cvcore.scoring.model import WEIGHTS, Score
from cvcore.scoring.receipt import kept_cv_hash, offer_hash
from cvcore.scoring.rules import ENGINE, claims_rate, points_of
from cvcore.scoring.scorer import score
from cvcore.skills import LEXICON

_POINTS_APART_MAX = 1e-6


class Replayed(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What replaying came to.

    `is_same` says that every point was computed again and agrees. Otherwise `changed` names what
    differs from the receipt (`cv`, `offer`, `engine`, `lexicon`, `weights`), or, where the receipt
    holds, the criteria whose evidence or points do not (`evidence:r3`, `points:r3`, `exact`).
    `exact` is the sum computed now; None where it could not be.
    """

    is_same: bool
    changed: tuple[str, ...]
    exact: float | None


def replay(scored: Score, cv: Cv, offer: Offer) -> Replayed:
    """Compute every point of `scored` again from its recorded evidence, against `cv` and `offer`.

    A score of the model-free matcher is found anew from nothing as well. What has another engine,
    lexicon, CV or offer than the receipt names cannot be replayed: `changed` says which.
    """
    changed = _differing(scored, cv, offer)
    if changed:
        return Replayed(is_same=False, changed=changed, exact=None)
    wrong = list(_wrong_lines(scored, cv))
    exact = None
    if scored.exact is not None:
        exact = math.fsum(each.earned for each in scored.criteria)
        if abs(exact - scored.exact) > _POINTS_APART_MAX:
            wrong.append("exact")
    if scored.receipt.matcher == MATCHER and not wrong:
        anew = score(cv, offer, at=scored.receipt.at)
        pairs = zip(scored.criteria, anew.criteria, strict=False)
        wrong += [f"points:{one.requirement}" for one, two in pairs if one != two]
        if len(anew.criteria) != len(scored.criteria):
            wrong.append("criteria")
    return Replayed(is_same=not wrong, changed=tuple(wrong), exact=exact)


def _differing(scored: Score, cv: Cv, offer: Offer) -> tuple[str, ...]:
    receipt = scored.receipt
    facts = (
        ("engine", receipt.engine, ENGINE),
        ("lexicon", receipt.lexicon, LEXICON),
        ("weights", receipt.weights, {str(part): weight for part, weight in WEIGHTS.items()}),
        ("cv", receipt.cv_hash, kept_cv_hash(cv)),
        ("offer", receipt.offer_hash, offer_hash(offer)),
    )
    return tuple(name for name, recorded, now in facts if recorded != now)


def _wrong_lines(scored: Score, cv: Cv) -> list[str]:
    facts = facts_of(cv, at=month_of(scored.receipt.at))
    rate = claims_rate(math.fsum(each.weight * each.claimed for each in scored.criteria))
    wrong = []
    for each in scored.criteria:
        if any(one.quote not in facts.texts.get(one.path, "") for one in each.evidence):
            wrong.append(f"evidence:{each.requirement}")
        earned = points_of(each.weight, each.strength, each.claimed, rate)
        if abs(earned - each.earned) > _POINTS_APART_MAX:
            wrong.append(f"points:{each.requirement}")
    return wrong
