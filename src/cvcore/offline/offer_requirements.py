"""What an offer asks: its lines as requirements, in order, each once, required or preferred."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from cvcore.offers.model import Requirement
from cvcore.offline.offer_labels import labelled
from cvcore.offline.offer_lines import STATED, Line, asked_in, skills_in, skills_of_duty
from cvcore.offline.offer_sections import Placed, Section
from cvcore.offline.offer_terms import speaks_of_degree
from cvcore.offline.offer_wording import fold, wording

REQUIREMENTS_MAX = 80
ITEM_CHARACTERS_MAX = 140
UNIT_CHARACTERS_MAX = 1_000

_SENTENCE = re.compile(
    r"(?<=[.!?;])(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\betc\.)(?<!\bincl\.)(?<!\bex\.)(?<!\bvs\.)"
    r"\s+(?=[\"“«(]?[A-ZÀ-Ý0-9])"
)
_SILENT: frozenset[Section] = frozenset({"benefits", "company", "process", "other"})
_OWN_FIELDS = frozenset(["experience", "education", "language", "seniority"])


class Unit(msgspec.Struct, frozen=True):
    """One sentence or item, with the part of the offer it stands in."""

    text: str
    section: Section


def units(parts: Iterable[Placed]) -> Iterator[Unit]:
    """The text of each part, sentence by sentence; a short item of a list stays whole."""
    for part in parts:
        text = part.block.text
        is_whole = part.block.kind == "item" and len(text) <= ITEM_CHARACTERS_MAX
        for piece in [text] if is_whole else _SENTENCE.split(text):
            for short in _bounded(piece.strip()):
                if short.strip(" .;,-"):
                    yield Unit(short, part.section)


def _bounded(text: str) -> Iterator[str]:
    """A sentence as it is; what runs on without end is cut at white space."""
    while len(text) > UNIT_CHARACTERS_MAX:
        cut = text.rfind(" ", 1, UNIT_CHARACTERS_MAX) + 1 or UNIT_CHARACTERS_MAX
        yield text[:cut].strip()
        text = text[cut:]
    yield text


def requirements_of(parts: Sequence[Placed], *, title: str | None) -> tuple[Requirement, ...]:
    """Everything asked, in the order of the text; the title's own skills first.

    Where the offer has parts that ask, the others (company, benefits, process) ask nothing, and
    duties only add, as preferred, the skills that no requirement names.
    """
    speaking = list(_speaking(units(parts)))
    has_parts = any(unit.section in STATED for unit in speaking)
    drafts: list[Requirement] = []
    for unit in speaking:
        if unit.section in STATED or not has_parts:
            drafts.extend(asked_in(Line(unit.text, unit.section)))
    drafts = _lowest_degrees(_without_repeats(drafts))
    seen = {skill for draft in drafts for skill in draft.skills}
    if title:
        drafts[:0] = skills_in(Line(title, "required"), seen)
    if has_parts:
        for unit in speaking:
            if unit.section not in STATED:
                drafts.extend(skills_of_duty(Line(unit.text, "preferred"), seen))
    return tuple(
        msgspec.structs.replace(draft, id=f"r{number}")
        for number, draft in enumerate(drafts[:REQUIREMENTS_MAX], 1)
    )


def _speaking(every: Iterable[Unit]) -> Iterator[Unit]:
    """The units that may ask something: no labelled fields, no pay, no law, nothing after those.

    Pay and legal notices end the part they stand in: what follows them is more of the kind, until
    the next heading opens a part of its own.
    """
    ended: Section | None = None
    for unit in every:
        if unit.section != ended:
            ended = None
        if wording("ask never").search(fold(unit.text)):
            ended = unit.section if unit.section in STATED else None
            continue
        field = labelled(unit.text)
        if field is not None and field[0] not in _OWN_FIELDS:
            continue
        if ended is None and unit.section not in _SILENT:
            yield unit
        elif ended is None and _is_condition(unit):
            yield msgspec.structs.replace(unit, section="required")


def _is_condition(unit: Unit) -> bool:
    """Whether a line demands a licence or a diploma outright, whatever part it stands in."""
    folded = fold(unit.text)
    return (
        len(folded) <= ITEM_CHARACTERS_MAX
        and wording("ask demanded").search(folded) is not None
        and (wording("ask certification").search(folded) is not None or speaks_of_degree(folded))
    )


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


def _lowest_degrees(drafts: Sequence[Requirement]) -> list[Requirement]:
    """Of several degrees required, the lowest: they are alternatives ("a Bachelor's, or GED and
    four years"). Of those preferred, the lowest above it."""
    required = [
        draft.level
        for draft in drafts
        if draft.kind == "education" and draft.level and draft.necessity == "required"
    ]
    least = min(required, default="")
    kept: list[Requirement] = []
    taken: set[str] = set()
    for draft in sorted(drafts, key=lambda one: one.level or "" if one.kind == "education" else ""):
        if draft.kind == "education" and draft.level:
            is_least = draft.necessity == "required" and draft.level == least
            is_more = draft.necessity == "preferred" and draft.level > least
            if draft.necessity in taken or not (is_least or is_more):
                continue
            taken.add(draft.necessity)
        kept.append(draft)
    return [draft for draft in drafts if any(draft is one for one in kept)]
