"""How far a CV shows a degree and a language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cvcore.scoring.criteria import Asked, Demand
from cvcore.scoring.facts import Facts, Hit
from cvcore.scoring.nearness import Copied, blend, nearness
from cvcore.scoring.skillmatch import Shown, best, usable
from cvcore.skills import find_skills, lexicon
from cvcore.skills.fold import fold

ONE_BELOW = 0.5
ELSEWHERE_SHARE = 0.7
"""A degree named outside the studies."""
DEGREE_LEAST = 0.4
"""What a degree counts in quite another trade; the nearer the trade, the more."""
NEAR_FIELD_SHARE, ANY_FIELD_SHARE, OTHER_FIELD_SHARE = 0.75, 0.75, 0.5
"""A kindred field; no field asked and another held; another field than the one asked."""

_TECHNICAL = {"field-computing", "field-engineering", "field-science"}
_CEFR = {"a1": 1, "a2": 2, "b1": 3, "b2": 4, "c1": 5, "c2": 6}
_CEFR_WORD = re.compile(r"\b([abc][12])\b")
_MOTHER = ("native", "mother tongue", "bilingual", "maternelle", "bilingue", "muttersprache")
_FLUENT = ("fluent", "full professional", "courant", "advanced", "proficient", "excellent")
_FLUENCY = (
    (6, _MOTHER),
    (5, (*_FLUENT, "avance")),
    (4, ("professional", "professionnel", "upper intermediate", "good", "bon", "working")),
    (3, ("intermediate", "intermediaire", "conversational", "moyen")),
    (2, ("elementary", "basic", "notions", "beginner", "debutant", "scolaire", "limited")),
)


def show_degree(asked: Asked, demand: Demand, facts: Facts, copied: Copied) -> Shown:
    """The degrees held against the level asked, and their fields against those asked.

    One level below counts half; a degree in a field that is not asked, or not said, counts in part,
    the more the nearer the CV's trade is.
    """
    named = _fields_in(asked.text)
    fields = named or {each for each in demand.fields if _is_field(each)}
    least = OTHER_FIELD_SHARE if named else ANY_FIELD_SHARE
    near = nearness(demand, facts, copied)
    shown = []
    for hit, share, rule in _degrees(asked, facts, copied):
        worth = _field_share(hit, facts, fields, least=least) * share
        shown.append(
            Shown(
                strength=worth * blend(DEGREE_LEAST, near.strength),
                rule=rule,
                hits=(hit,),
                proven=0.0 if hit.place == "list" else worth * blend(DEGREE_LEAST, near.proven),
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


def _is_field(family: str) -> bool:
    return family.startswith("field-")


def _fields_in(text: str) -> set[str]:
    terms = (lexicon().get(one.skill) for one in find_skills(text))
    return {term.family for term in terms if term is not None and _is_field(term.family)}


def _field_share(hit: Hit, facts: Facts, fields: set[str], *, least: float) -> float:
    """1 where the degree's entry names a field asked; a kindred field counts in part."""
    if not fields:
        return 1.0
    entry = hit.path if hit.place == "list" else hit.path.partition("]")[0]
    held = {
        family
        for family, many in facts.families.items()
        if _is_field(family) and any(one.path.startswith(entry) for hits in many for one in hits)
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
