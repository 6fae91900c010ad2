"""Fields an offer states as `label: value`: title, company, place, contract, pay, dates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Literal

from cvcore.offline.offer_wording import fold, groups, whole

Label = Literal[
    "title", "company", "place", "contract", "salary", "experience", "education", "seniority",
    "published_on", "closes_on", "remote", "language", "reference",
]  # fmt: skip

_LABELS: tuple[Label, ...] = (
    "title", "company", "place", "contract", "salary", "experience", "seniority", "education",
    "published_on", "closes_on", "remote", "reference",
)  # fmt: skip
_LINE = re.compile(
    r"^\W{0,3}(?P<label>[^\d:–=]{2,45}?)\s*(?::|\s[–=]\s|\s-\s(?=\S))\s*(?P<value>\S.*)$"
)
_NOTHING = re.compile(
    r"^[\W_]*$|^(?:n/?a|none|null|tbd|not specified|non (?:precise|renseigne)\w*)$"
)

VALUE_CHARACTERS_MAX = 160


def label_of(text: str) -> Label | None:
    """The field that a label names ("Lieu de travail :"), None where it is no label of ours."""
    folded = fold(text).strip(" :*-–•\t")
    return next((label for label in _LABELS if whole(f"label {label}").match(folded)), None)


def labelled(line: str) -> tuple[Label, str] | None:
    """A line `label: value` as its field and value; None for any other line."""
    found = _LINE.match(line)
    if found is None:
        return None
    label, value = label_of(found["label"]), found["value"].strip(" *_\t")
    if label is None or is_nothing(value) or len(value) > VALUE_CHARACTERS_MAX:
        return None
    return label, value


def is_nothing(value: str) -> bool:
    """Whether a field's value only says that there is none: "-", "N/A", "non précisé"."""
    return bool(_NOTHING.match(fold(value).strip()))


def labels_in(lines: Iterable[str]) -> Mapping[Label, str]:
    """The first value of each labelled field."""
    found: dict[Label, str] = {}
    for line in lines:
        pair = labelled(line)
        if pair is not None:
            found.setdefault(*pair)
    return found


_ISO_DATE = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"\b(\d{1,2})[./-]\s?(\d{1,2})[./-]\s?(\d{4})\b")
_WRITTEN = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th|er|\.|-)?[ -](?:of )?([a-z]{3,10})\.?,?[ -](\d{4})\b"
)
_AMERICAN = re.compile(r"\b([a-z]{3,10})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b")


def date_in(text: str, *, day_first: bool = True) -> date | None:
    """The first date written in `text`; `day_first` reads 03/04/2025 as 3 April."""
    folded = fold(text)
    if found := _ISO_DATE.search(folded):
        return _date(found[1], found[2], found[3])
    if found := _NUMERIC.search(folded):
        first, second = (found[1], found[2]) if day_first else (found[2], found[1])
        return _date(found[3], second, first) or _date(found[3], first, second)
    if (found := _WRITTEN.search(folded)) and found[2] in _months():
        return _date(found[3], str(_months()[found[2]]), found[1])
    if (found := _AMERICAN.search(folded)) and found[1] in _months():
        return _date(found[3], str(_months()[found[1]]), found[2])
    return None


@cache
def _months() -> Mapping[str, int]:
    named = {name: lines for name, lines in groups().items() if name.startswith("month ")}
    return {
        word: int(name.removeprefix("month "))
        for name, lines in named.items()
        for word in " ".join(lines).split()
    }


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
