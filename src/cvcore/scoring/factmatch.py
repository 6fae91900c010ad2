"""How far a CV shows a trade, a seniority, years, a degree and a language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import msgspec

from cvcore.scoring.criteria import Asked, Demand, level_in
from cvcore.scoring.dates import Span, months_in
from cvcore.scoring.facts import Facts, Hit, Place
from cvcore.scoring.overlap import Stretch
from cvcore.scoring.skillmatch import CLAIMS, NOTHING, Shown, best, scale, usable
from cvcore.scoring.trade import fit_of
from cvcore.skills import find_skills, lexicon
from cvcore.skills.fold import fold

Copied = Mapping[str, tuple[Stretch, ...]]

TITLE_STRENGTH: dict[Place, float] = {
    "job": 1.0,
    "job_list": 1.0,
    "undated": 0.9,
    "undated_list": 0.9,
    "profile": 0.6,
    "study": 0.5,
    "list": 0.4,
}
SAME_TITLE, SAME_FAMILY, SAME_TRADE = 1.0, 0.7, 0.3
WORDS_SHARE = 0.7
STATED_SHARE = 0.5
"""Years that a CV only states, without dated jobs, count half."""
UNRELATED_SHARE = 0.3
"""What years in quite other work count; the nearer the trade, the more."""
UNDATED_SHARE = 0.4
"""What jobs without dates count where years are asked."""
NEAR_FIT = 0.5
"""From this fit of the fields of work on, a CV is of the offer's trade."""
ONE_BELOW = 0.5
ELSEWHERE_SHARE = 0.7
"""A degree named outside the studies."""
DEGREE_LEAST = 0.4
NEAR_FIELD_SHARE, ANY_FIELD_SHARE, OTHER_FIELD_SHARE = 0.75, 0.75, 0.5
_TECHNICAL = {"field-computing", "field-engineering", "field-science"}

_LEVELS = {"intern": 0, "junior": 1, "mid": 2, "senior": 3, "lead": 4}
_SENIOR_MONTHS, _MID_MONTHS = 60, 24
_CEFR = {"a1": 1, "a2": 2, "b1": 3, "b2": 4, "c1": 5, "c2": 6}
_FLUENCY = (
    (6, ("native", "mother tongue", "bilingual", "maternelle", "bilingue", "muttersprache")),
    (
        5,
        ("fluent", "full professional", "courant", "advanced", "proficient", "excellent", "avance"),
    ),
    (4, ("professional", "professionnel", "upper intermediate", "good", "bon", "working")),
    (3, ("intermediate", "intermediaire", "conversational", "moyen")),
    (2, ("elementary", "basic", "notions", "beginner", "debutant", "scolaire", "limited")),
)
_CEFR_WORD = re.compile(r"\b([abc][12])\b")
_YEARS = re.compile(
    r"(\d{1,2})(?:[.,]\d)?\s*\+?\s*(?:years?|yrs?|ans|annees)\b[^.;\n]{0,40}?\bexp"
    r"|\bexp[a-z]*\W{1,12}(?:of |de |over |more than |plus de )?(\d{1,2})\s*\+?\s*(?:years?|yrs?|ans)\b"
)
_WORD = re.compile(r"[a-z][a-z0-9+#]{2,}")
_HOLLOW = frozenset(
    [
        "and",
        "the",
        "for",
        "with",
        "senior",
        "junior",
        "lead",
        "confirme",
        "chef",
        "one",
        "two",
        "remote",
        "hybrid",
        "full",
        "time",
        "part",
        "cdi",
        "cdd",
        "des",
        "les",
        "pour",
        "avec",
        "niveau",
    ]
)


