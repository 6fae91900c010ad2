"""The reading order of a page from where its words stand: columns, sidebars, margins of dates.

A page is cut along its white space, recursively: into columns where two texts stand side by side,
else into bands one above the other. A narrow column of dates, places or labels that stands beside
the lines it belongs to is no column of its own: it is read together with them.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from cvcore.offline.cv_dates import find_dates
from cvcore.offline.cv_body import SOFT_HYPHEN
from cvcore.offline.cv_sections import heading_kind
from cvcore.offline.cv_text import TextLine, clean, closed_up
from cvcore.offline.cv_words import is_place

GUTTER_MIN = 7.0
"""The least width of the white space between two columns, in points."""
OUTDENT_MAX = 20.0
"""How far a heading may stand out to the left of its column, in points."""
DEPTH_MAX = 12
SEEDS_MAX = 60
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
    """The blocks of `runs` in reading order: what lies above two columns, each of them, the rest."""
    if not runs:
        return
    rows = _rows(runs)
    band = _band(rows) if depth < DEPTH_MAX and len(rows) > 2 else None
    if band is None:
        blocks.append(runs)
        return
    inside = [run for row in rows[band.first : band.last + 1] for run in row]
    for part in (
        [run for row in rows[: band.first] for run in row],
        [run for run in inside if run.x < band.at],
        [run for run in inside if run.x >= band.at],
        [run for row in rows[band.last + 1 :] for run in row],
    ):
        _cut(part, blocks, depth + 1)


class Band(msgspec.Struct, frozen=True):
    """Rows `first` to `last` that part into two columns at `at`."""

    first: int
    last: int
    at: float


def _band(rows: list[list[Run]]) -> Band | None:
    """The most rows one above the other that two columns share; None where there are none."""
    best: Band | None = None
    walls = _centred_headings(rows)
    tried: set[tuple[int, int, int]] = set()
    for seed, low, high in _gaps(rows):
        key = (seed // 6, round(low / 12), round(high / 12))
        if key in tried or len(tried) > SEEDS_MAX:
            continue
        tried.add(key)
        band = _trimmed(rows, _extended(rows, seed, low, high, walls))
        if best is not None and band.last - band.first <= best.last - best.first:
            continue
        if _are_columns([run for row in rows[band.first : band.last + 1] for run in row], band.at):
            best = band
    return best


def _gaps(rows: list[list[Run]]) -> Iterator[tuple[int, float, float]]:
    """White spaces that may part columns, within a row or between two that follow one another."""
    for number, row in enumerate(rows):
        for left, right in pairwise(row):
            if right.x - left.x_end >= GUTTER_MIN:
                yield number, left.x_end, right.x
        if number + 1 < len(rows):
            below = rows[number + 1]
            for one, other in ((row, below), (below, row)):
                if other[0].x - one[-1].x_end >= GUTTER_MIN:
                    yield number, one[-1].x_end, other[0].x


def _centred_headings(rows: list[list[Run]]) -> frozenset[int]:
    """The rows of headings centred on the page, where there are several: no column spans them."""
    left = min(row[0].x for row in rows)
    right = max(row[-1].x_end for row in rows)
    found = [
        number for number, row in enumerate(rows)
        if len(row) == 1 and abs(row[0].x + row[0].x_end - left - right) < 16
        and heading_kind(_text(row[0]))
    ]  # fmt: skip
    return frozenset(found) if len(found) > 1 else frozenset()


def _extended(
    rows: list[list[Run]], seed: int, low: float, high: float, walls: frozenset[int]
) -> Band:
    """From a white space in row `seed` up and down as far as no run crosses it."""
    first = last = seed
    for step in (-1, 1):
        at = seed + step
        while (
            0 <= at < len(rows) and at not in walls and (narrowed := _narrowed(rows[at], low, high))
        ):
            low, high = narrowed
            first, last = min(first, at), max(last, at)
            at += step
    return Band(first, last, high)


def _narrowed(row: list[Run], low: float, high: float) -> tuple[float, float] | None:
    """The white space that remains once a row is taken in; None where the row crosses it."""
    for run in row:
        if run.x_end <= low or run.x >= high:
            continue
        if run.x < low and run.x_end <= high - GUTTER_MIN:
            low = run.x_end
        elif run.x_end > high and run.x >= low + GUTTER_MIN:
            high = run.x
        else:
            return None
    return low, high


def _trimmed(rows: list[list[Run]], band: Band) -> Band:
    """Without the tail that begins with a heading after one of the columns has ended, nor the
    rows above the first that both columns share, where those end in a heading."""
    last = band.last
    headed = [bool(heading_kind(_text(row[0]))) for row in rows]
    if not any(
        heading_kind(_text(run))
        for row in rows[band.first : last + 1] for run in row if run.x >= band.at
    ):  # fmt: skip
        inner = range(band.first + 1, last + 1)
        last = next((n - 1 for n in inner if headed[n] and len(rows[n]) == 1), last)
    sides = [{run.x >= band.at for run in row} for row in rows[band.first : band.last + 1]]
    for side in (True, False):
        ends = max((n for n, held in enumerate(sides) if side in held), default=0)
        for number in range(ends + 1, len(sides)):
            if headed[band.first + number]:
                last = min(last, band.first + number - 1)
                break
    return Band(band.first, last, band.at)


def _are_columns(runs: list[Run], at: float) -> bool:
    left = [run for run in runs if run.x < at]
    right = [run for run in runs if run.x >= at]
    left_rows, right_rows = _row_count(left), _row_count(right)
    if left_rows < 3 or right_rows < 3:
        return False
    if not _is_aligned(right) or _are_headings(left, right):
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


def _is_aligned(runs: list[Run]) -> bool:
    """Whether texts begin, or are centred, at one place: what makes a column of them."""
    firsts = [row[0] for row in _rows(runs)]
    starts = Counter(round(run.x / 3) for run in firsts)
    at, _ = starts.most_common(1)[0]
    share = sum(abs(run.x / 3 - at) <= 1 for run in firsts) / len(firsts)
    if share >= 0.34 and min(run.x for run in firsts) >= at * 3 - OUTDENT_MAX:
        return True
    centres = Counter(round((run.x + run.x_end) / 12) for run in firsts)
    middle, _ = centres.most_common(1)[0]
    centred = sum(abs((run.x + run.x_end) / 12 - middle) <= 1 for run in firsts)
    return len(firsts) >= 4 and centred >= 0.6 * len(firsts)


def _are_headings(left: list[Run], right: list[Run]) -> bool:
    """A margin that holds nothing but headings and dates of what stands beside them."""
    told = sum(_is_note(run) or heading_kind(_text(run)) is not None for run in left)
    return told >= 0.75 * len(left) and len(left) <= 0.7 * _row_count(right)


def _are_labels(few: list[Run], many: list[Run]) -> bool:
    """A table of labels and values: short texts on the left, each with its line on the right."""
    is_left = min(run.x for run in few) < min(run.x for run in many)
    short = sum(len(_text(run)) <= 28 for run in few) / len(few)
    return is_left and short >= 0.9 and len(few) <= _row_count(many)


def _is_note(run: Run) -> bool:
    text = _text(run)
    return len(text) < 48 and (bool(find_dates(text)) or is_place(text))


def _note_kind(run: Run) -> str:
    text = _text(run)
    return "date" if find_dates(text) else "place" if is_place(text) else "span"


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


def _text(run: Run) -> str:
    return " ".join(word.text for word in run.words)


def _lines(runs: list[Run], page: int, block: int) -> list[TextLine]:
    rows = _with_margins(_headings_apart(_rows(runs)))
    right = max(row[0].x_end for row in rows)
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
        kinds = {_note_kind(run) for run in row[1:]}
        while margin is not None and follow < len(rows) and follow - at <= 4:
            below = rows[follow]
            note = below[-1]
            is_margin = abs(note.x - margin.x) < 3 or abs(note.x_end - margin.x_end) < 3
            if not is_margin or (not _is_note(note) and not _is_span(note)):
                break
            step = note.y - last.y if last else 0.0
            if step > 1.3 * (first_step or 1.4 * note.size):
                break
            if _note_kind(note) in kinds:
                break
            kinds.add(_note_kind(note))
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
    starts = [round(row[0].x) for row in rows if heading_kind(_text(row[0]))]
    in_margin = [row for row in rows if len(row) > 1 and heading_kind(_text(row[0]))]
    if len(starts) < 3 or not in_margin:
        return rows
    alone = sum(heading_kind(_text(row[0])) is None and not _is_note(row[0]) for row in rows
                if row[0].x < in_margin[0][1].x - 8)  # fmt: skip
    if alone > len(starts):
        return rows
    found: list[list[Run]] = []
    for row in rows:
        found += [row[:1], row[1:]] if any(row is one for one in in_margin) else [row]
    return found


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
