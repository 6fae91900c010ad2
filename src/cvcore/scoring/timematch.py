"""How far a CV shows seniority and years of experience."""

from __future__ import annotations

import re

from cvcore.scoring.criteria import Asked, Demand, level_in
from cvcore.scoring.dates import Span, months_in
from cvcore.scoring.facts import Facts, Hit
from cvcore.scoring.nearness import Copied, blend, nearer, nearness
from cvcore.scoring.skillmatch import NOTHING, Shown, best, usable
from cvcore.skills import lexicon
from cvcore.skills.fold import fold

STATED_SHARE = 0.5
"""Years that a CV only states, without dated jobs, count half."""
UNRELATED_SHARE = 0.3
"""What years in quite other work count; the nearer the trade, the more."""
UNDATED_SHARE = 0.4
"""What jobs without dates count where years are asked."""
ONE_BELOW = 0.5

_LEVELS = {"intern": 0, "junior": 1, "mid": 2, "senior": 3, "lead": 4}
_SENIOR_MONTHS, _MID_MONTHS = 60, 24
_YEARS = re.compile(
    r"(\d{1,2})(?:[.,]\d)?\s*\+?\s*(?:years?|yrs?|ans|annees)\b[^.;\n]{0,40}?\bexp"
    r"|\bexp[a-z]*\W{1,12}(?:of |de |over |more than |plus de )?"
    r"(\d{1,2})\s*\+?\s*(?:years?|yrs?|ans)\b"
)


def show_seniority(asked: Asked, demand: Demand, facts: Facts, copied: Copied) -> Shown:
    """The seniority of the posts held, or what the dated years amount to; one below counts half."""
    wanted = _LEVELS[asked.level or "mid"]
    shown = []
    for hit in usable(facts.positions, copied):
        level = level_in(hit.quote)
        if level is not None:
            shown.append(_levelled(_LEVELS[level], wanted, hit))
    months = months_in(span for _, span in facts.jobs)
    longest = _hits_of_jobs(facts)
    if longest:
        level_by_years = 3 if months >= _SENIOR_MONTHS else 2 if months >= _MID_MONTHS else 1
        shown.append(_levelled(level_by_years, wanted, longest[0]))
    return nearer(best(shown), nearness(demand, facts, copied), least=UNRELATED_SHARE)


def _levelled(held: int, wanted: int, hit: Hit) -> Shown:
    if held >= wanted:
        return Shown(strength=1.0, rule="seniority", hits=(hit,), proven=1.0)
    if held == wanted - 1:
        return Shown(strength=ONE_BELOW, rule="seniority_below", hits=(hit,), proven=ONE_BELOW)
    return NOTHING


def show_years(asked: Asked, demand: Demand, facts: Facts, copied: Copied) -> Shown:
    """Dated months against the years asked, overlaps merged; years only stated count half."""
    years = asked.level or ""
    wanted = int(years) * 12 if years.isdigit() else 0
    if wanted <= 0:
        return _some_experience(facts)
    lex = lexicon()
    own = {part for skill in asked.skills for part in (skill, *lex.parts_of(skill))}
    near = nearness(demand, facts, copied)
    total = months_in(span for _, span in facts.jobs)
    exact = 0
    if own:
        hits = usable((hit for skill in own for hit in facts.hits.get(skill, ())), copied)
        exact = months_in(hit.span for hit in hits if hit.span is not None)
    jobs = tuple(_hits_of_jobs(facts)[:3])
    dated = Shown(
        strength=min(1.0, max(exact, total * blend(UNRELATED_SHARE, near.strength)) / wanted),
        rule="years",
        hits=jobs,
        proven=min(1.0, max(exact, total * blend(UNRELATED_SHARE, near.proven)) / wanted),
    )
    told = best((_stated(facts, wanted, copied), _undated(own, facts, copied)))
    return best((dated if total else NOTHING, nearer(told, near, least=UNRELATED_SHARE)))


def _undated(own: set[str], facts: Facts, copied: Copied) -> Shown:
    """Jobs without dates: nothing to count, yet work; those that tell of the skills asked first."""
    told = [hit for skill in sorted(own) for hit in facts.hits.get(skill, ())]
    hits = [hit for hit in usable((*told, *facts.positions), copied) if hit.place == "undated"]
    if not hits:
        return NOTHING
    return Shown(
        strength=UNDATED_SHARE, rule="years_undated", hits=tuple(hits[:1]), proven=UNDATED_SHARE
    )


def _some_experience(facts: Facts) -> Shown:
    hits = _hits_of_jobs(facts)
    if not hits:
        return NOTHING
    return Shown(strength=1.0, rule="experience", hits=tuple(hits[:1]), proven=1.0)


def _hits_of_jobs(facts: Facts) -> list[Hit]:
    """One hit for each dated job, the longest first: its title, or else its first words."""
    found = []
    for path, span in sorted(facts.jobs, key=lambda job: (job[1].start - job[1].end, job[0])):
        at = next((each for each in facts.texts if each.startswith(f"{path}.")), None)
        if at is not None:
            found.append(_hit_at(at, facts.texts[at], span))
    return found


def _hit_at(path: str, text: str, span: Span | None) -> Hit:
    quote = text.strip().split("\n")[0][:120].strip()
    return Hit("", "text", path, 0, len(quote), quote, "job" if span else "profile", span)


def _stated(facts: Facts, wanted: int, copied: Copied) -> Shown:
    shown = []
    for path, text in facts.texts.items():
        for said in _YEARS.finditer(fold(text)):
            months = int(said[1] or said[2]) * 12
            quote = text[said.start() : said.end()]
            hit = Hit("", "text", path, said.start(), said.end(), quote, "profile", None)
            strength = STATED_SHARE * min(1.0, months / wanted)
            if usable([hit], copied):
                shown.append(Shown(strength=strength, rule="years_stated", hits=(hit,)))
    return best(shown)
