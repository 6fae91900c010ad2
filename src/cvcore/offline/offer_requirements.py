"""What an offer asks: its lines as requirements, required or preferred, each with its kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from cvcore.offers.model import Necessity, Requirement, RequirementKind
from cvcore.offline.offer_sections import Placed, Section
from cvcore.offline.offer_terms import degree_in, fluency_in, speaks_of_degree, years_in
from cvcore.offline.offer_wording import fold, wording
from cvcore.skills import Found, find_skills

REQUIREMENTS_MAX = 80
TEXT_CHARACTERS_MAX = 400

_SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[\"“«(]?[A-ZÀ-Ý0-9])")
_ALL_OF = re.compile(r"\b(?:and|et|und|as well as|ainsi que|plus)\b")
_CLAUSES = re.compile(r"[;()\[\]]|(?<=[a-z])\.\s|\s[–—-]\s")
_FORBIDDEN_SECTIONS: frozenset[Section] = frozenset({"benefits", "company", "process", "other"})
_STATED: frozenset[Section] = frozenset({"required", "preferred", "education"})


class Unit(msgspec.Struct, frozen=True):
    """One sentence or item, with the part of the offer it stands in."""

    text: str
    section: Section


def units(parts: Iterable[Placed]) -> Iterator[Unit]:
    """The text of each part, sentence by sentence; a short item of a list stays whole."""
    for part in parts:
        text = part.block.text
        pieces = [text] if len(text) <= 140 and part.block.kind == "item" else _SENTENCE.split(text)
        for piece in pieces:
            if piece.strip(" .;,-"):
                yield Unit(piece.strip(), part.section)


def requirements_of(parts: Sequence[Placed], *, title: str | None) -> tuple[Requirement, ...]:
    """Everything asked, in the order of the text; the title's own skills first.

    Where parts of the offer are named, the others (company, benefits, process) ask nothing; duties
    only add, as preferred, the skills that no requirement names.
    """
    every = list(units(parts))
    named = any(unit.section in _STATED for unit in every)
    drafts: list[Requirement] = []
    for unit in every:
        if unit.section in _STATED or (not named and unit.section not in _FORBIDDEN_SECTIONS):
            drafts.extend(_asked(unit))
    drafts = _without_repeats(drafts)
    seen = {skill for draft in drafts for skill in draft.skills}
    if title:
        drafts[:0] = _new_skills(title, seen, "required")
    if named:
        for unit in every:
            if unit.section in ("responsibilities", "none"):
                drafts.extend(_from_duty(unit, seen))
    kept = drafts[:REQUIREMENTS_MAX]
    return tuple(
        msgspec.structs.replace(draft, id=f"r{number}") for number, draft in enumerate(kept, 1)
    )


def necessity_of(text: str, section: Section) -> Necessity:
    """Required unless the part or the words say otherwise; the words win over the part."""
    folded = fold(text)
    if wording("ask preferred").search(folded):
        return "preferred"
    if section == "preferred" and not wording("ask required").search(folded):
        return "preferred"
    return "required"


def _asked(unit: Unit) -> Iterator[Requirement]:
    found = find_skills(unit.text)
    hard = [one for one in found if one.kind == "hard"]
    stated = unit.section in _STATED
    if not stated and not hard and not wording("ask asks").search(fold(unit.text)):
        return
    kinds = list(_facts(unit, found))
    yield from kinds
    yield from _skills(unit, hard)
    soft = [one for one in found if one.kind == "soft"]
    if soft and (stated or wording("ask asks").search(fold(unit.text))):
        yield _draft(unit, "softSkill", soft)
    if stated and unit.section != "education" and not kinds and not hard and not soft:
        yield _draft(unit, "other", [])


def _facts(unit: Unit, found: Sequence[Found]) -> Iterator[Requirement]:
    """Years, degree, languages and certificates that the sentence states."""
    years = years_in(unit.text, is_asked=unit.section in _STATED)
    hard = [one for one in found if one.kind == "hard"]
    if years is not None:
        yield _draft(unit, "experience", hard, level=str(years.low))
    degree = degree_in(unit.text)
    if degree is not None or (unit.section == "education" and speaks_of_degree(unit.text)):
        degrees = [one for one in found if one.kind == "degree"]
        yield _draft(unit, "education", degrees, level=degree, any_of=len(degrees) > 1)
    for spoken in _distinct(one for one in found if one.kind == "language"):
        around = unit.text[max(0, spoken.start - 60) : spoken.end + 45]
        yield _draft(unit, "language", [spoken], level=fluency_in(around))
    if degree is None and wording("ask certification").search(fold(unit.text)):
        yield _draft(unit, "certification", hard)


def _skills(unit: Unit, hard: Sequence[Found]) -> Iterator[Requirement]:
    """The hard skills of a sentence: a plain list one by one, else together, the merely welcome
    ones apart ("Python (Django a plus)")."""
    distinct = _distinct(hard)
    if not distinct:
        return
    if _is_list(unit.text, distinct):
        for one in distinct:
            yield _draft(unit, "skill", [one], text=unit.text[one.start : one.end])
        return
    base = necessity_of(unit.text, unit.section)
    groups: dict[Necessity, list[Found]] = {}
    if base == "preferred" and unit.section != "preferred":
        for one in distinct:
            groups.setdefault(necessity_of(_clause(unit.text, one), unit.section), []).append(one)
        if "preferred" not in groups:
            groups = {"preferred": distinct}
    else:
        groups[base] = distinct
    for necessity, many in groups.items():
        draft = _draft(unit, "skill", many, any_of=_is_any_of(unit.text, many))
        yield msgspec.structs.replace(draft, necessity=necessity)


def _clause(text: str, found: Found) -> str:
    start, end = 0, len(text)
    for cut in _CLAUSES.finditer(text):
        if cut.end() <= found.start:
            start = cut.end()
        elif cut.start() >= found.end:
            end = cut.start()
            break
    return text[start:end]


def _is_list(text: str, found: Sequence[Found]) -> bool:
    named = sum(one.end - one.start for one in found)
    return len(found) >= 3 and named >= 0.55 * len(re.sub(r"[\s,;/|•&.-]|\band\b|\bet\b", "", text))


def _is_any_of(text: str, found: Sequence[Found]) -> bool:
    """Whether one of the skills is enough: what stands between them says so."""
    if len(found) < 2:
        return False
    between = fold(text[found[0].end : found[-1].start])
    lead = fold(text[max(0, found[0].start - 25) : found[0].start])
    return bool(
        wording("ask any_of").search(between) or wording("ask any_of").search(lead)
    ) and not _ALL_OF.search(between)


def _distinct(found: Iterable[Found]) -> list[Found]:
    first: dict[str, Found] = {}
    for one in found:
        first.setdefault(one.skill, one)
    return list(first.values())


def _draft(
    unit: Unit,
    kind: RequirementKind,
    found: Iterable[Found],
    *,
    level: str | None = None,
    any_of: bool = False,
    text: str | None = None,
) -> Requirement:
    return Requirement(
        id="",
        text=_short(text or unit.text),
        kind=kind,
        skills=tuple(dict.fromkeys(one.skill for one in found)),
        necessity=necessity_of(unit.text, unit.section),
        level=level,
        any_of=any_of,
    )


def _short(text: str) -> str:
    text = text.strip(" •-–;,")
    if len(text) <= TEXT_CHARACTERS_MAX:
        return text
    return text[: TEXT_CHARACTERS_MAX - 1].rsplit(" ", 1)[0] + "…"


def _without_repeats(drafts: Sequence[Requirement]) -> list[Requirement]:
    """One requirement per (kind, skills, level): the required one of two, the first of equals."""
    kept: dict[tuple[object, ...], Requirement] = {}
    for draft in drafts:
        what: tuple[object, ...] = (draft.kind, draft.skills, draft.level)
        if not draft.skills and draft.kind in ("other", "experience", "certification"):
            what = (*what, fold(draft.text))
        known = kept.get(what)
        if known is None:
            kept[what] = draft
        elif known.necessity == "preferred" and draft.necessity == "required":
            kept[what] = msgspec.structs.replace(known, necessity="required", text=draft.text)
    return list(kept.values())


def _new_skills(text: str, seen: set[str], necessity: Necessity) -> list[Requirement]:
    fresh = [
        one for one in _distinct(find_skills(text)) if one.kind == "hard" and one.skill not in seen
    ]
    seen.update(one.skill for one in fresh)
    unit = Unit(text, "required" if necessity == "required" else "preferred")
    return [_draft(unit, "skill", fresh)] if fresh else []


def _from_duty(unit: Unit, seen: set[str]) -> list[Requirement]:
    return _new_skills(unit.text, seen, "preferred")
