"""A CV as a page shows it: sections in the person's order, entries with the same few fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from cvcore.cv.model import SECTIONS, Cv, Item, Line

TITLES = ("position", "study_type", "area", "title", "language")
SUBTITLES = (
    "organization",
    "institution",
    "issuer",
    "awarder",
    "publisher",
    "entity",
    "location",
    "fluency",
    "level",
    "score",
    "date",
    "release_date",
)
TEXTS = ("summary", "description", "reference")
ORDER = ("work", "projects", "volunteer", "education", "skills", "languages")


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One item: every field a text, empty where the CV has none."""

    title: str = ""
    subtitle: str = ""
    start: str = ""
    end: str = ""
    text: str = ""
    bullets: tuple[str, ...] = ()


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A section that has something in it; `name` as on the wire."""

    name: str
    entries: tuple[Entry, ...]


class DocumentView(msgspec.Struct, frozen=True, kw_only=True):
    """The whole document as the page shows it."""

    name: str
    label: str
    contact: tuple[str, ...]
    summary: str
    sections: tuple[Section, ...]


def document_view(cv: Cv) -> DocumentView:
    """The CV for reading: nothing left out but links' bare addresses within items."""
    basics = cv.basics
    city = basics.location.city if basics.location else None
    profiles = (profile.url or profile.username for profile in basics.profiles)
    contact = (basics.email, basics.phone, city, basics.url, *profiles)
    first = [name for name in (*cv.order, *ORDER) if name in SECTIONS]
    names = dict.fromkeys((*first, *SECTIONS))
    sections = ((name, getattr(cv, name)) for name in names)
    return DocumentView(
        name=basics.name or "",
        label=basics.label or "",
        contact=tuple(text for text in contact if text),
        summary=basics.summary or "",
        sections=tuple(
            Section(name=name, entries=tuple(_entry(item, name) for item in items))
            for name, items in sections
            if items
        ),
    )


def _entry(item: Item, section: str) -> Entry:
    fields: dict[str, Any] = {name: getattr(item, name) for name in item.__struct_fields__}
    name = fields.get("name") or ""
    titles = _texts(fields, TITLES)
    subtitles = _texts(fields, SUBTITLES)
    if name:
        titles, subtitles = (titles, [name, *subtitles]) if titles else ([name], subtitles)
    keywords = _lines(fields.get("keywords", ()))
    bullets = (*_lines(fields.get("highlights", ())), *_lines(fields.get("courses", ())))
    text = "\n".join(_texts(fields, TEXTS))
    if section in {"skills", "interests", "projects"} and keywords:
        text = "\n".join(part for part in (text, ", ".join(keywords)) if part)
    return Entry(
        title=", ".join(titles),
        subtitle=" · ".join(subtitles),
        start=fields.get("start_date") or "",
        end=fields.get("end_date") or "",
        text=text,
        bullets=bullets,
    )


def _texts(fields: dict[str, Any], names: Sequence[str]) -> list[str]:
    return [fields[name] for name in names if fields.get(name)]


def _lines(lines: Sequence[Line]) -> tuple[str, ...]:
    return tuple(line.text for line in lines)
