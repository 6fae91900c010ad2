"""CVs from the documents that Reactive Resume (version 4) exports."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

from cvcore.cv.codec import from_json_resume
from cvcore.cv.model import Cv

Period = Callable[[str], tuple[str | None, str | None]]
"""Reads `January 2019 to Present` as its start and end, normalised; the end None when current."""

_TEXT_FIELDS: dict[str, dict[str, str]] = {
    "experience": {"company": "name", "position": "position", "location": "location"},
    "volunteer": {"organization": "organization", "position": "position", "location": "location"},
    "education": {"institution": "institution", "studyType": "studyType", "area": "area",
                  "score": "score"},
    "awards": {"title": "title", "awarder": "awarder", "date": "date"},
    "certifications": {"name": "name", "issuer": "issuer", "date": "date"},
    "publications": {"name": "name", "publisher": "publisher", "date": "releaseDate"},
    "projects": {"name": "name", "description": "description"},
    "skills": {"name": "name", "description": "level"},
    "languages": {"name": "language", "description": "fluency"},
    "interests": {"name": "name"},
    "references": {"name": "name", "description": "description"},
    "profiles": {"network": "network", "username": "username"},
}  # fmt: skip
_SECTION = {"experience": "work", "certifications": "certificates"}
_DATED = ("experience", "volunteer", "education", "projects")
_TOLD = ("experience", "volunteer", "projects")
_SUMMARISED = ("awards", "publications")
_KNOWN = frozenset(
    ("id", "visible", "url", "summary", "date", "keywords", "level", "icon", "content")
)


def is_reactive_resume(document: Any) -> bool:
    """Whether `document` is one of Reactive Resume's: a person and named sections of items."""
    if not isinstance(document, dict) or not isinstance(document.get("basics"), dict):
        return False
    sections = document.get("sections")
    return isinstance(sections, dict) and any(
        isinstance(one, dict) and ("items" in one or "content" in one) for one in sections.values()
    )


def from_reactive_resume(document: Any, *, period: Period) -> Cv:
    """The CV in a Reactive Resume document, already parsed from JSON.

    What the person set invisible is kept as `hidden` among the unknown fields, outside the CV's
    sections. `period` reads the dates, which the format keeps as free text.

    Raises:
        InvalidCv: texts, lists or objects stand where others belong.
    """
    sections = document["sections"]
    resume: dict[str, Any] = {"basics": _basics(document)}
    hidden: dict[str, Any] = {}
    for name, section in sections.items():
        if name == "custom":
            _add_custom(resume, section, period)
            continue
        items = section.get("items") if isinstance(section, dict) else None
        if not isinstance(items, list):
            continue
        shown = [each for each in items if _is_shown(each)] if _is_shown(section) else []
        if unseen := [each for each in items if each not in shown]:
            hidden[name] = unseen
        rows = [_row(name, each, period) for each in shown if isinstance(each, dict)]
        if name == "profiles":
            resume["basics"]["profiles"] = rows
        elif name in _TEXT_FIELDS and rows:
            resume[_SECTION.get(name, name)] = rows
    if hidden:
        resume["hidden"] = hidden
    return from_json_resume(resume)


def _basics(document: dict[str, Any]) -> dict[str, Any]:
    given = document["basics"]
    basics = {
        "name": given.get("name"), "label": given.get("headline"), "email": given.get("email"),
        "phone": given.get("phone"), "url": _url(given),
    }  # fmt: skip
    place = given.get("location")
    if isinstance(place, str) and place.strip():
        basics["location"] = {"address": place}
    summary = document["sections"].get("summary")
    if isinstance(summary, dict) and _is_shown(summary):
        paragraphs, bullets = _told(summary.get("content"))
        basics["summary"] = "\n".join([*paragraphs, *bullets])
    custom = given.get("customFields")
    if isinstance(custom, list) and custom:
        basics["customFields"] = custom
    return {name: value for name, value in basics.items() if value not in (None, "")}


def _row(section: str, item: dict[str, Any], period: Period) -> dict[str, Any]:
    fields = _TEXT_FIELDS.get(section, {})
    row: dict[str, Any] = {
        target: item[source]
        for source, target in fields.items()
        if item.get(source) not in (None, "")
    }
    if url := _url(item):
        row["url"] = url
    date = item.get("date")
    if section in _DATED and isinstance(date, str) and date.strip():
        start, end = period(date)
        row |= {"startDate": start} if start else {}
        row |= {"endDate": end} if end else {}
        if start is None and end is None:
            row["date"] = date
    elif "date" in row and isinstance(date, str):
        row[fields["date"]] = period(date)[0] or date
    if isinstance(keywords := item.get("keywords"), list) and keywords:
        row["keywords"] = keywords
    row |= _summary(section, item.get("summary"))
    return row | {k: v for k, v in item.items() if k not in fields and k not in _KNOWN and v}


def _summary(section: str, content: Any) -> dict[str, Any]:
    paragraphs, bullets = _told(content)
    if section in _TOLD:
        told = {"summary": "\n".join(paragraphs)}
        return {k: v for k, v in {**told, "highlights": bullets}.items() if v}
    whole = [*paragraphs, *bullets]
    if not whole:
        return {}
    if section == "education":
        return {"courses": whole}
    return {"reference" if section == "references" else "summary": "\n".join(whole)}


def _add_custom(resume: dict[str, Any], custom: Any, period: Period) -> None:
    """Sections of the person's own become projects under their heading."""
    for section in custom.values() if isinstance(custom, dict) else ():
        items = section.get("items") if isinstance(section, dict) else None
        for item in items if isinstance(items, list) and _is_shown(section) else ():
            if isinstance(item, dict) and _is_shown(item):
                row = _row("projects", item, period)
                row["type"] = section.get("name") or "custom"
                resume.setdefault("projects", []).append(row)


def _is_shown(part: Any) -> bool:
    return not (isinstance(part, dict) and part.get("visible") is False)


def _url(part: dict[str, Any]) -> str | None:
    url = part.get("url")
    href = url.get("href") if isinstance(url, dict) else url
    return href if isinstance(href, str) and href.strip() else None


def _told(content: Any) -> tuple[list[str], list[str]]:
    """The paragraphs and the bullets of a text kept as HTML."""
    if not isinstance(content, str) or not content.strip():
        return [], []
    parser = _Told()
    parser.feed(content)
    parser.close()
    parser.flush()
    return parser.paragraphs, parser.bullets


class _Told(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[str] = []
        self.bullets: list[str] = []
        self._held = ""
        self._items = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in ("p", "li", "ul", "ol", "br", "div") and not (tag == "p" and self._items):
            self.flush()
        self._items += tag == "li"

    def handle_endtag(self, tag: str) -> None:
        if tag in ("p", "li", "ul", "ol", "div") and not (tag == "p" and self._items):
            self.flush()
        self._items -= tag == "li" and self._items > 0

    def handle_data(self, data: str) -> None:
        self._held += data

    def flush(self) -> None:
        text = " ".join(self._held.split())
        if text:
            (self.bullets if self._items else self.paragraphs).append(text)
        self._held = ""
