"""What an offer asks, as criteria: its requirements, its title and its seniority."""

from __future__ import annotations

from collections import OrderedDict

import msgspec

from cvcore.offers.model import Necessity, Offer, Requirement
from cvcore.scoring.model import Dimension
from cvcore.scoring.overlap import OfferWords, offer_words
from cvcore.scoring.trade import fields_of
from cvcore.skills import Found, find_skills, lexicon
from cvcore.skills.fold import fold

TITLE = "title"
TRADE = "trade"
SENIORITY = "seniority"
KEPT_MAX = 512

DIMENSION: dict[str, Dimension] = {
    "skill": "technicalSkills",
    "other": "technicalSkills",
    "experience": "experience",
    "title": "experience",
    "education": "education",
    "certification": "education",
    "softSkill": "softSkillsLanguages",
    "language": "softSkillsLanguages",
}
UNITS: dict[Necessity, float] = {"required": 2.0, "preferred": 1.0}
"""Required weighs twice preferred."""
TITLE_UNITS, TIME_UNITS = 8.0, 4.0
"""How experience divides: the title, and all that speaks of years and seniority together, however
many lines an offer has on years."""
TRADE_SHARE = 0.45
"""What the fields of work weigh among the technical skills: wish lists are long and partly by
chance, the fields they are taken from are not."""
_FIELDS_NAMED = 4
GENERAL_SHARE = 0.5
"""A general field ("databases") weighs half of a named skill ("PostgreSQL")."""

_TIMED = ("experience", "seniority")
_LEVEL_WORDS = {
    "intern": ("intern", "internship", "trainee", "stagiaire", "stage", "alternant", "alternance"),
    "junior": ("junior", "debutant", "entry-level", "graduate", "jr"),
    "senior": ("senior", "sr", "confirme", "experimente", "expert"),
    "lead": ("lead", "principal", "staff", "head", "director", "manager", "chief", "responsable"),
}


class Asked(msgspec.Struct, frozen=True):
    """One criterion before anything is matched. `units` weigh it within its dimension."""

    id: str
    text: str
    kind: str
    dimension: Dimension
    necessity: Necessity
    units: float
    skills: tuple[str, ...] = ()
    level: str | None = None
    any_of: bool = False


class Demand(msgspec.Struct, frozen=True):
    """An offer, read for matching."""

    asked: tuple[Asked, ...]
    titles: tuple[Found, ...]
    words: OfferWords
    fields: dict[str, float]


_kept: OrderedDict[int, tuple[Offer, Demand]] = OrderedDict()


def demand_of(offer: Offer) -> Demand:
    """What `offer` asks; the last offers read are kept."""
    known = _kept.get(id(offer))
    if known is not None and known[0] is offer:
        return known[1]
    demand = _read(offer)
    _kept[id(offer)] = (offer, demand)
    while len(_kept) > KEPT_MAX:
        _kept.popitem(last=False)
    return demand


def _read(offer: Offer) -> Demand:
    asked = [_asked(each) for each in offer.requirements]
    if offer.title and not any(each.kind == "title" for each in asked):
        asked.insert(0, _of_title(TITLE, offer.title))
    found = tuple(one for one in find_skills(offer.title or "") if one.kind == "title")
    fields = fields_of(offer, found)
    if fields:
        asked.insert(0, _of_trade(fields))
    level = level_of(offer)
    if level is not None:
        asked.append(
            Asked(
                id=SENIORITY,
                text=level,
                kind="seniority",
                dimension="experience",
                necessity="required",
                units=UNITS["required"],
                level=level,
            )
        )
    asked = _balanced(asked)
    return Demand(
        asked=tuple(asked),
        titles=found,
        words=offer_words(offer),
        fields=fields,
    )


def _balanced(asked: list[Asked]) -> list[Asked]:
    """Years and seniority together weigh `TIME_UNITS`, one line or ten; the trade its share."""
    timed = sum(each.units for each in asked if each.kind in _TIMED)
    listed = sum(each.units for each in asked if each.kind == "skill")
    balanced = []
    for each in asked:
        units = each.units
        if each.kind in _TIMED:
            units *= TIME_UNITS / timed
        elif each.id == TRADE:
            units = listed * TRADE_SHARE / (1 - TRADE_SHARE) or 1.0
        balanced.append(msgspec.structs.replace(each, units=units))
    return balanced


def _of_trade(fields: dict[str, float]) -> Asked:
    first = sorted(fields, key=lambda family: (-fields[family], family))[:_FIELDS_NAMED]
    return Asked(
        id=TRADE,
        text=", ".join(family.replace("-", " ") for family in first),
        kind="trade",
        dimension="technicalSkills",
        necessity="required",
        units=1.0,
    )


def _of_title(id: str, text: str) -> Asked:
    return Asked(
        id=id,
        text=text,
        kind="title",
        dimension="experience",
        necessity="required",
        units=TITLE_UNITS,
    )


def _asked(each: Requirement) -> Asked:
    if each.kind == "title":
        return _of_title(each.id, each.text)
    return Asked(
        id=each.id,
        text=each.text,
        kind=each.kind,
        dimension=DIMENSION[each.kind],
        necessity=each.necessity,
        units=UNITS[each.necessity] * _share(each),
        skills=each.skills,
        level=each.level,
        any_of=each.any_of,
    )


def _share(each: Requirement) -> float:
    if each.kind != "skill":
        return 1.0
    terms = [lexicon().get(skill) for skill in each.skills]
    is_general = all(term is None or term.is_general for term in terms)
    return GENERAL_SHARE if is_general else 1.0


def level_of(offer: Offer) -> str | None:
    """The seniority that an offer states, by its field or else by its title's words."""
    return offer.experience.level or level_in(offer.title or "")


def level_in(text: str) -> str | None:
    """The seniority that a title names, the highest of several; None where it names none."""
    words = set(fold(text).replace(".", " ").replace("/", " ").replace(",", " ").split())
    for level in ("lead", "senior", "junior", "intern"):
        if words.intersection(_LEVEL_WORDS[level]):
            return level
    return None
