"""A printed CV as Markdown; characters that Markdown reads as markup are escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cvweb.adapters.files.export_view import Entry, Group, Link, Section, View

MARKUP = re.compile(r"([\\`*_\[\]<>#|~$&])")
LEADING = re.compile(r"^([-+=]|\d+(?=[.)]))")


def to_markdown_bytes(view: View) -> bytes:
    """The CV as Markdown: one heading for the name, one per section, one per entry."""
    lines = [f"# {plain(view.name)}"] if view.name else []
    if view.label:
        lines += ["", f"**{plain(view.label)}**"]
    if view.contacts:
        lines += ["", " · ".join(map(linked, view.contacts))]
    for section in view.sections:
        lines += ["", f"## {plain(section.title)}", *section_lines(section, view.colon)]
    return ("\n".join(lines).strip() + "\n").encode()


def section_lines(section: Section, colon: str) -> Iterator[str]:
    """What stands under a heading."""
    for text in section.texts:
        yield from ("", plain(text))
    if section.groups:
        yield ""
        for group in section.groups:
            yield f"- {group_line(group, colon)}"
    for entry in section.entries:
        yield from entry_lines(entry)


def group_line(group: Group, colon: str) -> str:
    """Words in a row behind their name."""
    words = plain(", ".join(group.words))
    if not group.name:
        return words
    return f"**{plain(group.name)}**{colon}{words}" if words else f"**{plain(group.name)}**"


def entry_lines(entry: Entry) -> Iterator[str]:
    """The head of an item, then its texts and bullets."""
    where = ", ".join(part for part in (entry.organisation, entry.place) if part)
    yield from ("", f"### {plain(entry.title or where or entry.dates)}")
    below = [plain(where)] if entry.title and where else []
    if entry.dates and (entry.title or where):
        below.append(plain(entry.dates))
    if entry.link.text:
        below.append(linked(entry.link))
    if below:
        yield from ("", " · ".join(below))
    for text in (*entry.details, *entry.texts):
        yield from ("", plain(text))
    if entry.bullets:
        yield ""
        yield from (f"- {plain(bullet)}" for bullet in entry.bullets)
    if entry.words:
        yield from ("", plain(entry.words_label + ", ".join(entry.words)))


def linked(link: Link) -> str:
    """A link, or the text alone."""
    if not link.url:
        return plain(link.text)
    address = re.sub(r"[()<>\s\\]", lambda found: f"%{ord(found[0]):02X}", link.url)
    return f"[{plain(link.text)}]({address})"


def plain(text: str) -> str:
    """One line of Markdown that shows `text`."""
    return LEADING.sub(r"\\\1", MARKUP.sub(r"\\\1", text))
