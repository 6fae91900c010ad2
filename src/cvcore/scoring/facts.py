"""What a CV shows: each skill, title, degree and language with its words, its place and its months.

Reading a CV depends on nothing but the CV and the month; the last ones read are kept, because one
CV is often scored against many offers.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from typing import Literal

import msgspec

from cvcore.cv.model import Cv
from cvcore.cv.text import TextAt, texts
from cvcore.scoring.dates import Span, span_of
from cvcore.scoring.overlap import SpokenWords, spoken_words
from cvcore.skills import Found, find_skills, lexicon

Place = Literal["job", "job_list", "undated", "undated_list", "profile", "study", "list"]
"""Where a word stands: told of a dated job or project, or only listed there; the same without
dates; in the headline or summary; among studies and certificates; in a list of skills."""

KEPT_MAX = 512
_LIST_SHARE = 0.5
_LIST_TERMS_MIN = 3
_QUOTE_LETTERS_MAX = 160
_SKIPPED = ("references", "basics.name", "basics.location", "basics.profiles")


class Hit(msgspec.Struct, frozen=True):
    """A term in a text of the CV: characters `start` to `end` (half-open) of the text at `path`."""

    term: str
    kind: str
    path: str
    start: int
    end: int
    quote: str
    place: Place
    span: Span | None
    is_title_field: bool = False


class Facts(msgspec.Struct, frozen=True):
    """What a CV shows, as of month `at`."""

    at: int
    texts: dict[str, str]
    places: dict[str, Place]
    spoken: dict[str, SpokenWords]
    hits: dict[str, tuple[Hit, ...]]
    families: dict[str, tuple[tuple[Hit, ...], ...]]
    titles: tuple[Hit, ...]
    positions: tuple[Hit, ...]
    jobs: tuple[tuple[str, Span], ...]


_kept: OrderedDict[tuple[int, int], tuple[Cv, Facts]] = OrderedDict()


def facts_of(cv: Cv, *, at: int) -> Facts:
    """What `cv` shows, as of month `at` (counted from the year 0)."""
    key = (id(cv), at)
    known = _kept.get(key)
    if known is not None and known[0] is cv:
        return known[1]
    facts = _read(cv, at)
    _kept[key] = (cv, facts)
    while len(_kept) > KEPT_MAX:
        _kept.popitem(last=False)
    return facts


def _read(cv: Cv, at: int) -> Facts:
    spans = _spans(cv, at)
    said = [each for each in texts(cv) if _speaks(each)]
    hits: dict[str, list[Hit]] = {}
    places: dict[str, Place] = {}
    positions: list[Hit] = []
    for each in said:
        item = _item(each.path)
        field = each.path.removeprefix(item).lstrip(".")
        span = spans.get(item)
        found = find_skills(each.text)
        if field == "institution":
            found = [one for one in found if _is_of_studies(one)]
        place = places[each.path] = _place(each, span, found)
        is_title = field in ("position", "label") or field.startswith("roles")
        if is_title:
            positions.append(_hit("", "title", each, 0, len(each.text), place, span, is_title=True))
        for one in found:
            hit = _hit(
                one.skill, one.kind, each, one.start, one.end, place, span, is_title=is_title
            )
            hits.setdefault(one.skill, []).append(hit)
    every = {term: tuple(many) for term, many in hits.items()}
    return Facts(
        at=at,
        texts={each.path: each.text for each in said},
        places=places,
        spoken={each.path: spoken_words(each.text) for each in said},
        hits=every,
        families=_families(every),
        titles=tuple(hit for many in every.values() for hit in many if hit.kind == "title"),
        positions=tuple(positions),
        jobs=tuple((path, span) for path, span in spans.items() if path.startswith("work")),
    )


def _families(hits: dict[str, tuple[Hit, ...]]) -> dict[str, tuple[tuple[Hit, ...], ...]]:
    """The hits of each hard skill, by the skill's family, skills in the order of their ids."""
    found: dict[str, list[tuple[Hit, ...]]] = {}
    for skill in sorted(hits):
        term = lexicon().get(skill)
        if term is not None and term.kind == "hard":
            found.setdefault(term.family, []).append(hits[skill])
    return {family: tuple(many) for family, many in found.items()}


def _hit(
    term: str,
    kind: str,
    each: TextAt,
    start: int,
    end: int,
    place: Place,
    span: Span | None,
    *,
    is_title: bool,
) -> Hit:
    quote = _quote(each.text, start, end)
    return Hit(term, kind, each.path, start, end, quote, place, span, is_title)


def _spans(cv: Cv, at: int) -> dict[str, Span]:
    """The months of each dated job, post and project, by its path."""
    dated = [
        (f"{section}[{item.id}]", span_of(item.start_date, item.end_date, at=at))
        for section in ("work", "volunteer", "projects")
        for item in getattr(cv, section)
    ]
    return {path: span for path, span in dated if span is not None}


def _speaks(each: TextAt) -> bool:
    """Whether a text can prove anything: names, contacts, dates, employers and referees cannot."""
    if each.kind in ("name", "contact", "date") or each.path.startswith(_SKIPPED):
        return False
    section, _, field = each.path.partition("].")
    is_employer = section.startswith(("work[", "volunteer[")) and field in (
        "name",
        "organization",
        "location",
    )
    return not is_employer


def _is_of_studies(one: Found) -> bool:
    """Whether a school's name may hold the term: a reader may leave the degree in it."""
    term = lexicon().get(one.skill)
    return one.kind == "degree" or (term is not None and term.family.startswith("field-"))


def _item(path: str) -> str:
    return path.partition("]")[0] + "]" if "]" in path else path.partition(".")[0]


def _place(each: TextAt, span: Span | None, found: list[Found]) -> Place:
    section = re.split(r"[\[.]", each.path, maxsplit=1)[0]
    if section in ("skills", "interests", "languages"):
        return "list"
    is_list = _is_list(each.text, found)
    if section in ("work", "volunteer", "projects"):
        if span is not None:
            return "job_list" if is_list else "job"
        return "undated_list" if is_list else "undated"
    if is_list:
        return "list"
    return (
        "study" if section in ("education", "certificates", "awards", "publications") else "profile"
    )


def _is_list(text: str, found: list[Found]) -> bool:
    """Whether a text names skills and says nothing else about them."""
    terms = [one for one in found if one.kind in ("hard", "soft", "language")]
    if not terms:
        return False
    named = sum(one.end - one.start for one in terms)
    letters = sum(letter.isalnum() for letter in text)
    few = _LIST_SHARE if len(terms) >= _LIST_TERMS_MIN else 0.75
    return named >= few * letters


def _quote(text: str, start: int, end: int) -> str:
    """The sentence around a term, at most 160 letters, cut between words, letter for letter."""
    begin = max(text.rfind(cut, 0, start) for cut in (". ", "\n", "; ")) + 1
    after = [place for cut in (". ", "\n", "; ") if (place := text.find(cut, end)) >= 0]
    stop = min(after, default=len(text))
    if stop - begin > _QUOTE_LETTERS_MAX:
        room = max(_QUOTE_LETTERS_MAX - (end - start), 0) // 2
        begin = max(begin, text.find(" ", max(start - room, 0), start) + 1 or start)
        begin = begin if begin <= start and start - begin <= room else start
        cut = text.rfind(" ", end, end + room)
        stop = min(stop, max(cut, end))
    return text[begin:stop].strip() or text[start:end]
