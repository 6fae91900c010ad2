"""The sections of a CV that are lists: skills, languages, interests, certificates, references."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from cvcore.cv.model import (
    ID_PREFIX,
    Award,
    Certificate,
    Interest,
    Language,
    Line,
    Publication,
    Reference,
)
from cvcore.offline.cv_body import paragraphs_of
from cvcore.offline.cv_contact import urls_in
from cvcore.offline.cv_dates import find_dates, is_dates_only, without_dates
from cvcore.offline.cv_language import fluency_at, is_language_list, language_word
from cvcore.offline.cv_name import looks_like_name
from cvcore.offline.cv_outline import look_of
from cvcore.offline.cv_text import TextLine, is_bullet, unbulleted

END = " \t,;|•·-–—/"
SENTENCE_WORDS_MIN = 12
_KEYWORDS = re.compile(
    r"^\W{0,3}(?:keywords?|key words|mots[- ]cl[ée]s|schlagw(?:ö|oe)rter|stichw(?:ö|oe)rter)"
    r"\s*:\s*(?=\S)",
    re.IGNORECASE,
)
_COMMA = re.compile(r"[,;\t](?![^()]*\))")
_SPLIT = re.compile(r"\s*[,;|•·●▪◦■⋄◆]\s*(?![^()]*\))|\t+|\s+/\s+|\.\s+(?=[A-Z])")


def languages_of(lines: Sequence[TextLine]) -> list[Language]:
    """The spoken languages with how well, as written."""
    found: list[tuple[str, str | None]] = []
    for paragraph in paragraphs_of(lines, is_list=True):
        for part in _language_parts(paragraph.text):
            at = language_word(part)
            if at is None and found and found[-1][1] is None:
                found[-1] = (found[-1][0], part)
                continue
            if at is None:
                found.append((part, None))
                continue
            found.append(_language(part, at))
    return [
        Language(id=f"{ID_PREFIX['languages']}{n}", language=name, fluency=fluency)
        for n, (name, fluency) in enumerate(found, 1)
    ]


def interests_of(lines: Sequence[TextLine]) -> list[Interest]:
    """The interests, one by one; a sentence stays whole."""
    found: list[str] = []
    for paragraph in paragraphs_of(lines, is_list=True):
        is_sentence = len(paragraph.text) > 90 and len(items_of(paragraph.text)) < 4
        found += [paragraph.text] if is_sentence else items_of(paragraph.text)
    return [Interest(id=f"{ID_PREFIX['interests']}{n}", name=one) for n, one in enumerate(found, 1)]


def references_of(lines: Sequence[TextLine]) -> list[Reference]:
    """The references: who speaks for the person, with what stands below the name; without names a
    paragraph each."""
    starts = _named_lines(lines)
    unnamed = lines[: starts[0]] if starts else lines
    told: list[tuple[str | None, str | None]] = [(None, one.text) for one in paragraphs_of(unnamed)]
    for start, end in itertools.pairwise([*starts, len(lines)]):
        below = [one.text.replace("\t", " ") for one in paragraphs_of(lines[start + 1 : end])]
        told.append((unbulleted(lines[start].text), "\n".join(below) or None))
    return [
        Reference(id=f"{ID_PREFIX['references']}{n}", name=name, reference=text)
        for n, (name, text) in enumerate(told, 1)
    ]


def _named_lines(lines: Sequence[TextLine]) -> list[int]:
    """The lines that are the name of whoever speaks: headings of their own, or names set alike."""
    if any(line.level for line in lines):
        least = min(line.level for line in lines if line.level)
        return [n for n, line in enumerate(lines) if line.level == least]
    named = [n for n, line in enumerate(lines) if looks_like_name(unbulleted(line.text))]
    if not named:
        return []
    first = look_of(lines[named[0]])
    return [n for n in named if look_of(lines[n]) == first]


def certificates_of(lines: Sequence[TextLine]) -> list[Certificate]:
    """The certificates with issuer and date, one per bullet, line or block of lines."""
    found: list[Certificate] = []
    for number, texts in enumerate(_records(lines), 1):
        date, rest, url = _dated(texts)
        name, issuer = _named(rest)
        identity = f"{ID_PREFIX['certificates']}{number}"
        found.append(Certificate(id=identity, name=name, date=date, issuer=issuer, url=url))
    return found


def awards_of(lines: Sequence[TextLine]) -> list[Award]:
    """The awards with who gave them and when; more lines than that are the summary."""
    found: list[Award] = []
    for number, texts in enumerate(_records(lines), 1):
        date, rest, url = _dated(texts)
        late = [text for text in rest if is_dates_only(text)]
        rest = [text for text in rest if text not in late]
        title, awarder = _named(rest[:2])
        summary = "\n".join([*rest[2:], *late, *([url] if url else [])]) or None
        identity = f"{ID_PREFIX['awards']}{number}"
        found.append(Award(id=identity, title=title, date=date, awarder=awarder, summary=summary))
    return found


def publications_of(lines: Sequence[TextLine]) -> list[Publication]:
    """The publications: title, publisher and date; what remains is the summary."""
    found: list[Publication] = []
    for number, texts in enumerate(_records(lines), 1):
        date, rest, url = _dated(texts)
        name, publisher = (rest[0] if rest else None), (rest[1] if len(rest) == 2 else None)
        summary = "\n".join(rest[1:]) if len(rest) > 2 else None
        identity = f"{ID_PREFIX['publications']}{number}"
        found.append(
            Publication(
                id=identity, name=name, publisher=publisher, release_date=date, url=url,
                summary=summary,
            )
        )  # fmt: skip
    return found


def keywords_in(body: Sequence[TextLine]) -> tuple[list[str], list[TextLine]]:
    """The words of a row "Keywords: a, b" below a head, and the lines without that row."""
    at = next((n for n, line in enumerate(body) if _KEYWORDS.match(line.text)), None)
    if at is None:
        return [], list(body)
    end = at + 1
    while end < len(body) and len(paragraphs_of(body[at : end + 1])) == 1:
        end += 1
    row = _KEYWORDS.sub("", paragraphs_of(body[at:end])[0].text, count=1).rstrip(". ")
    words = [word for part in _COMMA.split(row) if (word := part.strip())]
    return words, [*body[:at], *body[end:]]


def lines_of_texts(name: str, texts: Sequence[str]) -> tuple[Line, ...]:
    """`texts` as the lines of the list `name`, numbered from 1."""
    return tuple(Line(f"{ID_PREFIX[name]}{n}", text) for n, text in enumerate(texts, 1))


def _language_parts(text: str) -> list[str]:
    if len(text) > 90 and not is_language_list(text):
        return [text]
    parts = [part.strip(END) for part in re.split(r"[,;|•·\t](?![^()]*\))|\s/\s", text)]
    return [part.strip() for part in parts if part]


def _language(part: str, at: tuple[int, int]) -> tuple[str, str | None]:
    name = part[at[0] : at[1]]
    before = part[: at[0]].strip(END + ":(")
    after = part[at[1] :].strip(END + ":(")
    if after.endswith(")") and after.count("(") < after.count(")"):
        after = after[:-1]
    if before and not fluency_at(before) and not after:
        return part, None
    fluency = " ".join(one for one in (before, after) if one)
    if fluency and language_word(after) and not fluency_at(after):
        return part, None
    return name, fluency or None


def _records(lines: Sequence[TextLine]) -> list[list[str]]:
    """What belongs together: a bullet with what it wraps, or lines up to one like the first."""
    if not lines:
        return []
    if lines[0].level:
        starts = [n for n, line in enumerate(lines) if line.level == lines[0].level]
        chunks = [lines[a:b] for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]
        return [[cell for line in chunk for cell in _cells(line.text)] for chunk in chunks]
    plain = [line for line in lines if not is_bullet(line.text)]
    if not plain or (not lines[0].style and len(plain) == len(lines)):
        return [_cells(paragraph.text) for paragraph in paragraphs_of(lines)]
    first = look_of(lines[0])
    looks = {look_of(line) for line in lines}
    records: list[list[TextLine]] = []
    dated = [any(is_dates_only(cell) for cell in line.text.split("\t")) for line in lines]
    if len(lines) > 1 and sum(dated) >= 0.6 * len(lines):
        return [_cells(line.text) for line in lines]
    for number, line in enumerate(lines):
        is_next = number > 0 and look_of(line) == first and look_of(lines[number - 1]) != first
        is_next = is_next or (len(looks) == 1 and (is_bullet(line.text) or line.gap > 0.5))
        is_next = is_next or (is_bullet(line.text) and is_bullet(lines[0].text))
        if number == 0 or (is_next and not (is_bullet(line.text) and not is_bullet(lines[0].text))):
            records.append([])
        records[-1].append(line)
    return [
        [cell for paragraph in paragraphs_of(record) for cell in _cells(paragraph.text)]
        for record in records
    ]


def _cells(text: str) -> list[str]:
    return [cell.strip() for cell in text.split("\t") if cell.strip()]


def _dated(texts: Sequence[str]) -> tuple[str | None, list[str], str | None]:
    """The date in short texts taken out; the rest as it stands, and an address of a page."""
    date: str | None = None
    url: str | None = None
    rest: list[str] = []
    for told in texts:
        text = told
        spans = find_dates(text)
        if date is None and is_dates_only(text) and spans[0].is_range:
            date = spans[0].end or spans[0].start
            rest.append(text)
            continue
        if date is None and len(spans) == 1 and not spans[0].is_range and len(text) < 160:
            at_edge = spans[0].at <= 2 or spans[0].until >= len(text) - 3 or "(" in text
            if at_edge:
                date, text = spans[0].start, without_dates(text, spans)
        urls = urls_in(text)
        if url is None and urls and text.strip(END) == urls[0]:
            url = urls[0]
            continue
        rest += [part.strip(END) for part in text.split("\t") if part.strip(END)]
    return date, [unbulleted(one) for one in rest if one], url


def _named(texts: Sequence[str]) -> tuple[str | None, str | None]:
    if not texts:
        return None, None
    if len(texts) == 1:
        parts = re.split(r"(?<!\d)\s+[-–—|]\s+", texts[0], maxsplit=1)
        return (parts[0], parts[1]) if len(parts) == 2 else (texts[0], None)
    return texts[0], "; ".join(texts[1:])


def items_of(text: str) -> list[str]:
    """The items of a list in running text, brackets kept whole; a sentence is one item."""
    if len(text.split()) >= SENTENCE_WORDS_MIN:
        parts = [part for part in _SPLIT.split(text) if part]
        if len(text.split()) > 4.5 * len(parts):
            return [text.strip(END)]
    return [part for raw in _SPLIT.split(text) if raw and (part := raw.strip(END).rstrip("."))]
