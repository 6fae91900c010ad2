"""Dates as people write them in a CV: months in words, ranges with any dash, open ends.

A date becomes `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, as exact as it was written and no more: a season
or a quarter keeps its year alone.
"""

from __future__ import annotations

import re

import msgspec

_MONTHS: tuple[str, ...] = (
    "january|jan|janvier|janv|januar|jän|jänner|enero|ene|gennaio|gen",
    "february|febr|feb|février|fevrier|févr|fevr|fév|fev|februar|febrero|febbraio",
    "march|mar|mars|märz|maerz|mrz|mär|marzo",
    "april|apr|avril|avr|abril|aprile",
    "may|mai|mayo|maggio",
    "june|jun|juin|juni|junio|giugno",
    "july|jul|juillet|juil|juli|julio|luglio",
    "august|aug|août|aout|agosto|ago",
    "september|sept|sep|septembre|septiembre|settembre",
    "october|oct|octobre|oktober|okt|octubre|ottobre",
    "november|nov|novembre|noviembre",
    "december|dec|décembre|decembre|déc|dezember|dez|diciembre|dicembre|dic",
)
_MONTH_OF = {name: n for n, names in enumerate(_MONTHS, 1) for name in names.split("|")}
_MONTH = "(?:" + "|".join(sorted(_MONTH_OF, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?:19[4-9]\d|20[0-4]\d)(?!\d)"
_SEASON = (
    r"(?:spring|summer|fall|autumn|winter|printemps|été|ete|automne|hiver|frühling|sommer|herbst"
    r"|sommersemester|wintersemester|ss|ws|q[1-4]|t[1-4]|[1-4]q)"
)
_NOW = (
    r"(?:present|presently|now|current(?:ly)?|today|ongoing|on-going|till\s?date|to\s?date|date"
    r"|aujourd[’'´]?\s?hui|présent|à\sce\sjour|ce\sjour|en\scours|en\sposte|actuel(?:le)?(?:ment)?"
    r"|maintenant|heute|jetzt|laufend|aktuell|derzeit|actualidad|oggi|-{2,3})(?![\w-])"
)
_POINT = (
    rf"(?:\d{{4}}-\d{{2}}-\d{{2}}(?!\d)|\d{{1,2}}[./-]\d{{1,2}}[./-]{_YEAR}"
    rf"|(?:\d{{1,2}}(?:st|nd|rd|th|er|\.)?[\s-])?{_MONTH}[\s,/-]{{0,3}}(?:of\s)?"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?,\s)?{_YEAR}"
    rf"|{_MONTH}[\s-]?[’'‘`]?\d{{2}}(?![\d%.,])"
    rf"|{_YEAR}(?:\s?,\s?|\s){_MONTH}|{_SEASON}[\s-]{{1,2}}{_YEAR}"
    rf"|(?:0?[1-9]|1[0-2])\s?[./-]\s?{_YEAR}|{_YEAR}\s?[./]{{1,2}}\s?(?:0?[1-9]|1[0-2])(?!\d)"
    rf"|{_YEAR}-(?:0[1-9]|1[0-2])(?!\d)|{_YEAR})"
)
_DASH = (
    r"\s*(?:[-‐‑–—―−~→>/]+|\b(?:to|until|till|through|au|à|bis|al?)\b)\s*"
    r"(?:(?:the|zum|le)\s)?(?:till\s|until\s)?"
)
_RANGE = re.compile(
    rf"(?<![\w./@-])(?P<lead>(?:from|since|depuis|seit|de|du|von|dès|ab|entre"
    rf"|à\spartir\sde)\s(?:le\s)?)?"
    rf"(?:(?P<start>{_POINT})(?:{_DASH}(?:(?P<end>{_POINT})|(?P<short>\d{{2}}(?![\d.,%:/]))"
    rf"|(?P<now>{_NOW}))|\s+(?P<beside>(?:present|now|today|présent|heute)\b)"
    rf"|(?P<open>\s*[-–—]+\s*(?=$|[\t|,;:)]))|(?!\w))"
    rf"|(?P<month>{_MONTH}){_DASH}(?P<month_end>{_MONTH}[\s,]{{0,2}}{_YEAR}))",
    re.IGNORECASE,
)
_SINCE = re.compile(r"^(?:since|depuis|seit|dès|ab|à partir)\s", re.IGNORECASE)
_DURATION = (
    r"(?:(?:about|approx\.?|environ|ca\.?|less\sthan)\s)?\d+(?:[.,]\d)?\s?\+?\s?"
    r"(?:years?|yrs?|yr|y|months?|mos?|m|weeks?|days?|ans?|mois|semaines?|jours?|jahre?n?"
    r"|monate?n?|wochen?)\b\.?"
)
_LEFT_OVER = re.compile(
    rf"{_DURATION}|\b(?:date|dates|period|période|zeitraum|expected|graduation|graduated"
    r"|prévu|anticipated|dated|année|year|duration|durée|and|et|und|on|in|le|from|class\sof)\b"
    r"|[\W_]",
    re.IGNORECASE,
)  # fmt: skip


