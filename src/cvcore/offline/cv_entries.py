"""A section's lines told apart into entries, each with a head and a body."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal

import msgspec

from cvcore.offline.cv_contact import urls_in
from cvcore.offline.cv_dates import find_dates, is_dates_only, is_duration, without_dates
from cvcore.offline.cv_heads import Head, read_head
from cvcore.offline.cv_outline import look_of
from cvcore.offline.cv_pieces import Order
from cvcore.offline.cv_text import TextLine, is_bullet, unbulleted
from cvcore.offline.cv_words import begins_with_verb, is_place

HEAD_LINES_MAX = 5
HEAD_WORDS_MAX = 16

Mark = Literal["date", "head", "body"]


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One job, course of study or project: its head as read and the lines below it."""

    head: Head
    lines: tuple[TextLine, ...]
    body: tuple[TextLine, ...]


def entries_of(lines: Sequence[TextLine], *, of: Literal["work", "education"]) -> list[Entry]:
    """The entries of a section of work or education, in order; every line is in one of them."""
    lines = _unbulleted_heads(lines)
    marks = _marks(lines)
    starts = _starts(lines, marks)
    if not starts:
        return []
    if starts[0] > 0:
        starts = (
            [0, *starts]
            if any(mark == "body" for mark in marks[: starts[0]])
            else [
                0,
                *starts[1:],
            ]
        )
    chunks = [lines[a:b] for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]
    marked = [marks[a:b] for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]
    order = _order(chunks, marked, of)
    return [_entry(chunk, mark, of, order) for chunk, mark in zip(chunks, marked, strict=True)]


def is_date_line(line: TextLine) -> bool:
    """Whether a line dates an entry: a date that stands apart, not one in a sentence."""
    text = line.text.strip()
    spans = find_dates(text)
    if not spans or len(text) > 160:
        return False
    rest = without_dates(text, spans)
    if len(rest.split()) > HEAD_WORDS_MAX:
        return False
    if any(span.is_range for span in spans):
        return not (text.endswith(".") and len(rest.split()) > 10)
    first, last = spans[0], spans[-1]
    at_edge = first.at <= 2 or last.until >= len(text.rstrip(" .,;)")) or "\t" in text
    return (
        at_edge and not (text.endswith(".") and len(rest.split()) > 6) and len(rest.split()) <= 14
    )


def _marks(lines: Sequence[TextLine]) -> list[Mark]:
    body = _body_style(lines)
    return [_mark(line, body) for line in lines]


def _mark(line: TextLine, body: tuple[object, ...] | None) -> Mark:
    text = line.text.strip()
    if is_bullet(text):
        return "body"
    if is_date_line(line):
        return "date"
    words = text.split()
    is_sentence = (
        text.endswith(".") and len(words) > 5 and not text.endswith(("Inc.", "Ltd.", "Co."))
    )
    if (
        text[:1].islower()
        or len(words) > HEAD_WORDS_MAX
        or is_sentence
        or text.endswith((";", ":"))
    ):
        return "body"
    is_apart = bool(line.style) and body is not None and look_of(line) != body
    if begins_with_verb(text) and not is_apart:
        return "body"
    return "head"


def _body_style(lines: Sequence[TextLine]) -> tuple[object, ...] | None:
    """How the running text of the section is set."""
    weight: Counter[tuple[object, ...]] = Counter()
    for line in lines:
        if line.style and (is_bullet(line.text) or len(line.text) > 60):
            weight[look_of(line)] += len(line.text)
    return weight.most_common(1)[0][0] if weight else None


def _starts(lines: Sequence[TextLine], marks: list[Mark]) -> list[int]:
    """Where each entry begins: its date line, or as many lines above it as in the first entry."""
    if lines and lines[0].level:
        return [n for n, line in enumerate(lines) if line.level == lines[0].level]
    anchors = _anchors(lines, marks)
    if not anchors:
        return _starts_by_look(lines, marks)
    runs = [
        _run_above(marks, lines, anchor, anchors[n - 1] if n else -1)
        for n, anchor in enumerate(anchors)
    ]
    above = min(runs[0], HEAD_LINES_MAX - 1)
    first = look_of(lines[anchors[0] - above])
    starts = [anchors[0] - above]
    for anchor, run in zip(anchors[1:], runs[1:], strict=True):
        starts.append(_start(lines, anchor, run, above, first))
    return starts


def _start(
    lines: Sequence[TextLine], anchor: int, run: int, above: int, first: tuple[object, ...]
) -> int:
    usual = anchor - min(above, run)
    if lines[anchor].style and look_of(lines[usual]) != first:
        alike = [at for at in range(anchor - run, anchor + 1) if look_of(lines[at]) == first]
        if alike:
            return min(alike, key=lambda at: abs(at - usual))
    gaps = [at for at in range(anchor - run, anchor + 1) if lines[at].gap > 0.9]
    if gaps and usual not in gaps and abs(gaps[-1] - usual) <= 1:
        return gaps[-1]
    return usual