def show_title(asked: Asked, demand: Demand, facts: Facts, copied: Copied) -> Shown:
    """Whether the person has done this trade: the title, its family, its trade, or its words."""
    lex = lexicon()
    wanted = [term for one in demand.titles if (term := lex.get(one.skill))]
    shown = []
    for hit in usable(facts.titles, copied):
        held = lex.get(hit.term)
        if held is None:
            continue
        for term in wanted:
            if held.id == term.id:
                share, rule = SAME_TITLE, "title"
            elif held.family == term.family:
                share, rule = SAME_FAMILY, "title_family"
            elif held.trade == term.trade:
                share, rule = SAME_TRADE, "title_trade"
            else:
                continue
            shown.append(_titled(hit, facts, share=share, rule=rule))
    if not wanted or not shown:
        shown += _by_words(asked.text, facts, copied)
    return best(shown)


def _titled(hit: Hit, facts: Facts, *, share: float, rule: str) -> Shown:
    strength = TITLE_STRENGTH[hit.place] * share
    if not hit.is_title_field:
        strength *= 0.8
    if hit.span is not None:
        strength *= scale([hit], facts)
    proven = strength if hit.place not in CLAIMS else 0.0
    return Shown(strength=strength, rule=rule, hits=(hit,), proven=proven)


def _by_words(title: str, facts: Facts, copied: Copied) -> list[Shown]:
    wanted = _content(title)
    if not wanted:
        return []
    shown = []
    for hit in usable(facts.positions, copied):
        shared = wanted & _content(hit.quote)
        if shared:
            share = WORDS_SHARE * len(shared) / len(wanted)
            shown.append(_titled(hit, facts, share=share, rule="title_words"))
    return shown


def _content(text: str) -> set[str]:
    return {word for word in _WORD.findall(fold(text)) if word not in _HOLLOW}


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
    return _nearer(best(shown), _nearness(demand, facts, copied))


def _levelled(held: int, wanted: int, hit: Hit) -> Shown:
    if held >= wanted:
        return Shown(strength=1.0, rule="seniority", hits=(hit,), proven=1.0)
    if held == wanted - 1:
        return Shown(strength=ONE_BELOW, rule="seniority_below", hits=(hit,), proven=ONE_BELOW)
    return NOTHING


def show_years(asked: Asked, demand: Demand, facts: Facts, copied: Copied) -> Shown:
    """Dated months against the years asked, overlaps merged; years only stated count half."""
    wanted = int(asked.level) * 12 if (asked.level or "").isdigit() else 0
    if wanted <= 0:
        return _some_experience(facts)
    lex = lexicon()
    own = {part for skill in asked.skills for part in (skill, *lex.parts_of(skill))}
    near = _nearness(demand, facts, copied)
    total = months_in(span for _, span in facts.jobs)
    exact = 0
    if own:
        hits = usable((hit for skill in own for hit in facts.hits.get(skill, ())), copied)
        exact = months_in(hit.span for hit in hits if hit.span is not None)
    jobs = tuple(_hits_of_jobs(facts)[:3])
    dated = Shown(
        strength=min(1.0, max(exact, total * _blend(UNRELATED_SHARE, near.strength)) / wanted),
        rule="years",
        hits=jobs,
        proven=min(1.0, max(exact, total * _blend(UNRELATED_SHARE, near.proven)) / wanted),
    )
    told = best((_stated(facts, wanted, copied), _undated(own, facts, copied)))
    return best((dated if total else NOTHING, _nearer(told, near)))


def _nearer(shown: Shown, near: _Near) -> Shown:
    return msgspec.structs.replace(
        shown,
        strength=shown.strength * _blend(UNRELATED_SHARE, near.strength),
        proven=shown.proven * _blend(UNRELATED_SHARE, near.proven),
    )


class _Near(NamedTuple):
    """How near the CV's trade is to the offer's, 0..1: claims included, and as proven in work."""

    strength: float
    proven: float


def _nearness(demand: Demand, facts: Facts, copied: Copied) -> _Near:
    """What years and degrees count by: they say little in quite another trade."""
    if not demand.fields:
        return _Near(1.0, 1.0)
    fit = fit_of(demand.fields, facts, copied)
    proven = min(1.0, (fit.strength - fit.claimed) / NEAR_FIT)
    return _Near(min(1.0, fit.strength / NEAR_FIT), proven)


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