class DateSpan(msgspec.Struct, frozen=True):
    """A date or a range seen in a text, characters `at` to `until`.

    `end` is None where it is still going on (`is_current`), and where there is but one date
    (`is_range` false).
    """

    start: str | None
    end: str | None
    is_current: bool
    is_range: bool
    at: int
    until: int


def find_dates(text: str) -> list[DateSpan]:
    """The dates and ranges of `text`, from left to right.

    >>> [(d.start, d.end, d.is_current) for d in find_dates("depuis mars 2020")]
    [('2020-03', None, True)]
    >>> [(d.start, d.end) for d in find_dates("Sept. 2018 – 05/2023")]
    [('2018-09', '2023-05')]
    """
    if not any(char.isdigit() for char in text):
        return []
    return [span for match in _RANGE.finditer(text) if (span := _span(match)) is not None]


def is_dates_only(text: str) -> bool:
    """Whether `text` says when, and nothing else: a duration beside a date is part of it."""
    spans = find_dates(text)
    return bool(spans) and not _LEFT_OVER.sub("", without_dates(text, spans))


def is_duration(text: str) -> bool:
    """Whether `text` is a length of time alone: `2 years 10 months`."""
    return bool(
        re.fullmatch(rf"[\s(]*(?:{_DURATION}[\s,]*(?:and|et|und)?\s*)+[)\s]*", text, re.IGNORECASE)
    )


def without_dates(text: str, spans: list[DateSpan]) -> str:
    """`text` with the dates cut out; each leaves a tab, for what stood around it is separate."""
    for span in reversed(spans):
        before, after = text[: span.at].rstrip(" \t([,;:–—-|·•"), text[span.until :]
        after = after.lstrip(" \t)],;:–—-|·•")
        text = f"{before}\t{after}" if before and after else before + after
    return text.strip()


def point(text: str) -> str | None:
    """One date, normalised; None where `text` is none."""
    text = text.strip().lower()
    if match := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text):
        return text if _is_day(int(match[2]), int(match[3])) else match[1]
    if match := re.fullmatch(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})", text):
        return _day_of(int(match[1]), int(match[2]), match[3])
    if month := re.search(_MONTH, text):
        return _in_words(text, _MONTH_OF[month.group().rstrip(".")])
    year = re.search(_YEAR, text)
    if year is None:
        return None
    rest = re.sub(r"\D", "", text[: year.start()] + text[year.end() :])
    if re.search(_SEASON, text) or not rest or not 1 <= int(rest) <= 12:
        return year.group()
    return f"{year.group()}-{int(rest):02d}"


def _span(match: re.Match[str]) -> DateSpan | None:
    at, until = match.start(), match.end()
    if match["month"]:
        end = point(match["month_end"])
        month = _MONTH_OF[match["month"].lower().rstrip(".")]
        start = f"{end[:4]}-{month:02d}" if end else None
        return DateSpan(start, end, is_current=False, is_range=True, at=at, until=until)
    start = point(match["start"])
    if start is None:
        return None
    since = bool(match["lead"] and _SINCE.match(match["lead"]))
    if match["end"] or match["short"]:
        end = point(match["end"]) if match["end"] else start[:2] + match["short"]
        if end is not None and end[:4] < start[:4]:
            if not match["end"]:
                return DateSpan(
                    start, None, is_current=False, is_range=False, at=at, until=match.end("start")
                )
            start, end = end, start
        return DateSpan(start, end, is_current=False, is_range=True, at=at, until=until)
    if match["now"] or match["beside"] or since:
        return DateSpan(start, None, is_current=True, is_range=True, at=at, until=until)
    if match["open"] is not None:
        return DateSpan(start, None, is_current=True, is_range=True, at=at, until=until)
    return DateSpan(start, None, is_current=False, is_range=False, at=at, until=until)


def _in_words(text: str, month: int) -> str | None:
    year = re.search(_YEAR, text)
    if year is None:
        short = re.search(r"(\d{2})\s*$", text)
        if short is None:
            return None
        number = int(short.group(1))
        return f"{2000 + number if number <= 45 else 1900 + number}-{month:02d}"
    day = re.search(r"(?<!\d)\d{1,2}(?!\d)", text.replace(year.group(), " "))
    if day and _is_day(month, int(day.group())):
        return f"{year.group()}-{month:02d}-{int(day.group()):02d}"
    return f"{year.group()}-{month:02d}"


def _day_of(first: int, second: int, year: str) -> str:
    day, month = (second, first) if second > 12 else (first, second)
    return f"{year}-{month:02d}-{day:02d}" if _is_day(month, day) else year


def _is_day(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= 31
