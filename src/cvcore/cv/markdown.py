"""A CV as Markdown and as plain text.

What the CV says is content, never markup: characters that Markdown reads as such are escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from cvcore.cv.labels import labels_for
from cvcore.cv.model import Cv, Item, Line
from cvcore.cv.shape import slots_of
from cvcore.cv.text import section_order

_ESCAPED = re.compile(r"([\\`*_\[\]<>#|~$&])")
_LEADING = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))")
_HEAD = ("name", "position", "title", "studyType", "organization", "network", "language")
_SECOND = (
    "organization",
    "institution",
    "publisher",
    "issuer",
    "awarder",
    "entity",
    "name",
    "area",
)
_DATES = frozenset({"startDate", "endDate", "date", "releaseDate"})


class _Block(msgspec.Struct, frozen=True):
    """One item, taken apart: its heading, the line below, the rest."""

    head: str
    below: str
    texts: tuple[str, ...]
    bullets: tuple[str, ...]
    words: tuple[str, ...]


def to_markdown(cv: Cv, labels: Mapping[str, str] | None = None) -> str:
    """The CV as Markdown, its sections in their order; `labels` titles them by their wire names.

    Without `labels` the titles are in the CV's language (French, else English).
    """
    named = {**labels_for(cv.language), **(labels or {})}
    lines = [f"# {_md(cv.basics.name or '')}".rstrip()] if cv.basics.name else []
    if cv.basics.label:
        lines += ["", f"**{_md(cv.basics.label)}**"]
    if contact := _contact(cv):
        lines += ["", " · ".join(map(_md, contact))]
    if cv.basics.summary:
        lines += ["", f"## {_md(named['summary'])}", "", _md_block(cv.basics.summary)]
    for section in section_order(cv):
        if items := getattr(cv, section):
            lines += ["", f"## {_md(named[section])}"]
            for item in items:
                lines += ["", *_md_item(_block(item, named))]
    return "\n".join(lines).strip() + "\n"


def to_text(cv: Cv, labels: Mapping[str, str] | None = None) -> str:
    """The CV as plain text, letter for letter, titles in capitals."""
    named = {**labels_for(cv.language), **(labels or {})}
    lines = [each for each in (cv.basics.name, cv.basics.label) if each]
    lines += _contact(cv)
    if cv.basics.summary:
        lines += ["", named["summary"].upper(), cv.basics.summary]
    for section in section_order(cv):
        if items := getattr(cv, section):
            lines += ["", named[section].upper()]
            for item in items:
                block = _block(item, named)
                lines += [each for each in (block.head, block.below, *block.texts) if each]
                lines += [f"- {bullet}" for bullet in block.bullets]
                lines += [", ".join(block.words)] if block.words else []
    return "\n".join(lines).strip() + "\n"


def _contact(cv: Cv) -> list[str]:
    basics, place = cv.basics, cv.basics.location
    found = [basics.email, basics.phone, basics.url]
    if place is not None:
        city = " ".join(each for each in (place.postal_code, place.city) if each)
        parts = (place.address, city, place.region, place.country_code)
        found.append(", ".join(each for each in parts if each))
    for profile in basics.profiles:
        shown = profile.url or profile.username
        found.append(": ".join(each for each in (profile.network, shown) if each))
    return [each for each in found if each]


def _block(item: Item, labels: Mapping[str, str]) -> _Block:
    texts, lines = _parted(item)
    head = next((name for name in _HEAD if name in texts), "")
    if "position" in texts:
        head = "position"
    title = texts.pop(head, "")
    second = [texts.pop(name) for name in _SECOND if name in texts]
    dates = _dates({name: texts.pop(name) for name in _DATES & set(texts)}, labels)
    short = [texts.pop(name) for name in ("location", "level", "fluency", "score") if name in texts]
    bullets = tuple(line.text for name in ("highlights", "courses") for line in lines.get(name, ()))
    words = tuple(line.text for name in ("keywords", "roles") for line in lines.get(name, ()))
    below = " · ".join(each for each in (*second, *short, dates) if each)
    return _Block(title, below, tuple(each for each in texts.values() if each), bullets, words)


def _parted(item: Item) -> tuple[dict[str, str], dict[str, tuple[Line, ...]]]:
    texts: dict[str, str] = {}
    lines: dict[str, tuple[Line, ...]] = {}
    for slot in slots_of(item).values():
        value: Any = getattr(item, slot.attribute)
        if slot.kind == "text" and value:
            texts[slot.wire] = value
        elif slot.kind == "lines":
            lines[slot.wire] = value
    return texts, lines


def _dates(dates: dict[str, str], labels: Mapping[str, str]) -> str:
    if "startDate" in dates:
        return f"{dates['startDate']} – {dates.get('endDate') or labels['present']}"
    return next(iter(dates.values()), "")


def _md_item(block: _Block) -> Iterator[str]:
    if block.head:
        yield f"### {_md(block.head)}"
    if block.below:
        yield from ("", _md(block.below)) if block.head else (_md(block.below),)
    for text in block.texts:
        yield from ("", _md_block(text))
    if block.bullets:
        yield ""
        yield from (f"- {_md(bullet)}" for bullet in block.bullets)
    if block.words:
        yield from ("", ", ".join(map(_md, block.words)))


def _md(text: str) -> str:
    """One line of Markdown that shows `text`."""
    return _LEADING.sub(r"\1\\\2", _ESCAPED.sub(r"\\\1", " ".join(text.split())))


def _md_block(text: str) -> str:
    return "\n\n".join(_md(line) for line in text.splitlines() if line.strip())
