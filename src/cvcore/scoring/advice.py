"""What would help and what was noticed, in words a candidate understands, English or French."""

from __future__ import annotations

from collections.abc import Mapping

from cvcore.scoring.advice_words import words_for
from cvcore.scoring.criteria import Asked, Demand
from cvcore.scoring.facts import Facts
from cvcore.scoring.model import Criterion, Flag, Match, Suggestion
from cvcore.scoring.overlap import copied
from cvcore.scoring.rules import Tally, claims_rate, points_of
from cvcore.skills import lexicon

GAIN_MIN = 0.05
LISTED_MANY = 40
"""From so many skills on that are listed and told of nowhere, the list is flagged."""
_NAMES_MAX = 4


def suggestions_of(
    demand: Demand, matches: Mapping[str, Match], counted: Tally, *, language: str | None
) -> tuple[Suggestion, ...]:
    """One suggestion for each criterion that is missing or partial, the greatest gain first.

    `gain` is what the score rises by if this criterion alone becomes fully shown.
    """
    words = words_for(language)
    claims = sum(each.weight * each.claimed for each in counted.criteria)
    by_id = {each.id: each for each in demand.asked}
    made = []
    for criterion in counted.criteria:
        if criterion.state not in ("missing", "partial"):
            continue
        gain = _gain(criterion, counted, claims)
        if gain < GAIN_MIN:
            continue
        match = matches.get(criterion.requirement)
        what = _what(by_id[criterion.requirement], match)
        form = _form(criterion)
        made.append(
            Suggestion(
                title=words[f"{form}_title"].format(what=what),
                detail=words[f"{form}_detail"].format(what=what),
                gain=gain,
                criterion=criterion.requirement,
                claimable=form != "missing",
            )
        )
    return tuple(sorted(made, key=lambda each: (-each.gain, each.criterion or "")))


def _gain(criterion: Criterion, counted: Tally, claims: float) -> float:
    """The points of the whole score with this criterion fully proven, less those of today."""
    own = criterion.weight * criterion.claimed
    rate = claims_rate(max(claims - own, 0.0))
    others = sum(
        points_of(each.weight, each.strength, each.claimed, rate)
        for each in counted.criteria
        if each.claimed and each is not criterion
    )
    before = sum(each.earned for each in counted.criteria if each.claimed and each is not criterion)
    return round(criterion.weight - criterion.earned + others - before, 4)


def _form(criterion: Criterion) -> str:
    if criterion.state == "missing":
        return "missing"
    return "related" if criterion.rule.startswith(("family", "broader", "title_")) else "show"


def _what(asked: Asked, match: Match | None) -> str:
    """The skills still to show, by name; or the words of the offer."""
    lacking = match.missing if match is not None and match.missing else asked.skills
    names = [term.name for skill in lacking if (term := lexicon().get(skill))]
    if asked.kind in ("skill", "softSkill", "language") and names:
        return ", ".join(dict.fromkeys(names[:_NAMES_MAX]))
    return asked.text if len(asked.text) <= 80 else asked.text[:79].rsplit(" ", 1)[0] + "…"


def flags_of(
    demand: Demand, counted: Tally, facts: Facts, *, language: str | None
) -> tuple[Flag, ...]:
    """What was seen that earned nothing, or less than it seems to deserve."""
    words = words_for(language)
    flags = [
        Flag(code="pasted_offer", detail=words["pasted_offer"], path=path)
        for path in copied(facts.spoken, demand.words)
    ]
    only_listed = [
        term
        for term, hits in facts.hits.items()
        if hits[0].kind == "hard" and all(hit.place == "list" for hit in hits)
    ]
    if len(only_listed) >= LISTED_MANY:
        detail = words["listed_not_used"].format(n=len(only_listed))
        flags.append(Flag(code="listed_not_used", detail=detail))
    asks_years = any(each.dimension == "experience" for each in counted.criteria)
    if asks_years and not facts.jobs:
        flags.append(Flag(code="no_dates", detail=words["no_dates"]))
    return tuple(flags)