def show_degree(asked: Asked, demand: Demand, facts: Facts, copied: Copied) -> Shown:
    """The degrees held against the level asked, and their fields against those asked.

    One level below counts half; a degree in a field that is not asked, or not said, counts in part,
    the more the nearer the CV's trade is.
    """
    named = _fields_in(asked.text)
    fields = named or {each for each in demand.fields if _is_field(each)}
    least = OTHER_FIELD_SHARE if named else ANY_FIELD_SHARE
    near = _nearness(demand, facts, copied)
    shown = []
    for hit, share, rule in _degrees(asked, facts, copied):
        worth = _field_share(hit, facts, fields, least=least) * share
        shown.append(
            Shown(
                strength=worth * _blend(DEGREE_LEAST, near.strength),
                rule=rule,
                hits=(hit,),
                proven=worth * _blend(DEGREE_LEAST, near.proven),
            )
        )
    return best(shown)


def _degrees(asked: Asked, facts: Facts, copied: Copied) -> Iterator[tuple[Hit, float, str]]:
    """Each degree that comes near the level asked: its words, its share and the rule."""
    lex = lexicon()
    asked_level = (asked.level or "").upper().removeprefix("EQF")
    levels = [term.level for skill in asked.skills if (term := lex.get(skill)) and term.level]
    wanted = int(asked_level) if asked_level.isdigit() else min(levels, default=0)
    for skill, hits in facts.hits.items():
        held = lex.get(skill)
        if held is None or held.kind != "degree" or held.level is None or held.level < wanted - 1:
            continue
        for hit in usable(hits, copied):
            share = 1.0 if hit.place == "study" else ELSEWHERE_SHARE
            if held.level >= wanted:
                yield hit, share, "degree"
            else:
                yield hit, share * ONE_BELOW, "degree_below"


def _blend(least: float, nearness: float) -> float:
    """What counts by nearness: `least` far from the trade, 1 in it."""
    return least + (1.0 - least) * nearness


def _is_field(family: str) -> bool:
    return family.startswith("field-")


def _fields_in(text: str) -> set[str]:
    terms = (lexicon().get(one.skill) for one in find_skills(text))
    return {term.family for term in terms if term is not None and _is_field(term.family)}


def _field_share(hit: Hit, facts: Facts, fields: set[str], *, least: float) -> float:
    """1 where the degree's entry names a field asked; a kindred field counts in part."""
    if not fields:
        return 1.0
    item = hit.path.partition("]")[0]
    held = {
        family
        for family, many in facts.families.items()
        if _is_field(family) and any(one.path.startswith(item) for hits in many for one in hits)
    }
    if held & fields:
        return 1.0
    is_near = bool(held & _TECHNICAL and fields & _TECHNICAL)
    return NEAR_FIELD_SHARE if is_near else least


def show_language(asked: Asked, facts: Facts, copied: Copied) -> Shown:
    """The language at the level asked on the CEFR scale; unstated levels count as B2 or half."""
    wanted = _CEFR.get((asked.level or "").casefold(), 0)
    shown = []
    for skill in asked.skills:
        for hit in usable(facts.hits.get(skill, ()), copied):
            held = _fluency(hit, facts)
            if not wanted or (held and held >= wanted):
                shown.append(Shown(strength=1.0, rule="language", hits=(hit,), proven=1.0))
            elif held is None or held == wanted - 1:
                shown.append(
                    Shown(strength=ONE_BELOW, rule="language_below", hits=(hit,), proven=ONE_BELOW)
                )
    return best(shown)


def _fluency(hit: Hit, facts: Facts) -> int | None:
    """The level that stands beside the language, 1 (A1) to 6 (C2); None where none does."""
    beside = facts.texts.get(f"{hit.path.rpartition('.')[0]}.fluency", "")
    near = facts.texts[hit.path][max(hit.start - 30, 0) : hit.end + 40]
    said = fold(f"{beside} {near}")
    level = _CEFR_WORD.search(said)
    if level is not None:
        return _CEFR[level[1]]
    return next((value for value, words in _FLUENCY if any(word in said for word in words)), None)
