"""What a corrected offer may say: numbers that can be, texts of bounded length."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from cvcore.offers.model import Experience, Place, Requirement, Salary
from cvweb.http.errors import FieldProblem

SHORT_CHARACTERS_MAX = 500
LONG_CHARACTERS_MAX = 10_000
ENTRIES_MAX = 500
YEARS_MAX = 80
SALARY_MAX = 1_000_000_000
_CURRENCY = re.compile(r"[A-Z]{3}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def problems_of(changes: Mapping[str, Any]) -> list[FieldProblem]:
    """Everything wrong with what a person corrects, by its name on the wire."""
    return [problem for name, value in changes.items() for problem in _problems(name, value)]


def _problems(name: str, value: Any) -> Iterator[FieldProblem]:
    if isinstance(value, Experience):
        years = f"{name}.yearsMin", f"{name}.yearsMax"
        yield from _range(years, (value.years_min, value.years_max), YEARS_MAX)
    elif isinstance(value, Salary):
        ends = f"{name}.min", f"{name}.max"
        yield from _range(ends, (value.min, value.max), SALARY_MAX)
        if value.currency is not None and not _CURRENCY.fullmatch(value.currency):
            message = "must be an ISO 4217 code of three capitals, such as EUR"
            yield FieldProblem(f"{name}.currency", message)
    elif isinstance(value, Place):
        for part in ("text", "city", "region", "country"):
            yield from _text(f"{name}.{part}", getattr(value, part), SHORT_CHARACTERS_MAX)
    elif isinstance(value, tuple):
        yield from _entries(name, value)
    elif name == "language" and value is not None and not _LANGUAGE.fullmatch(value):
        yield FieldProblem(name, "must be a language code, such as en or fr")
    else:
        yield from _text(name, value, SHORT_CHARACTERS_MAX)


def _entries(name: str, rows: tuple[Any, ...]) -> Iterator[FieldProblem]:
    if len(rows) > ENTRIES_MAX:
        yield FieldProblem(name, f"must have at most {ENTRIES_MAX} entries, got {len(rows)}")
        return
    for index, row in enumerate(rows):
        at = f"{name}[{index}]"
        if not isinstance(row, Requirement):
            yield from _text(at, row, LONG_CHARACTERS_MAX)
            continue
        yield from _text(f"{at}.text", row.text, LONG_CHARACTERS_MAX)
        for part, text in (("id", row.id), ("level", row.level)):
            yield from _text(f"{at}.{part}", text, SHORT_CHARACTERS_MAX)
        if len(row.skills) > ENTRIES_MAX:
            yield FieldProblem(f"{at}.skills", f"must have at most {ENTRIES_MAX} entries")
        for number, skill in enumerate(row.skills[:ENTRIES_MAX]):
            yield from _text(f"{at}.skills[{number}]", skill, SHORT_CHARACTERS_MAX)
    ids = [row.id for row in rows if isinstance(row, Requirement)]
    if len(set(ids)) < len(ids):
        yield FieldProblem(name, "each requirement needs an id of its own")


def _range(
    names: tuple[str, str], ends: tuple[int | None, int | None], most: int
) -> Iterator[FieldProblem]:
    for name, end in zip(names, ends, strict=True):
        if end is not None and not 0 <= end <= most:
            yield FieldProblem(name, f"must be 0 to {most}, got {end}")
    low, high = ends
    if low is not None and high is not None and low > high:
        yield FieldProblem(names[1], f"must be {low} or more, which is the least, got {high}")


def _text(name: str, text: str | None, most: int) -> Iterator[FieldProblem]:
    if text is not None and len(text) > most:
        yield FieldProblem(name, f"must have at most {most} characters, got {len(text)}")
