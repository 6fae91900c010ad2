"""What a reader of a CV may stumble over: dates that are none, ends before beginnings, twins.

None of it keeps a CV from being kept: what is wrong in kind is refused by `from_json_resume`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from cvcore.cv.errors import Problem
from cvcore.cv.model import SECTIONS, Cv
from cvcore.cv.text import texts

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_DATES = ("startDate", "endDate", "date", "releaseDate")


def check(cv: Cv) -> tuple[Problem, ...]:
    """What should be mended in `cv`, by path (`work[w1].endDate`), with one sentence each.

    >>> from cvcore.cv.model import Work
    >>> [each.path for each in check(Cv(work=(Work(id="w1", end_date="soon"),)))]
    ['work[w1].endDate', 'basics.name']
    """
    return (*_dates(cv), *_order(cv), *_contact(cv), *_twins(cv))


def is_date(text: str) -> bool:
    """Whether `text` is a date as a CV writes it: a year, a month or a day that exist.

    >>> is_date("2021-02"), is_date("2021-13"), is_date("present")
    (True, False, False)
    """
    match = _DATE.fullmatch(text)
    if match is None:
        return False
    return 1 <= int(match[2] or 1) <= 12 and 1 <= int(match[3] or 1) <= 31


def _dates(cv: Cv) -> Iterator[Problem]:
    for each in texts(cv):
        if each.kind == "date" and each.path.endswith(_DATES) and not is_date(each.text):
            message = "no date: write YYYY, YYYY-MM or YYYY-MM-DD; leave the end out if it lasts"
            yield Problem(each.path, message, each.text)


def _order(cv: Cv) -> Iterator[Problem]:
    for section in SECTIONS:
        for item in getattr(cv, section):
            start, end = getattr(item, "start_date", None), getattr(item, "end_date", None)
            if start and end and is_date(start) and is_date(end):
                length = min(len(start), len(end))
                if end[:length] < start[:length]:
                    path = f"{section}[{item.id}].endDate"
                    yield Problem(path, f"ends before it begins ({start})", end)


def _contact(cv: Cv) -> Iterator[Problem]:
    email = cv.basics.email
    if email and not _EMAIL.fullmatch(email.strip()):
        yield Problem("basics.email", "no e-mail address: one looks like ada@example.org", email)
    if not (cv.basics.name or "").strip():
        yield Problem("basics.name", "the name is missing", cv.basics.name)


def _twins(cv: Cv) -> Iterator[Problem]:
    for section in SECTIONS:
        seen: dict[Any, str] = {}
        for item in getattr(cv, section):
            for name in ("highlights", "keywords"):
                for line in getattr(item, name, ()):
                    said = (item.id, name, " ".join(line.text.casefold().split()))
                    path = f"{section}[{item.id}].{name}[{line.id}]"
                    if said in seen:
                        yield Problem(path, f"the same as {seen[said]}", line.text)
                    seen.setdefault(said, path)