def _anchors(lines: Sequence[TextLine], marks: list[Mark]) -> list[int]:
    """The lines that date an entry each: of two in one head, the first."""
    dated = [n for n, mark in enumerate(marks) if mark == "date"]
    found: list[int] = []
    ranged = {n for n in dated if any(span.is_range for span in find_dates(lines[n].text))}
    if ranged and len(ranged) * 2 > len(dated):
        dated = [n for n in dated if n in ranged or _is_alone(lines, n, found, marks)]
    for n in dated:
        if found and n - found[-1] <= 2 and _same_head(lines, marks, found[-1], n):
            continue
        found.append(n)
    return found


def _is_alone(lines: Sequence[TextLine], at: int, _found: list[int], marks: list[Mark]) -> bool:
    """A single date counts as well where it stands in a cell of its own or below running text."""
    text = lines[at].text
    cells = text.split("\t")
    if any(is_dates_only(cell) for cell in cells):
        return True
    return at == 0 or marks[at - 1] == "body"


def _same_head(lines: Sequence[TextLine], marks: list[Mark], first: int, second: int) -> bool:
    """Two date lines of one head: a date alone right below one that names something."""
    between = marks[first + 1 : second]
    if any(mark == "body" for mark in between) or lines[second].gap > 0.9:
        return False
    return (
        is_dates_only(lines[second].text)
        and not is_dates_only(lines[first].text)
        and (not any(span.is_range for span in find_dates(lines[first].text)))
    )


def _run_above(marks: list[Mark], lines: Sequence[TextLine], anchor: int, previous: int) -> int:
    run = 0
    at = anchor - 1
    while at > previous and marks[at] == "head" and run < HEAD_LINES_MAX:
        run += 1
        if lines[at].gap > 1.4 and lines[at].gap > lines[anchor].gap and run >= 1:
            break
        at -= 1
    return run


def _starts_by_look(lines: Sequence[TextLine], marks: list[Mark]) -> list[int]:
    """Without any date: lines set like the first one, or those after a gap, begin an entry."""
    if not lines:
        return []
    first = look_of(lines[0])
    if lines[0].style:
        alike = [
            n for n, line in enumerate(lines)
            if look_of(line) == first and marks[n] != "body"
            and (n == 0 or marks[n - 1] == "body" or line.gap > 0.3)
        ]  # fmt: skip
        others = sum(look_of(line) != first for line in lines)
        if alike and alike[0] == 0 and others:
            return alike
    gaps = [n for n, line in enumerate(lines) if n == 0 or (line.gap > 0.5 and marks[n] == "head")]
    return gaps or [0]


def _unbulleted_heads(lines: Sequence[TextLine]) -> list[TextLine]:
    """Where the entries themselves are the bullets, the lines without their marks."""
    plain = any(is_date_line(line) and not is_bullet(line.text) for line in lines)
    if plain or not any(is_bullet(line.text) for line in lines):
        return list(lines)
    return [
        msgspec.structs.replace(line, text=unbulleted(line.text))
        if is_bullet(line.text) and is_date_line(line)
        else line
        for line in lines
    ]


def _order(
    chunks: Sequence[Sequence[TextLine]],
    marks: Sequence[list[Mark]],
    of: Literal["work", "education"],
) -> Order:
    """What most heads of the section begin with, as far as their words say."""
    votes: Counter[Order] = Counter()
    for chunk, mark in zip(chunks, marks, strict=True):
        head = _split(chunk, mark, of, "title")[0]
        if head.order:
            votes[head.order] += 1
    return votes.most_common(1)[0][0] if votes else "title"


def _entry(
    lines: Sequence[TextLine], marks: list[Mark], of: Literal["work", "education"], order: Order
) -> Entry:
    head, count = _split(lines, marks, of, order)
    return Entry(head=head, lines=tuple(lines[:count]), body=tuple(lines[count:]))


def _split(
    lines: Sequence[TextLine], marks: list[Mark], of: Literal["work", "education"], order: Order
) -> tuple[Head, int]:
    """The head of an entry and how many lines it takes: up to its date, and on until title and
    organisation are known."""
    anchor = next((n for n, mark in enumerate(marks) if mark == "date"), None)
    if anchor is None or anchor >= HEAD_LINES_MAX or "body" in marks[:anchor]:
        anchor = -1 if marks and marks[0] == "body" else 0
    count = anchor + 1
    head = read_head([line.text for line in lines[:count]], of=of, order=order)
    while count < min(len(lines), anchor + 1 + HEAD_LINES_MAX):
        line = lines[count]
        if not _belongs(head, line, marks[count], lines[count - 1] if count else None):
            break
        count += 1
        head = read_head([one.text for one in lines[:count]], of=of, order=order)
    return head, count


def _belongs(head: Head, line: TextLine, mark: Mark, above: TextLine | None) -> bool:
    text = line.text.strip()
    if is_bullet(text) or (above is not None and line.gap > 1.6):
        return False
    if is_duration(text) or (head.dates is None and is_dates_only(text)):
        return True
    if head.place is None and all(is_place(cell) for cell in text.split("\t")):
        return True
    if head.url is None and urls_in(text) and len(text.split()) <= 2:
        return True
    if is_dates_only(text) and above is not None and line.page == above.page and not line.gap > 0.9:
        return True
    return mark != "body" and not (head.title and head.organisation)
