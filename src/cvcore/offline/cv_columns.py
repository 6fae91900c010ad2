"""A page cut into blocks along its white space: bands one above the other, columns side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import msgspec

from cvcore.offline.cv_dates import find_dates
from cvcore.offline.cv_sections import heading_kind
from cvcore.offline.cv_words import is_place

GUTTER_MIN = 7.0


OUTDENT_MAX = 20.0


DEPTH_MAX = 12


SEEDS_MAX = 60


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


def cut_into(runs: list[Run], blocks: list[list[Run]], depth: int) -> None:
    """The blocks of `runs` in reading order: what lies above two columns, each of them, below."""
    if not runs:
        return
    rows = rows_of(runs)
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
        cut_into(part, blocks, depth + 1)


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
        and heading_kind(text_of(row[0]))
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
    headed = [bool(heading_kind(text_of(row[0]))) for row in rows]
    if not any(
        heading_kind(text_of(run))
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
    paired = [run for run in few if any(on_line(run, other) for other in many)]
    beside = len(paired) / len(few)
    noted = sum(is_note(run) for run in few) / len(few)
    if beside >= 0.55 and noted >= 0.5:
        return False
    share = _extent(few) / max(1.0, _extent(few) + _extent(many))
    if beside >= 0.8 and _are_alike(paired) and (share < 0.22 or _are_labels(few, many)):
        return False
    overlap = min(_bottom(left), _bottom(right)) - max(_top(left), _top(right))
    tall = min(_bottom(left) - _top(left), _bottom(right) - _top(right))
    return overlap >= 0.5 * max(tall, 1.0)


def _is_aligned(runs: list[Run]) -> bool:
    """Whether texts begin, or are centred, at one place: what makes a column of them."""
    firsts = [row[0] for row in rows_of(runs)]
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
    told = sum(is_note(run) or heading_kind(text_of(run)) is not None for run in left)
    return told >= 0.75 * len(left) and len(left) <= 0.7 * _row_count(right)


def _are_alike(runs: list[Run]) -> bool:
    """Whether texts are set in one way, as labels are: a column has headings of its own."""
    styles = Counter(run.words[0].style for run in runs)
    return styles.most_common(1)[0][1] >= 0.85 * len(runs)


def _are_labels(few: list[Run], many: list[Run]) -> bool:
    """A table of labels and values: short texts on the left, each with its line on the right."""
    is_left = min(run.x for run in few) < min(run.x for run in many)
    short = sum(len(text_of(run)) <= 28 for run in few) / len(few)
    return is_left and short >= 0.9 and len(few) <= _row_count(many)


def is_note(run: Run) -> bool:
    """Whether a run says when or where, and nothing else to speak of."""
    text = text_of(run)
    return len(text) < 48 and (bool(find_dates(text)) or is_place(text))


def note_kind(run: Run) -> str:
    """What a note says: a `date`, a `place`, or a `span` of time or something else."""
    text = text_of(run)
    return "date" if find_dates(text) else "place" if is_place(text) else "span"


def on_line(run: Run, other: Run) -> bool:
    """Whether two runs stand on one line."""
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


def text_of(run: Run) -> str:
    """The words of a run."""
    return " ".join(word.text for word in run.words)


def rows_of(runs: list[Run]) -> list[list[Run]]:
    """The runs line by line from the top, each line from the left."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda one: (one.y, one.x)):
        if rows and on_line(rows[-1][0], run):
            rows[-1].append(run)
        else:
            rows.append([run])
    for row in rows:
        row.sort(key=lambda one: one.x)
    return rows
