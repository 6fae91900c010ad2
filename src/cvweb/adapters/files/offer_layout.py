"""The lines of a PDF or DOCX as the blocks of an offer: paragraphs, items, headings."""

from __future__ import annotations

import re
from collections import Counter

from cvcore.offline import Block, CvText, OfferText, TextLine
from cvcore.offline.offer_text import clean, plain_block

HEADING_CHARACTERS_MAX = 90
LARGER = 1.12
NARROW = 0.88
GAP_MAX = 0.6
_ENDS = re.compile(r"[.!?:;…]$")


def offer_text_of(read: CvText) -> OfferText:
    """The text of a document as an offer's: lines that run on become one paragraph or item."""
    body = _body_size(read.lines)
    blocks: list[Block] = []
    before: TextLine | None = None
    for line in read.lines:
        text = clean(line.text)
        if not text:
            continue
        level = _level(line, body)
        if level:
            blocks.append(Block("heading", text, level))
        else:
            block = plain_block(text)
            if before is not None and blocks and _runs_on(before, line, blocks[-1], block):
                joined = _joined(blocks[-1].text, block.text)
                blocks[-1] = Block(blocks[-1].kind, joined, blocks[-1].level)
            else:
                blocks.append(block)
        before = line
    return OfferText(blocks=tuple(blocks), findings=read.findings)


def _body_size(lines: tuple[TextLine, ...]) -> float:
    sizes = Counter[float]()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _level(line: TextLine, body: float) -> int:
    """1 to 6 where a line is set as a heading: marked so, larger than the text, short and bold."""
    if line.level:
        return line.level
    if len(line.text) > HEADING_CHARACTERS_MAX:
        return 0
    if body and line.size >= body * LARGER:
        return 1 if line.size >= body * 1.5 else 3
    is_sentence = line.text.rstrip().endswith((".", ",", ";"))
    return 6 if line.is_bold and not is_sentence and len(line.text.split()) <= 9 else 0


def _runs_on(before: TextLine, line: TextLine, last: Block, block: Block) -> bool:
    """Whether a line is the rest of the one before: same column, close, and that one was full."""
    if last.kind == "heading" or block.kind == "item" or before.block != line.block:
        return False
    if not before.x_end or line.gap > GAP_MAX:
        return False
    width = max(before.block_right - min(before.x, line.x), 1.0)
    is_full = before.x_end - min(before.x, line.x) >= NARROW * width
    return is_full and not (_ENDS.search(last.text) and block.text[:1].isupper())


def _joined(first: str, second: str) -> str:
    if first.endswith("\u00ad") or (first.endswith("-") and second[:1].islower()):
        return first.rstrip("\u00ad-") + second
    return f"{first} {second}"
