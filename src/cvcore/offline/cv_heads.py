"""The head of an entry taken apart: who, as what, where and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

import msgspec

from cvcore.offline.cv_contact import without_url
from cvcore.offline.cv_dates import DateSpan, find_dates, is_duration, without_dates
from cvcore.offline.cv_words import (
    degree_words,
    folded,
    institution_words,
    is_known_place,
    is_place,
    is_state,
    organisation_words,
    title_strength,
    title_words,
)

Order = Literal["title", "organisation"]
"""What stands first in the heads of a section."""

_CELLS = re.compile(r"\t|\s*[|•·]\s+|\s+[|•·]\s*|\s{3,}|\s*[●◦▪■⋄◆¦]\s*|\s+/{2}\s+")
_AT = re.compile(
    r"\s+(?:@|at|chez|bei|at the|au sein de|au sein du|pour le compte de)\s+", re.IGNORECASE
)
_DASH = re.compile(
    r"(?:\s+[-–—−]+\s+|\s*[–—]\s*(?=[A-ZÀ-Ý])|(?<=[a-zé)])\s?:\s+|\s*[»>]\s+)(?![^()]*\))"
)
_COMMA = re.compile(r",\s+(?![^()]*\))")
_LEGAL = re.compile(
    r"^(?:inc|ltd|llc|llp|corp|co|plc|gmbh|jr|sr|s\.?a\.?|sas|sarl|pvt|pte)\b", re.IGNORECASE
)
_TIDY = " \t,;:|•·–—-/"
_NOTE = re.compile(
    r"^\(?(?:full[\s-]?time|part[\s-]?time|contract|freelance|internship|temps plein|temps partiel|cdi|cdd|stage|alternance|"
    r"intérim|vollzeit|teilzeit|remote|hybrid|on-?site|permanent|temporary|self-employed|project employment)\)?$",
    re.IGNORECASE,
)
_DATE_LABEL = re.compile(
    r"^(?:(?:expected|anticipated|expected date of)\s+)?(?:graduation|graduated|graduating|completed|obtained|"
    r"date|dates|period|duration|obtention|diplômée?|période|zeitraum|abschluss)(?:\s+(?:date|in|en))?$",
    re.I,
)
_PLACE_LABEL = re.compile(r"^\s*(?:location|lieu|ort|place|ville|city)\s*:\s*(\S.*)$", re.I)
_LABEL = re.compile(
    r"^\s*(?:dates?|period|période|zeitraum|duration|durée|dauer|position|poste|role|title|company|employer|"
    r"entreprise|employeur|firma|designation|intitulé)\s*:\s*(?=\S)",
    re.I,
)
_STUDY_JOINT = re.compile(
    r"\s+(?:in|en|im)\s+(?=\S)|(?<=[a-z])\s*:\s+|\s+[-–—]\s+|,\s+|\s+(?:of|de)\s+(?=(?:Computer|Software|Information|Electr)\w*)",
)


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """What the head of an entry says; what fits nowhere is in `rest`, in order."""

    title: str | None = None
    organisation: str | None = None
    place: str | None = None
    dates: DateSpan | None = None
    url: str | None = None
    rest: tuple[str, ...] = ()
    order: Order | None = None


class Cell(msgspec.Struct, frozen=True):
    """One piece of a head: its text and the line it stands on."""

    text: str
    line: int


def read_head(lines: Sequence[str], *, of: Literal["work", "education"], order: Order) -> Head:
    """The head of a job or of studies; `order` decides where the words alone do not."""
    cells: list[Cell] = []
    spans: list[DateSpan] = []
    url: str | None = None
    labelled_place: str | None = None
    for number, line in enumerate(one.replace("\u00ad", "") for one in lines):
        found = find_dates(line)
        spans += found
        text = without_dates(line, found)
        one, rest = without_url(text)
        if one and url is None:
            if (
                not (rest := rest.strip(_TIDY + "()"))
                or one.startswith(("http", "www"))
                or "/" in one
            ):
                url, text = one, rest
        for raw in _CELLS.split(text):
            if match := _PLACE_LABEL.match(raw):
                labelled_place = match.group(1).strip()
            elif part := _tidy(_LABEL.sub("", raw)):
                cells.append(Cell(part, number))
    place, cells, notes = _places_taken(cells)
    place = place or labelled_place
    sort = _work_cells if of == "work" else _education_cells
    title, organisation, rest, seen = sort(cells, order)
    if place is None and organisation is not None:
        organisation, place = _place_at_end(organisation)
    if place is None and title is not None:
        title, place = _place_at_end(title)
    return Head(
        title=title, organisation=organisation, place=place, dates=_merged(spans), url=url,
        rest=(*rest, *notes), order=seen,
    )  # fmt: skip


def split_study(text: str) -> tuple[str, str | None]:
    """A course of study as (degree, field): `PhD in Computer Science` is both."""
    for match in _STUDY_JOINT.finditer(text):
        degree, area = text[: match.start()].strip(), text[match.end() :].strip()
        if degree and area and degree_words(degree):
            return degree, area
    tokens = text.split()
    if len(tokens) > 2 and degree_words(tokens[0]) and tokens[1].isdigit():
        return " ".join(tokens[:2]), " ".join(tokens[2:])
    if (
        len(tokens) > 1
        and degree_words(tokens[0])
        and not degree_words(tokens[1])
        and (len(tokens[0]) <= 6 or "." in tokens[0])
        and folded(tokens[1]) not in ("of", "de", "in", "d", "degree")
    ):
        return tokens[0].rstrip(","), " ".join(tokens[1:])
    return text, None


def _tidy(text: str) -> str:
    text = text.strip(_TIDY)
    while text and (text.count("(") != text.count(")")):
        if text.endswith("("):
            text = text[:-1].strip(_TIDY)
        elif text.startswith(")"):
            text = text[1:].strip(_TIDY)
        elif text.count("(") > text.count(")"):
            text = text + ")" if text.rfind("(") > text.rfind(")") and len(text) < 200 else text[1:]
            if text.count("(") != text.count(")"):
                break
        else:
            text = text.replace(")", "", 1).strip(_TIDY)
    text = re.sub(r"\(\s*\)", "", text).strip(_TIDY)
    if text.startswith("(") and text.endswith(")") and text.count("(") == 1:
        text = text[1:-1].strip(_TIDY)
    return "" if is_duration(text) or _DATE_LABEL.match(text) else text


def _merged(spans: list[DateSpan]) -> DateSpan | None:
    """One span out of those of a head: a range as it stands, two single dates as a range."""
    if not spans:
        return None
    for span in spans:
        if span.is_range:
            return span
    if len(spans) >= 2 and (spans[0].start or "") <= (spans[1].start or ""):
        first, last = spans[0], spans[1]
        return DateSpan(first.start, last.start, False, True, first.at, last.until)
    return spans[0]


def _places_taken(cells: list[Cell]) -> tuple[str | None, list[Cell], list[str]]:
    """The place among the cells and the cells without it; notes such as `Full-time` apart."""
    place: str | None = None
    kept: list[Cell] = []
    notes: list[str] = []
    for cell in cells:
        text = cell.text
        if _NOTE.match(text) and len(cells) > 2:
            notes.append(text.strip("()"))
            continue
        if place is None and len(cells) > 1 and is_place(text) and not organisation_words(text):
            place = text
            continue
        bracket = re.search(r"\s*\(([^()]+)\)$", text)
        if place is None and bracket and is_place(bracket.group(1)):
            place, text = bracket.group(1), text[: bracket.start()]
        if text:
            kept.append(Cell(text, cell.line))
    if place is None and len(kept) >= 3:
        kept, place = _place_by_look(kept)
    return place, kept, notes


def _place_by_look(cells: list[Cell]) -> tuple[list[Cell], str | None]:
    for index, cell in enumerate(cells[1:], 1):
        parts = [part.strip() for part in cell.text.split(",")]
        is_short = all(part and part[0].isupper() and len(part.split()) <= 3 for part in parts)
        if len(parts) == 2 and is_short and not _is_named(cell.text):
            return cells[:index] + cells[index + 1 :], cell.text
    return cells, None


def _is_named(text: str) -> bool:
    return bool(
        title_words(text)
        or organisation_words(text)
        or institution_words(text)
        or degree_words(text)
    )


def _place_at_end(text: str) -> tuple[str, str | None]:
    """A name and the place that follows it after a comma or a dash."""
    parts = [part.strip() for part in re.split(r"(?:,\s+|\s+[-–—]\s+)(?![^()]*\))", text)]
    for count in (3, 2, 1):
        if len(parts) <= count:
            continue
        tail, last = parts[-count:], parts[-1]
        if any(
            _is_named(part) and not is_known_place(part) and not is_state(part) for part in tail
        ):
            continue
        if count > 1 and not (is_state(last) or is_known_place(last)):
            continue
        if count == 1 and not is_known_place(last):
            continue
        if count == 3 and not all(is_known_place(part) or is_state(part) for part in tail[1:]):
            continue
        at = text.rfind(tail[0], 0, len(text)) if count == 1 else text.find(tail[0], len(parts[0]))
        return text[:at].strip(_TIDY), text[at:].strip(_TIDY)
    return text, None


def _work_cells(
    cells: list[Cell], order: Order
) -> tuple[str | None, str | None, tuple[str, ...], Order | None]:
    if not cells:
        return None, None, (), None
    if len(cells) == 1:
        return _one_cell(cells[0].text, order)
    scores = [title_strength(cell.text) for cell in cells]
    best = max(range(len(cells)), key=lambda n: (scores[n], -n))
    if scores[best] > 0:
        both = _both_in_one(cells[best].text)
        if both and not any(organisation_words(c.text) for n, c in enumerate(cells) if n != best):
            others = tuple(cell.text for n, cell in enumerate(cells) if n != best)
            return both[0], both[1], others, both[2]
        others_at = [n for n in range(len(cells)) if n != best]
        at = max(others_at, key=lambda n: (organisation_words(cells[n].text) > 0, -n))
    else:
        named = [n for n in range(len(cells)) if organisation_words(cells[n].text)]
        at = named[0] if named else (1 if order == "title" else 0)
        best = next(n for n in range(len(cells)) if n != at)
    rest = tuple(cell.text for n, cell in enumerate(cells) if n not in (at, best))
    is_sure = scores[best] > 0 or bool(organisation_words(cells[at].text))
    seen: Order | None = ("title" if best < at else "organisation") if is_sure else None
    return cells[best].text, cells[at].text, rest, seen


def _one_cell(
    text: str, order: Order
) -> tuple[str | None, str | None, tuple[str, ...], Order | None]:
    both = _both_in_one(text)
    if both:
        return both[0], both[1], (), both[2]
    titled, organised = title_words(text), organisation_words(text)
    if titled and title_strength(text) > 0:
        return text, None, (), None
    if organised:
        return None, text, (), None
    parts = [part for part in re.split(r",\s+|\s+[-–—]\s+", text) if part]
    if len(parts) >= 2 and not is_place(text):
        name, place = _place_at_end(text)
        parts = [part for part in re.split(r",\s+|\s+[-–—]\s+", name) if part]
        if len(parts) >= 2:
            at = text.find(parts[1], len(parts[0]))
            first, second = text[:at].strip(_TIDY), text[at:].strip(_TIDY)
            return (first, second, (), None) if order == "title" else (second, first, (), None)
        del place
    return (text, None, (), None) if order == "title" else (None, text, (), None)


def _both_in_one(text: str) -> tuple[str, str, Order] | None:
    """Title and organisation within one piece of text, where the words tell them apart."""
    if match := _AT.search(text):
        first, second = text[: match.start()].strip(_TIDY), text[match.end() :].strip(_TIDY)
        if first and second and title_words(first):
            return first, second, "title"
    if match := re.match(r"^(.+?)\s*\(([^()]+)\)$", text):
        first, second = match.group(1), match.group(2)
        if (
            title_words(first) > 0
            and not title_words(second)
            and not is_place(second)
            and (second[0].isupper() and len(second) > 3)
        ):
            return first, second, "title"
    for pattern in (_DASH, _COMMA):
        if found := _split_by(pattern, text):
            return found
    return None


def _split_by(pattern: re.Pattern[str], text: str) -> tuple[str, str, Order] | None:
    best: tuple[float, str, str, Order] | None = None
    for match in pattern.finditer(text):
        first, second = text[: match.start()].strip(_TIDY), text[match.end() :].strip(_TIDY)
        if not first or not second or (_LEGAL.match(second) and len(second) < 8):
            continue
        plain = _place_at_end(second)[0]
        if is_known_place(plain) or is_state(plain) or is_place(second):
            continue
        one = title_strength(first)
        two = title_strength(plain)
        apart = abs(one - two)
        if apart < 1.0 or (one > 0 and two > 0) or (best is not None and apart <= best[0]):
            continue
        if one > two:
            best = (apart, first, second, "title")
        else:
            best = (apart, second, first, "organisation")
    return (best[1], best[2], best[3]) if best else None


def _education_cells(
    cells: list[Cell], order: Order
) -> tuple[str | None, str | None, tuple[str, ...], Order | None]:
    pieces: list[str] = []
    for cell in cells:
        if len(cells) == 1 and (around := _place_between(cell.text)):
            pieces += around
            continue
        pieces += _study_pieces(cell.text) if _is_mixed(cell.text, len(cells)) else [cell.text]
    if not pieces:
        return None, None, (), None
    schools = [n for n, piece in enumerate(pieces) if _school(piece) > 0]
    degrees = [n for n, piece in enumerate(pieces) if degree_words(piece) and n not in schools[:1]]
    school = schools[0] if schools else None
    degree = next((n for n in degrees if n != school), None)
    left = [n for n in range(len(pieces)) if n not in (school, degree)]
    if school is None and left and (degree is not None or len(pieces) > 1):
        school = _likely_school(pieces, left, degree, order)
        left = [n for n in left if n != school]
    if degree is None and left:
        degree = left.pop(0)
    if school is None and degree is not None and not degree_words(pieces[degree]):
        school, degree = degree, None
    title = pieces[degree] if degree is not None else None
    area = [n for n in left if degree is not None and not is_place(pieces[n])]
    if title and area and split_study(title)[1] is None and len(pieces[area[0]]) < 80:
        title, left = f"{title}, {pieces[area[0]]}", [n for n in left if n != area[0]]
    rest = tuple(pieces[n] for n in left)
    organisation = pieces[school] if school is not None else None
    if title and organisation and split_study(title)[1] is None:
        title, organisation = _field_after_school(title, organisation)
    seen: Order | None = None
    if degree is not None and school is not None:
        seen = "title" if degree < school else "organisation"
    return title, organisation, rest, seen


def _field_after_school(title: str, organisation: str) -> tuple[str, str]:
    """`PhD` and `Princeton University, Computer Science`: the field belongs to the degree."""
    match = re.match(r"^(.+?),\s+([^,]+)$", organisation)
    if match and institution_words(match.group(1)) and not is_place(match.group(2)):
        if not institution_words(match.group(2)) and len(match.group(2).split()) > 1:
            return f"{title}, {match.group(2)}", match.group(1)
    return title, organisation


def _place_between(text: str) -> list[str] | None:
    """`BBA Mumbai, Maharashtra Example College`: what stands before the place and after it."""
    for match in re.finditer(r"\s([A-Z]\w+),\s([A-Z]\w+(?:\s[A-Z]\w+)?)\s+(?=[A-Za-z])", text):
        for state in (match.group(2), match.group(2).split()[0]):
            before, at = text[: match.start()], match.start(2) + len(state)
            if is_known_place(state) and before.strip() and text[at:].strip():
                return [before.strip(), text[at:].strip(), f"{match.group(1)}, {state}"]
    return None


def _school(text: str) -> int:
    return 2 * institution_words(text) - (degree_words(text) if institution_words(text) else 0)


def _likely_school(pieces: list[str], left: list[int], degree: int | None, order: Order) -> int:
    named = [n for n in left if organisation_words(pieces[n])]
    if named:
        return named[0]
    if degree is not None:
        return left[-1] if degree == 0 and len(left) > 1 else left[0]
    return left[0] if order == "organisation" else left[-1]


def _is_mixed(text: str, count: int) -> bool:
    has_both = bool(institution_words(text)) and bool(degree_words(text))
    return has_both or (count == 1 and bool(re.search(r",\s|\s[-–—]\s|\s\(", text)))


def _study_pieces(text: str) -> list[str]:
    """A text that names a degree and a school, cut between them."""
    if match := re.match(r"^(.+?)\s*\(([^()]+)\)$", text):
        if institution_words(match.group(2)) and not institution_words(match.group(1)):
            return [match.group(1), match.group(2)]
    parts = [
        part
        for part in re.split(
            r"(\s+[-–—]\s+(?![^()]*\))|,\s+(?![^()]*\))|\s+(?:at|à l[’']|chez|an der)\s+)", text
        )
    ]
    groups: list[tuple[str, str]] = []
    for n in range(0, len(parts), 2):
        part, joint = parts[n], parts[n - 1] if n else ""
        kind = "school" if _school(part) > 0 else "degree" if degree_words(part) else ""
        if groups and (not kind or kind == groups[-1][0]):
            groups[-1] = (groups[-1][0] or kind, groups[-1][1] + joint + part)
        else:
            groups.append((kind, part))
    pieces: list[str] = []
    for kind, piece in groups:
        first, _, rest = piece.partition(" ")
        is_led = kind == "school" and rest and degree_words(first) and len(first) <= 5
        pieces += [first, rest] if is_led else [piece]
    return [piece.strip(_TIDY) for piece in pieces if piece.strip(_TIDY)]
