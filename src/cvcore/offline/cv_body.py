"""Lines put back together into what was written: whole bullets, whole paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from cvcore.offline.cv_text import TextLine, is_bullet, unbulleted
from cvcore.offline.cv_words import word_list

SOFT_HYPHEN = "\u00ad"
"""At the end of a line: the word goes on in the next one."""

_KEEPS_HYPHEN = word_list("hyphen kept")
_AFTER_HYPHEN = word_list("hyphen before")


class Paragraph(msgspec.Struct, frozen=True):
    """A bullet or a paragraph, whole."""

    text: str
    is_bullet: bool = False
    indent: float = 0.0


def paragraphs_of(lines: Sequence[TextLine], *, is_list: bool = False) -> list[Paragraph]:
    """The bullets and paragraphs that `lines` are the lines of, in order; no word is lost.

    In a list (`is_list`) a line of few words is an item of its own, however narrow the column.
    """
    found: list[Paragraph] = []
    previous: TextLine | None = None
    widest = max((len(line.text) for line in lines if not line.x_end), default=0)
    for line in lines:
        marked = is_bullet(line.text)
        text = unbulleted(line.text) if marked else line.text.strip()
        if not text:
            continue
        apart = is_list and _is_item(previous, text)
        goes_on = not marked and not apart
        if found and previous and goes_on and _goes_on(previous, line, found[-1], widest):
            last = found[-1]
            found[-1] = Paragraph(joined(last.text, text), last.is_bullet, last.indent)
        else:
            found.append(Paragraph(text, marked, line.x))
        previous = line
    return [
        Paragraph(one.text.replace(SOFT_HYPHEN, ""), one.is_bullet, one.indent) for one in found
    ]


def joined(first: str, second: str) -> str:
    """Two lines of one text as one: a word divided at the end of the line is whole again."""
    if first.endswith(SOFT_HYPHEN) or (first.endswith("-") and second[:1].islower()):
        stem = re.split(r"[\s(/-]", first[:-1])[-1]
        follows = re.split(r"[^\w]", second, maxsplit=1)[0].casefold()
        is_compound = stem.casefold() in _KEEPS_HYPHEN or follows in _AFTER_HYPHEN
        is_divided = second[:1].islower() and not is_compound
        is_word = stem.isalpha() and stem[1:].islower() if len(stem) > 1 else False
        return first[:-1] + ("" if is_divided and is_word else "-") + second
    return f"{first} {second}"


def _is_item(above: TextLine | None, text: str) -> bool:
    """Whether a line of a list stands by itself: nothing in the one above says that it goes on."""
    if (
        above is None
        or text[:1].islower()
        or above.text.endswith((",", ";", "-", "/", SOFT_HYPHEN))
    ):
        return False
    return "," not in above.text and len(above.text.split()) <= 5


def _goes_on(above: TextLine, line: TextLine, held: Paragraph, widest: int) -> bool:
    if line.level or above.level:
        return False
    if above.text.endswith(SOFT_HYPHEN):
        return True
    starts_low = line.text[:1].islower()
    if line.x_end > 0:
        return _goes_on_page(above, line, held, starts_low=starts_low)
    if line.gap > 0 or "\t" in line.text:
        return False
    if held.is_bullet and line.x > held.indent and widest <= 200:
        return True
    if above.text.endswith((".", ";", ":", "!", "?")) and not starts_low:
        return 60 <= widest <= 140 and len(above.text) >= 0.88 * widest and held.is_bullet
    if starts_low:
        return len(above.text) >= 20
    return 60 <= widest <= 140 and len(above.text) >= 0.82 * widest


def _goes_on_page(above: TextLine, line: TextLine, held: Paragraph, *, starts_low: bool) -> bool:
    height = max(above.size, 1.0)
    if line.gap > 0.75 and line.block == above.block and line.page == above.page:
        return False
    if abs(line.size - above.size) > 0.6 or "\t" in line.text:
        return False
    if held.is_bullet and line.x < held.indent - height * 0.3 and line.block == above.block:
        return False
    if starts_low:
        return True
    is_aligned = abs(line.x - above.x) < height * 0.5 or held.is_bullet
    if not is_aligned and line.block == above.block:
        return False
    if line.is_bold != above.is_bold and line.style != above.style:
        return False
    word = line.text.split(" ")[0]
    wide = (above.x_end - above.x) / max(1, len(above.text)) * (len(word) + 1)
    reaches = above.x_end + wide >= above.block_right - height * 0.3
    if above.text.endswith((".", ":")) and not held.is_bullet:
        return reaches and above.x_end >= above.block_right - wide
    return reaches
