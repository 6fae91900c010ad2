"""The reading order of a page from where its words stand: columns, sidebars, margins of dates.

A page is cut along its white space, recursively: into columns where two texts stand side by side,
else into bands one above the other. A narrow column of dates, places or labels that stands beside
the lines it belongs to is no column of its own: it is read together with them.
"""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Sequence

from cvcore.offline.cv_bidi import in_reading_order
from cvcore.offline.cv_body import SOFT_HYPHEN
from cvcore.offline.cv_columns import (
    Run,
    Word,
    cut_into,
    is_note,
    note_kind,
    rows_of,
    text_of,
)
from cvcore.offline.cv_sections import heading_kind
from cvcore.offline.cv_text import TextLine, clean, closed_up

"""The least width of the white space between two columns, in points."""
"""How far a heading may stand out to the left of its column, in points."""
WIDE_GAP = 1.1
"""A gap within a line, in type sizes, from which on it parts two cells."""


def lines_of_page(words: Sequence[Word], page: int, first_block: int = 0) -> list[TextLine]:
    """The lines of a page in the order a person reads them."""
    runs = _runs(words)
    blocks: list[list[Run]] = []
    cut_into(runs, blocks, 0)
    lines: list[TextLine] = []
    for number, block in enumerate(blocks, first_block):
        lines += _lines(block, page, number)
    return lines


def _runs(words: Sequence[Word]) -> list[Run]:
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda one: (one.y, one.x)):
        row = next((r for r in reversed(rows[-6:]) if _same_row(r[-1], word)), None)
        if row is None:
            rows.append([word])
        else:
            row.append(word)
    runs: list[Run] = []
    for row in rows:
        row.sort(key=lambda one: one.x)
        held: Run | None = None
        for word in row:
            if held and word.x - held.x_end <= WIDE_GAP * min(max(word.size, 5), max(held.size, 5)):
                held.words.append(word)
                held.x_end = max(held.x_end, word.x_end)
                held.size = max(held.size, word.size)
            else:
                held = Run([word], word.x, word.x_end, word.y, word.size)
                runs.append(held)
    return runs


def _same_row(one: Word, other: Word) -> bool:
    """Whether two words stand on one line: equal baselines, or an icon or index a little off."""
    return abs(one.y - other.y) <= 0.3 * min(one.size, other.size) + 0.3


def _lines(runs: list[Run], page: int, block: int) -> list[TextLine]:
    rows = _with_margins(_headings_apart(rows_of(runs)))
    right = max(row[0].x_end for row in rows)
    steps = [b[0].y - a[0].y for a, b in itertools.pairwise(rows) if b[0].y > a[0].y]
    lines: list[TextLine] = []
    usual = _usual_step(steps)
    for number, row in enumerate(rows):
        raw = "\t".join(_run_text(run) for run in row)
        text = "\t".join(cell.strip() for cell in clean(raw).split("\t") if cell.strip())
        if not text:
            continue
        if raw.endswith(SOFT_HYPHEN):
            text += SOFT_HYPHEN
        words = _told_by(row)
        lead = max(words, key=lambda word: sum(len(w.text) for w in words if w.style == word.style))
        step = row[0].y - rows[number - 1][0].y if number else 0.0
        usual_here = max(usual, 1.15 * lead.size) if usual else 1.2 * lead.size
        lines.append(
            TextLine(
                text=text, page=page, x=row[0].x, x_end=row[-1].x_end, y=row[0].y, size=lead.size,
                is_bold=_is_bold(words), style=lead.style, block=block, block_right=right,
                gap=max(0.0, step / usual_here - 1.0) if number else (1.0 if lines else 2.0),
            )
        )  # fmt: skip
    return lines


def _told_by(row: list[Run]) -> list[Word]:
    """The words that say how a line is set: its first cell's, bullets and icons apart."""
    for run in row:
        words = [word for word in run.words if any(char.isalnum() for char in word.text)]
        if words:
            return words
    return row[0].words


def _is_bold(words: list[Word]) -> bool:
    bold = sum(len(word.text) for word in words if word.is_bold)
    return bold * 2 > sum(len(word.text) for word in words)


def _usual_step(steps: list[float]) -> float:
    """The usual distance of two lines: the median of the smaller half."""
    if not steps:
        return 0.0
    ordered = sorted(steps)
    return statistics.median(ordered[: max(1, (len(ordered) * 2 + 2) // 3)])


def _with_margins(rows: list[list[Run]]) -> list[list[Run]]:
    """Notes in the margin that run on over several lines, brought up beside the first of them."""
    found: list[list[Run]] = []
    at = 0
    while at < len(rows):
        row = rows[at]
        found.append(row)
        margin = row[-1] if len(row) > 1 and is_note(row[-1]) else None
        follow, last, first_step = at + 1, margin, 0.0
        kinds = {note_kind(run) for run in row[1:]}
        while margin is not None and follow < len(rows) and follow - at <= 4:
            below = rows[follow]
            note = below[-1]
            is_margin = abs(note.x - margin.x) < 3 or abs(note.x_end - margin.x_end) < 3
            if not is_margin or (not is_note(note) and not _is_span(note)):
                break
            step = note.y - last.y if last else 0.0
            if step > 1.3 * (first_step or 1.4 * note.size):
                break
            if note_kind(note) in kinds:
                break
            kinds.add(note_kind(note))
            last, first_step = note, first_step or step
            found[-1] = [*found[-1], note]
            rows[follow] = below[:-1]
            follow += 1
        at += 1
        while at < len(rows) and not rows[at]:
            at += 1
    return [row for row in found if row]


def _headings_apart(rows: list[list[Run]]) -> list[list[Run]]:
    """Headings in the margin on lines of their own, above what stands beside them."""
    starts = [round(row[0].x) for row in rows if heading_kind(text_of(row[0]))]
    in_margin = [row for row in rows if len(row) > 1 and heading_kind(text_of(row[0]))]
    if len(starts) < 3 or not in_margin:
        return rows
    alone = sum(heading_kind(text_of(row[0])) is None and not is_note(row[0]) for row in rows
                if row[0].x < in_margin[0][1].x - 8)  # fmt: skip
    if alone > len(starts):
        return rows
    found: list[list[Run]] = []
    for row in rows:
        found += [row[:1], row[1:]] if any(row is one for one in in_margin) else [row]
    return found


def _is_span(run: Run) -> bool:
    text = text_of(run)
    return len(text) < 30 and any(char.isdigit() for char in text) and "•" not in text


def _run_text(run: Run) -> str:
    words = run.words
    letters = sum(len(word.text) == 1 for word in words)
    if len(words) >= 4 and letters >= 0.75 * len(words):
        gaps = [b.x - a.x_end for a, b in itertools.pairwise(words)]
        usual = statistics.median(gaps)
        text = words[0].text
        for gap, word in zip(gaps, words[1:], strict=True):
            text += ("" if gap <= 1.6 * max(usual, 0.5) else " ") + word.text
        return text
    return closed_up(" ".join(in_reading_order([word.text for word in words])))
