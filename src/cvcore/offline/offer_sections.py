"""Which part of an offer a heading opens: wording in English and French, and the usual others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from cvcore.offline.offer_text import Block
from cvcore.offline.offer_wording import fold, wording

Section = Literal[
    "none",
    "required",
    "preferred",
    "responsibilities",
    "benefits",
    "company",
    "education",
    "process",
    "other",
]

_SECTIONS: tuple[Section, ...] = (
    "other",
    "preferred",
    "benefits",
    "education",
    "required",
    "responsibilities",
    "company",
    "process",
)
_LABELLED = re.compile(r"^(?P<heading>[^:.!?]{3,60}?)\s*:\s+(?P<rest>\S.*)$")
HEADING_CHARACTERS_MAX = 90


class Placed(msgspec.Struct, frozen=True):
    """A block and the part of the offer it stands in; headings themselves are left out."""

    block: Block
    section: Section


def section_of(heading: str, *, is_marked: bool) -> Section | None:
    """The part that `heading` opens; None where its words open none.

    A heading the page marks needs the words anywhere in it; an unmarked line must be little else.
    """
    text = fold(heading).strip(" .:?!*#-–—•\t")
    if not text or len(text) > HEADING_CHARACTERS_MAX:
        return None
    if not is_marked and len(text.split()) > 9:
        return None
    best: tuple[float, Section] | None = None
    for section in _SECTIONS:
        pattern = wording(f"heading {section}")
        covered = max((len(found.group()) for found in pattern.finditer(text)), default=0)
        share = covered / len(text)
        if share >= (0.3 if is_marked else 0.62) and (best is None or share > best[0] + 0.15):
            best = (share, section)
    return best[1] if best else None


def placed(blocks: Sequence[Block]) -> Iterator[Placed]:
    """Every block that is no heading, with its part; before the first heading it is `none`."""
    section: Section = "none"
    for block in blocks:
        opened, rest = _opens(block)
        if opened is not None:
            section = opened
            if rest:
                yield Placed(Block("text", rest), section)
        elif block.kind == "heading" and 0 < block.level <= 3:
            section = "none"
        else:
            yield Placed(block, section)


def _opens(block: Block) -> tuple[Section | None, str]:
    if block.kind == "heading":
        return section_of(block.text, is_marked=True), ""
    if block.kind == "text" or block.text.endswith(":"):
        if block.text.rstrip().endswith((".", ";", ",")):
            return None, ""
        opened = section_of(block.text, is_marked=block.text.endswith(":"))
        if opened is not None:
            return opened, ""
    labelled = _LABELLED.match(block.text)
    if labelled is not None and block.kind == "text":
        opened = section_of(labelled["heading"], is_marked=False)
        if opened is not None:
            return opened, labelled["rest"]
    return None, ""
