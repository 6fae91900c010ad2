"""Words and dates of a printed CV, in English and in French."""

from __future__ import annotations

import re

from cvcore.cv.labels import LABELS

MONTHS: dict[str, tuple[str, ...]] = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "fr": (
        "janv.",
        "févr.",
        "mars",
        "avr.",
        "mai",
        "juin",
        "juil.",
        "août",
        "sept.",
        "oct.",
        "nov.",
        "déc.",
    ),
}
WORDS: dict[str, dict[str, str]] = {
    "en": {"words": "Keywords", "score": "Grade", "colon": ": ", "role": "Role"},
    "fr": {"words": "Mots-clés", "score": "Mention", "colon": " : ", "role": "Rôle"},
}
DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?")
LANGUAGE = re.compile(r"[a-z]{2,3}")


def labels_language(labels: str | None, language: str | None) -> str:
    """The language of headings: the one asked for, else the CV's, else English."""
    wanted = labels or (language or "en")[:2].lower()
    return wanted if wanted in LABELS else "en"


def document_language(language: str | None, fallback: str) -> str:
    """The language to hyphenate and to read aloud in; whatever is no code is `fallback`."""
    code = (language or fallback).lower().split("-")[0]
    return code if LANGUAGE.fullmatch(code) else fallback


def written_date(text: str, language: str) -> str:
    """A date as a person writes it: `2021-03` is `Mar 2021`; what is no date stays as it stands."""
    match = DATE.fullmatch(text.strip())
    if match is None or match[2] is None:
        return text.strip()
    month = MONTHS[language][int(match[2]) - 1]
    return f"{int(match[3])} {month} {match[1]}" if match[3] else f"{month} {match[1]}"


def written_span(start: str | None, end: str | None, language: str) -> str:
    """A range of dates; without its end it goes on, without its start the end stands alone."""
    if start:
        until = written_date(end, language) if end else LABELS[language]["present"]
        return f"{written_date(start, language)} – {until}"
    return written_date(end, language) if end else ""
