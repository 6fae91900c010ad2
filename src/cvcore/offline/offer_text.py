"""The text of an offer as a reader gets it: blocks in order, and what the page itself says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from cvcore.offers.model import Finding, Place, Salary

BlockKind = Literal["heading", "item", "text"]

CHARACTERS_MAX = 200_000
"""What is read of one text, in characters; the rest is left out and reported."""

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_BULLET = re.compile(
    r"^\s*(?:[-–—*•▪●◦‣·►➢➤✓✔☑→>]|\*\*|\(?\d{1,2}[.)]|o)\s+(?=\S)|^[•●▪◦➢►·](?=\S)"
)
_MARKED = re.compile(r"^(?:#{1,6}\s+(?P<hash>\S.{0,90}?)\s*#*|\*\*(?P<stars>[^*]{2,90})\*\*:?)$")
_INLINE_BULLET = re.compile(r"\s+[•●▪◦‣➢►✓✔]\s*")
_INLINE_NUMBER = re.compile(r"(?:(?<=\s)|^)\d{1,2}\.\s?(?=[A-Z])")
_BLANKS = re.compile(r"[^\S\n]{2,}")
_COLON_ALONE = re.compile(r"\n[ \t]*:[ \t]*(?=\n|$)")


class Block(msgspec.Struct, frozen=True):
    """One heading, one item of a list, or one paragraph; `level` 1 to 6 of a heading the page marks
    as one, 0 where only its wording says so."""

    kind: BlockKind
    text: str
    level: int = 0


class Hints(msgspec.Struct, frozen=True, kw_only=True):
    """What the source states outside the running text: structured data, labelled fields, the
    page's own heading. None or empty is: not stated. `body` of a language is ISO 639-1."""

    title: str | None = None
    company: str | None = None
    place: Place = Place()
    contract: str | None = None
    salary: Salary | None = None
    seniority: str | None = None
    experience: str | None = None
    education: str | None = None
    skills: tuple[str, ...] = ()
    language: str | None = None
    published_on: str | None = None
    closes_on: str | None = None
    is_posting: bool = False
    is_closed: bool = False


class OfferText(msgspec.Struct, frozen=True, kw_only=True):
    """An offer's text with its layout, as the adapters for pages and PDF files give it."""

    blocks: tuple[Block, ...] = ()
    hints: Hints = Hints()
    findings: tuple[Finding, ...] = ()

    @property
    def text(self) -> str:
        """The running text, one block a line, items with a dash."""
        return "\n".join(f"- {b.text}" if b.kind == "item" else b.text for b in self.blocks)


def clean(text: str) -> str:
    """`text` without characters nobody sees, white space made single."""
    return " ".join(_INVISIBLE.sub("", text).split())


def from_plain(text: str) -> OfferText:
    """Pasted text as blocks: bullets become items, other lines text; headings show by wording.

    Repeated lines are kept once: boards print an offer twice.
    """
    text = _COLON_ALONE.sub(":", text[:CHARACTERS_MAX].replace("\r\n", "\n").replace("\r", "\n"))
    text = _BLANKS.sub(" ", text)
    seen: set[str] = set()
    blocks: list[Block] = []
    for block in _lines(text.split("\n")):
        known = block.text.casefold()
        if len(known) > 25 and known in seen:
            continue
        seen.add(known)
        blocks.append(block)
    return OfferText(blocks=tuple(blocks))


def plain_block(text: str, *, is_item: bool = False) -> Block:
    """One line as a block: a bullet makes it an item, mark-up of plain text a heading."""
    heading = _MARKED.match(text)
    if heading:
        return Block("heading", heading["hash"] or heading["stars"], 6)
    marked = _BULLET.match(text)
    plain = clean(text[marked.end() :] if marked else text).strip("*_ ")
    return Block("item" if marked or is_item else "text", plain)


def _lines(lines: Iterable[str]) -> Iterator[Block]:
    for line in lines:
        for part in _INLINE_BULLET.split(line):
            pieces = [piece for piece in _INLINE_NUMBER.split(part) if piece.strip(" .")]
            for piece in pieces:
                block = plain_block(piece.strip(), is_item=len(pieces) > 2 or part is not line)
                if block.text.strip("-–—=_*•. "):
                    yield block
