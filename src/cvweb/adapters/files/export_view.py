"""A CV as it is printed: what stands where, in words, before any format has its say."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

import msgspec

from cvcore.cv import LABELS, Basics, Cv, Line, section_order
from cvweb.adapters.files.export_options import ExportOptions
from cvweb.adapters.files.export_words import document_language, labels_language

SAFE_URL = re.compile(r"(?:https?://|mailto:|tel:)\S+", re.IGNORECASE)
BARE_URL = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)+(?:/\S*)?", re.IGNORECASE)
SOFT_HYPHEN = "\N{SOFT HYPHEN}"
KEPT_CONTROLS = "\t\n\r"


class Link(msgspec.Struct, frozen=True):
    """A text and where it leads; an empty `url` leads nowhere."""

    text: str
    url: str = ""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One item: what stands in its head, then its texts, its bullets and its words in a row."""

    title: str = ""
    organisation: str = ""
    place: str = ""
    dates: str = ""
    link: Link = Link("")
    details: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    bullets: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    words_label: str = ""


class Group(msgspec.Struct, frozen=True):
    """Words in a row under a name, or without one."""

    name: str
    words: tuple[str, ...]


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """One part of the CV with its heading: entries, groups of words, or running text."""

    key: str
    title: str
    kind: Literal["entries", "groups", "text"]
    entries: tuple[Entry, ...] = ()
    groups: tuple[Group, ...] = ()
    texts: tuple[str, ...] = ()


class View(msgspec.Struct, frozen=True, kw_only=True):
    """A whole CV, printed. `colon` is how its language writes one."""

    language: str
    name: str
    label: str
    contacts: tuple[Link, ...]
    sections: tuple[Section, ...]
    colon: str = ": "
    paper: str = "a4"


def view_of(cv: Cv, options: ExportOptions) -> View:
    """The CV with the parts, the order and the language that were asked for."""
    from cvweb.adapters.files.export_sections import section_of

    labels = labels_language(options.labels, cv.language)
    keys = options.sections or ("summary", *section_order(cv))
    found = [section_of(cv, key, LABELS[labels][key], labels) for key in dict.fromkeys(keys)]
    return View(
        language=document_language(cv.language, labels),
        name=shown(cv.basics.name),
        label=shown(cv.basics.label),
        contacts=contacts_of(cv.basics),
        sections=tuple(section for section in found if section is not None),
        colon=" : " if labels == "fr" else ": ",
        paper=options.paper,
    )


def contacts_of(basics: Basics) -> tuple[Link, ...]:
    """How to reach the person, what is asked for most first."""
    found: list[Link] = []
    if basics.email:
        found.append(Link(shown(basics.email), f"mailto:{basics.email.strip()}"))
    if basics.phone:
        found.append(Link(shown(basics.phone), f"tel:{re.sub(r'[^0-9+]', '', basics.phone)}"))
    if where := place_of(basics):
        found.append(Link(where))
    if basics.url:
        found.append(link_to(basics.url))
    for profile in basics.profiles:
        if profile.url:
            found.append(link_to(profile.url))
        elif profile.username or profile.network:
            parts = (shown(profile.network), shown(profile.username))
            found.append(Link(": ".join(part for part in parts if part)))
    return tuple(link for link in found if link.text)


def place_of(basics: Basics) -> str:
    """Where the person lives, as far as the CV says."""
    place = basics.location
    if place is None:
        return ""
    city = " ".join(part for part in (shown(place.postal_code), shown(place.city)) if part)
    parts = (shown(place.address), city, shown(place.region), shown(place.country_code))
    return ", ".join(dict.fromkeys(part for part in parts if part))


def link_to(url: str | None) -> Link:
    """An address, shown short; one that is neither web, mail nor telephone leads nowhere."""
    text = shown(url)
    short = re.sub(r"^https?://(?:www\.)?", "", text, flags=re.IGNORECASE).rstrip("/") or text
    if SAFE_URL.fullmatch(text):
        return Link(short, text)
    return Link(short, f"https://{text}" if BARE_URL.fullmatch(text) else "")


def shown(text: str | None) -> str:
    """A text on one line, without what no page can show; empty where nothing of it is seen."""
    line = " ".join(printable(text or "").replace(SOFT_HYPHEN, "").split())
    return line if line.isprintable() or any(map(is_seen, line)) else ""


def is_seen(char: str) -> bool:
    """Whether a character leaves a mark on the page by itself."""
    return unicodedata.category(char)[0] not in "CZ"


def paragraphs(text: str | None) -> tuple[str, ...]:
    """A text as its lines that are not blank."""
    return tuple(line for each in printable(text or "").splitlines() if (line := shown(each)))


def lines_of(lines: tuple[Line, ...]) -> tuple[str, ...]:
    """The texts of a list that are not blank."""
    return tuple(text for line in lines if (text := shown(line.text)))


def printable(text: str) -> str:
    """`text` without control characters, private ones, and numbers that are no character."""
    return text if text.isprintable() else "".join(c for c in text if is_printable(c))


def is_printable(char: str) -> bool:
    """Whether a character can stand in a document and mean the same to everybody."""
    if char in KEPT_CONTROLS:
        return True
    is_nothing = (ord(char) & 0xFFFE) == 0xFFFE or 0xFDD0 <= ord(char) <= 0xFDEF
    return unicodedata.category(char) not in {"Cc", "Co", "Cs"} and not is_nothing
