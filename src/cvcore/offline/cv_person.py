"""The head of a CV: the person's name and headline among the lines that say how to reach them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import msgspec

from cvcore.cv.model import Basics, Location
from cvcore.offline.cv_body import paragraphs_of
from cvcore.offline.cv_contact import (
    EMAIL,
    emails_in,
    is_address,
    link_urls,
    location_of,
    network_named,
    page_url_of,
    phones_in,
    profiles_of,
    unlabelled,
    urls_in,
)
from cvcore.offline.cv_name import CELLS, TITLE_TAIL, name_of
from cvcore.offline.cv_outline import Section, is_document_title
from cvcore.offline.cv_text import Link, TextLine
from cvcore.offline.cv_words import (
    is_place,
    title_words,
)

"""In a text without layout a name stands among the first lines, or not at all."""


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """What the head came to: the basics, and the running text that stood there."""

    basics: Basics
    paragraphs: tuple[str, ...] = ()


def read_person(sections: Sequence[Section], links: Sequence[Link]) -> Person:
    """The person from the head of the page and the sections that give contacts."""
    lines = [
        line for one in sections if one.kind in (None, "contact", "profiles") for line in one.lines
    ]
    head = [line for one in sections if one.kind is None for line in one.lines]
    everything = [line for one in sections for line in one.lines]
    email = _first(emails_in, lines) or _linked(links, "mailto:") or _first(emails_in, everything)
    phone = _phone(lines, links) or _phone(everything, ())
    name_line, name = name_of(head or lines, everything, email)
    cells = _cells_of(lines, name_line, name)
    label, cells = _label(cells, head, name_line)
    urls = _urls(lines, links)
    place, cells = _place(cells)
    named, cells = _networks(cells)
    basics = Basics(
        name=name, label=label, email=email, phone=phone, location=place,
        url=page_url_of(urls, email), profiles=profiles_of(urls, named),
    )  # fmt: skip
    known = [*urls, *(link.text.strip() for link in links if link.text.strip())]
    rest = _unread(cells, basics, known)
    prose = [text for text in rest if len(text.split()) >= 6]
    other = [text for text in rest if len(text.split()) < 6]
    extra = {"otherLines": other} if other else {}
    return Person(basics=msgspec.structs.replace(basics, extra=extra), paragraphs=tuple(prose))


def _cells_of(
    lines: Sequence[TextLine], name_line: TextLine | None, name: str | None
) -> list[tuple[str, TextLine]]:
    cells: list[tuple[str, TextLine]] = []
    for line in lines:
        text = line.text
        if name_line is not None and line is name_line and name:
            text = TITLE_TAIL.sub("", text.replace(name, "\t", 1))
        if is_document_title(text):
            continue
        cells += [(cell, line) for raw in CELLS.split(text) if (cell := raw.strip(" \t,;|-–—"))]
    return cells


def _label(
    cells: list[tuple[str, TextLine]], head: Sequence[TextLine], name_line: TextLine | None
) -> tuple[str | None, list[tuple[str, TextLine]]]:
    """The headline: the cells of the line that names a job, nearest to the name."""
    at = next((n for n, line in enumerate(head) if line is name_line), -1)
    for distance in (0, 1, 2, 3, -1, -2, 4, 5, 6, 7):
        index = at + distance
        if not 0 <= index < len(head) or (at < 0 and distance > 5):
            continue
        line = head[index]
        own = [text for text, of in cells if of is line]
        titled = [text for text in own if title_words(text) and len(text.split()) <= 14]
        titled = [
            text
            for text in titled
            if "@" not in text and not phones_in(text) and ":" not in text[:20]
        ]
        if titled and not any(text.endswith(".") and len(text.split()) > 8 for text in titled):
            rest = [(text, of) for text, of in cells if of is not line or text not in titled]
            return " · ".join(titled), rest
    if 0 <= at < len(head) - 1:
        below = head[at + 1]
        own = [text for text, of in cells if of is below]
        if len(own) == 1 and own[0] == below.text.strip() and _could_be_headline(own[0]):
            return own[0], [(text, of) for text, of in cells if of is not below]
    return None, cells


def _could_be_headline(text: str) -> bool:
    words = text.split()
    is_told = bool(emails_in(text) or phones_in(text) or urls_in(text) or is_address(text))
    is_short = 1 < len(words) <= 9 and not text.endswith((".", ":", "”", '"'))
    return is_short and not is_told and not is_place(text) and not any(c.isdigit() for c in text)


def _phone(lines: Sequence[TextLine], links: Sequence[Link]) -> str | None:
    found = _first(phones_in, lines)
    if found:
        return found
    linked = link_urls(links, "tel:")
    return linked[0] if linked else None


def _first(finder: Callable[[str], list[str]], lines: Sequence[TextLine]) -> str | None:
    for line in lines:
        if "\t" in line.text or finder is emails_in or not urls_in(line.text):
            found = finder(line.text)
        else:
            text = line.text
            for url in urls_in(text):
                text = text.replace(url, " ")
            found = finder(text)
        if found:
            return found[0]
    return None


def _linked(links: Sequence[Link], scheme: str) -> str | None:
    found = [one for one in link_urls(links, scheme) if EMAIL.fullmatch(one)]
    return found[0] if found else None


def _urls(lines: Sequence[TextLine], links: Sequence[Link]) -> list[str]:
    written = [url for line in lines for url in urls_in(line.text)]
    texts = [line.text for line in lines]
    linked = [
        link.url for link in links
        if link.url.lower().startswith(("http", "www"))
        and link.text.strip() and any(link.text.strip() in text for text in texts)
    ]  # fmt: skip
    found: list[str] = []
    for url in [*linked, *written]:
        bare = re.sub(r"^(?:https?://)?(?:www\.)?", "", url).rstrip("/").casefold()
        if not any(
            bare == re.sub(r"^(?:https?://)?(?:www\.)?", "", one).rstrip("/").casefold()
            for one in found
        ):
            found.append(url)
    return found


def _place(
    cells: list[tuple[str, TextLine]],
) -> tuple[Location | None, list[tuple[str, TextLine]]]:
    for test in (is_address, is_place, _is_labelled_place, _is_pair):
        for number, (cell, _) in enumerate(cells):
            text = unlabelled(cell)
            if (
                text
                and "@" not in text
                and (test(cell) if test is _is_labelled_place else test(text))
            ):
                return location_of(text), cells[:number] + cells[number + 1 :]
    return None, cells


def _is_labelled_place(cell: str) -> bool:
    match = re.match(
        r"^\W*(?:location|address|adresse|lieu|residence|ville|city|wohnort|anschrift"
        r"|based in)\s*[:\s]\s*(.+)$",
        cell,
        re.IGNORECASE,
    )
    return bool(match) and len(cell) < 90


def _is_pair(text: str) -> bool:
    parts = [part.strip() for part in text.split(",")]
    is_short = all(part and part[0].isupper() and len(part.split()) <= 3 for part in parts)
    return (
        len(parts) == 2
        and is_short
        and not title_words(text)
        and not any(c.isdigit() for c in text)
    )


def _networks(
    cells: list[tuple[str, TextLine]],
) -> tuple[list[tuple[str, str]], list[tuple[str, TextLine]]]:
    """User names that stand beside, above or below the bare name of their network."""
    named: list[tuple[str, str]] = []
    used: set[int] = set()
    for number, (cell, _) in enumerate(cells):
        label, _, value = cell.partition(":")
        network = network_named(label) if value else network_named(cell)
        if network is None or number in used:
            continue
        if value.strip():
            named.append((network, value.strip().lstrip("@")))
            used.add(number)
            continue
        for other in (number - 1, number + 1):
            text = cells[other][0] if 0 <= other < len(cells) else ""
            if (
                other not in used
                and re.fullmatch(r"@?[\w.-]{3,40}", text)
                and not network_named(text)
            ):
                named.append((network, text.lstrip("@")))
                used |= {number, other}
                break
    return named, [cell for n, cell in enumerate(cells) if n not in used]


def _unread(cells: list[tuple[str, TextLine]], basics: Basics, urls: Sequence[str]) -> list[str]:
    """What remains of the head once everything understood is taken out, as paragraphs."""
    known = [basics.email or "", basics.phone or "", *urls]
    lines: list[TextLine] = []
    for cell, line in cells:
        if cell in urls:
            continue
        text = EMAIL.sub(
            lambda m: "" if m.group().replace(" ", "") == basics.email else m.group(), cell
        )
        for one in known:
            if one:
                text = text.replace(one, " ")
        text = unlabelled(text).strip(" \t,;|:()/-–—+")
        if text and re.search(r"\w", text):
            lines.append(msgspec.structs.replace(line, text=text))
    return [paragraph.text for paragraph in paragraphs_of(lines)]
