"""The reading order of a page from where its words stand: columns, sidebars, margins of dates.

A page is cut along its white space, recursively: into columns where two texts stand side by side,
else into bands one above the other. A narrow column of dates, places or labels that stands beside
the lines it belongs to is no column of its own: it is read together with them.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence

import msgspec

from cvcore.offline.cv_dates import find_dates
from cvcore.offline.cv_body import SOFT_HYPHEN
from cvcore.offline.cv_text import TextLine, clean, closed_up
from cvcore.offline.cv_words import is_place

GUTTER_MIN = 7.0
"""The least width of the white space between two columns, in points."""
DEPTH_MAX = 12
WIDE_GAP = 1.1
"""A gap within a line, in type sizes, from which on it parts two cells."""


class Word(msgspec.Struct, frozen=True):
    """A word where it stands: `y` is its baseline, from the top of the page, in points."""

    text: str
    x: float
    x_end: float
    y: float
    size: float
    style: str = ""
    is_bold: bool = False


class Run(msgspec.Struct):
    """Words on one baseline with no wide gap between them."""

    words: list[Word]
    x: float
    x_end: float
    y: float
    size: float


def lines_of_page(words: Sequence[Word], page: int, first_block: int = 0) -> list[TextLine]:
    """The lines of a page in the order a person reads them."""
    runs = _runs(words)
    blocks: list[list[Run]] = []
    _cut(runs, blocks, 0)
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


def _cut(runs: list[Run], blocks: list[list[Run]], depth: int) -> None:
    if not runs:
        return
    if depth < DEPTH_MAX and len(runs) > 2:
        at = _gutter(runs)
        if at is not None:
            _cut([run for run in runs if run.x < at], blocks, depth + 1)
            _cut([run for run in runs if run.x >= at], blocks, depth + 1)
            return
        upper, lower = _bands(runs)
        if lower:
            _cut(upper, blocks, depth + 1)
            if blocks and upper and not _has_columns(lower) and blocks[-1][-1:] == upper[-1:]:
                blocks[-1].extend(lower)
            else:
                _cut(lower, blocks, depth + 1)
            return
    blocks.append(runs)


def _has_columns(runs: list[Run]) -> bool:
    if _gutter(runs) is not None:
        return True
    upper, lower = _bands(runs)
    return bool(lower)


def _gutter(runs: list[Run]) -> float | None:
    """Where two columns part: an x that no run crosses, with a text of its own on either side."""
    spans = sorted((run.x, run.x_end) for run in runs)
    end, best = spans[0][1], None
    for x, x_end in spans[1:]:
        width = x - end
        if width >= GUTTER_MIN and _are_columns(runs, x):
            if best is None or width > best[0]:
                best = (width, x)
        end = max(end, x_end)
    return best[1] if best else None


def _are_columns(runs: list[Run], at: float) -> bool:
    left = [run for run in runs if run.x < at]
    right = [run for run in runs if run.x >= at]
    left_rows, right_rows = _row_count(left), _row_count(right)
    if left_rows < 3 or right_rows < 3:
        return False
    few, many = (left, right) if _extent(left) <= _extent(right) else (right, left)
    beside = sum(any(_on_line(run, other) for other in many) for run in few) / len(few)
    noted = sum(_is_note(run) for run in few) / len(few)
    if beside >= 0.55 and noted >= 0.5:
        return False
    share = _extent(few) / max(1.0, _extent(few) + _extent(many))
    if beside >= 0.8 and (share < 0.22 or _are_labels(few, many)):
        return False
    overlap = min(_bottom(left), _bottom(right)) - max(_top(left), _top(right))
    tall = min(_bottom(left) - _top(left), _bottom(right) - _top(right))
    return overlap >= 0.5 * max(tall, 1.0)


def _are_labels(few: list[Run], many: list[Run]) -> bool:
    """A table of labels and values: short texts on the left, each with its line on the right."""
    is_left = min(run.x for run in few) < min(run.x for run in many)
    short = sum(len(_text(run)) <= 28 for run in few) / len(few)
    return is_left and short >= 0.9 and len(few) <= _row_count(many)


def _is_note(run: Run) -> bool:
    text = _text(run)
    return len(text) < 48 and (bool(find_dates(text)) or is_place(text))


def _on_line(run: Run, other: Run) -> bool:
    return abs(run.y - other.y) <= 0.35 * max(run.size, other.size)


def _row_count(runs: list[Run]) -> int:
    count, last = 0, float("-inf")
    for run in sorted(runs, key=lambda one: one.y):
        if run.y - last > 0.4 * run.size:
            count += 1
            last = run.y
    return count


def _extent(runs: list[Run]) -> float:
    return max(run.x_end for run in runs) - min(run.x for run in runs)


def _top(runs: list[Run]) -> float:
    return min(run.y - run.size for run in runs)


def _bottom(runs: list[Run]) -> float:
    return max(run.y for run in runs)


def _bands(runs: list[Run]) -> tuple[list[Run], list[Run]]:
    """The page above and below the first cut that gives a part of it columns; else all above."""
    ordered = sorted(runs, key=lambda one: one.y)
    bottoms = ordered[0].y
    cuts: list[tuple[float, int]] = []
    for number, run in enumerate(ordered[1:], 1):
        gap = (run.y - run.size) - bottoms
        if gap > -0.15 * run.size and run.y - ordered[number - 1].y > 0.4 * run.size:
            cuts.append((gap, number))
        bottoms = max(bottoms, run.y)
    for _, number in sorted(cuts, reverse=True)[:24]:
        upper, lower = ordered[:number], ordered[number:]
        if (len(lower) > 2 and _gutter(lower) is not None) or (
            len(upper) > 2 and _gutter(upper) is not None
        ):
            return upper, lower
    return runs, []


def _text(run: Run) -> str:
    return " ".join(word.text for word in run.words)


def _lines(runs: list[Run], page: int, block: int) -> list[TextLine]:
    rows = _with_margins(_rows(runs))
    right = max(run.x_end for run in runs)
    steps = [b[0].y - a[0].y for a, b in zip(rows, rows[1:], strict=False) if b[0].y > a[0].y]
    lines: list[TextLine] = []
    usual = _usual_step(steps)
    for number, row in enumerate(rows):
        raw = "\t".join(_run_text(run) for run in row)
        text = "\t".join(cell.strip() for cell in clean(raw).split("\t") if cell.strip())
        if not text:
            continue
        if raw.endswith(SOFT_HYPHEN):
            text += SOFT_HYPHEN
        words = [word for run in row for word in run.words]
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


def _is_bold(words: list[Word]) -> bool:
    bold = sum(len(word.text) for word in words if word.is_bold)
    return bold * 2 > sum(len(word.text) for word in words)


def _usual_step(steps: list[float]) -> float:
    """The usual distance of two lines: the median of the smaller half."""
    if not steps:
        return 0.0
    ordered = sorted(steps)
    return statistics.median(ordered[: max(1, (len(ordered) * 2 + 2) // 3)])


def _rows(runs: list[Run]) -> list[list[Run]]:
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda one: (one.y, one.x)):
        if rows and _on_line(rows[-1][0], run):
            rows[-1].append(run)
        else:
            rows.append([run])
    for row in rows:
        row.sort(key=lambda one: one.x)
    return rows


def _with_margins(rows: list[list[Run]]) -> list[list[Run]]:
    """Notes in the margin that run on over several lines, brought up beside the first of them."""
    found: list[list[Run]] = []
    at = 0
    while at < len(rows):
        row = rows[at]
        found.append(row)
        margin = row[-1] if len(row) > 1 and _is_note(row[-1]) else None
        follow, last, first_step = at + 1, margin, 0.0
        while margin is not None and follow < len(rows) and follow - at <= 4:
            below = rows[follow]
            note = below[-1]
            is_margin = abs(note.x - margin.x) < 3 or abs(note.x_end - margin.x_end) < 3
            if not is_margin or (not _is_note(note) and not _is_span(note)):
                break
            step = note.y - last.y if last else 0.0
            if step > 1.3 * (first_step or 1.4 * note.size):
                break
            last, first_step = note, first_step or step
            found[-1] = [*found[-1], note]
            rows[follow] = below[:-1]
            follow += 1
        at += 1
        while at < len(rows) and not rows[at]:
            at += 1
    return [row for row in found if row]


def _is_span(run: Run) -> bool:
    text = _text(run)
    return len(text) < 30 and any(char.isdigit() for char in text) and "•" not in text


def _run_text(run: Run) -> str:
    words = run.words
    letters = sum(len(word.text) == 1 for word in words)
    if len(words) >= 4 and letters >= 0.75 * len(words):
        gaps = [b.x - a.x_end for a, b in zip(words, words[1:], strict=False)]
        usual = statistics.median(gaps)
        text = words[0].text
        for gap, word in zip(gaps, words[1:], strict=True):
            text += ("" if gap <= 1.6 * max(usual, 0.5) else " ") + word.text
        return text
    return closed_up(" ".join(word.text for word in words))
