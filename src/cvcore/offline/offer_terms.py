"""Numbers and levels that an offer states: years, degrees, languages, pay, contract, seniority."""

from __future__ import annotations

import re
from typing import cast

import msgspec

from cvcore.offers.model import Level, Remote, Salary, SalaryPeriod
from cvcore.offline.offer_wording import all_of, first_of, fold, wording

_NUMBER = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5,
    "sept": 7, "huit": 8, "neuf": 9, "dix": 10,
}  # fmt: skip
_N = r"(?P<{0}>\d{{1,2}}(?![\d.,]*\d)|" + "|".join(_NUMBER) + r")"
_YEARS = re.compile(
    rf"(?<![\w.,]){_N.format('low')}(?:\s*\(\d+\))?\s*\+?\s*(?:(?:-|–|—|to|a|à|et|ou|or|and|bis)\s*"
    rf"{_N.format('high')}\s*\+?\s*)?(?:full |or more |\+ )?"
    r"(?P<unit>years?|yrs?|ans?|annees?|mois|months?|jahren?|let|lat|anos|anni|jaar)\b"
)
YEARS_MAX = 40

_ANY_DEGREE = re.compile(r"\b(?:degree|diplom\w*|studies in|formation (?:superieure|en|de type))\b")

_CEFR = re.compile(r"\b([abc][12])\b(?!\s*(?:license|permit|driv))")
_MONEY = r"(?:\d{{1,3}}(?:[ ,.\u00a0\u202f']\d{{3}})+(?:[.,]\d{{1,2}})?|\d+(?:[.,]\d+)?)\s?[km]?"
_CURRENCY = r"(?:us\$|ca\$|a\$|\$|€|£|₹|¥|eur(?:os?)?|usd|gbp|chf|czk|kc|pln|zl|cad|aud|inr|sek)"
_PAY = re.compile(
    rf"(?P<before>{_CURRENCY})?\s?(?P<low>{_MONEY.format()})\s?(?P<mid>{_CURRENCY})?\s?"
    rf"(?:(?:-|–|—|to|a|et|and|bis|up to)\s?(?P<before2>{_CURRENCY})?\s?(?P<high>{_MONEY.format()})"
    rf"\s?(?P<after>{_CURRENCY})?)?"
)
_ISO = {
    "$": "USD", "us$": "USD", "ca$": "CAD", "a$": "AUD", "€": "EUR", "£": "GBP", "₹": "INR",
    "¥": "JPY", "kc": "CZK", "zl": "PLN", "euro": "EUR", "euros": "EUR",
}  # fmt: skip
_LEAST: dict[SalaryPeriod | None, int] = {"year": 4_000, "month": 300, "day": 20, "hour": 2}


class Years(msgspec.Struct, frozen=True):
    """Years of experience asked: at least `low`, at most `high` where the text bounds it."""

    low: int
    high: int | None = None


def years_in(text: str, *, is_asked: bool = False) -> Years | None:
    """The years of experience that a sentence asks for; months round down.

    `is_asked` says that the sentence stands among the requirements: it need not name experience.
    """
    folded = fold(text)
    if not (is_asked or wording("experience word").search(folded)) or _is_about_others(folded):
        return None
    if wording("experience never").search(folded):
        return None
    for found in _YEARS.finditer(folded):
        low, high = _count(found["low"]), _count(found["high"])
        if not low or low > YEARS_MAX:
            continue
        if found["unit"].startswith("mo"):
            low, high = low // 12, None if high is None else high // 12
            if not low:
                continue
        return Years(low, high if high is not None and high > low else None)
    return None


def _is_about_others(folded: str) -> bool:
    return bool(wording("experience other").search(folded)) and not re.search(
        r"\b(?:you|vous|candidate?|minimum|at least|au moins|required|must)\b", folded
    )


def _count(word: str | None) -> int | None:
    if not word:
        return None
    return int(word) if word.isdigit() else _NUMBER.get(word)


def degree_in(text: str) -> str | None:
    """The lowest degree a sentence accepts, as `EQF3` to `EQF8`; None where it names none."""
    folded = fold(text)
    levels = all_of("degree", folded) or all_of("degree-any", folded)
    return f"EQF{min(levels)}" if levels else None


def speaks_of_degree(text: str) -> bool:
    """Whether a sentence asks for studies, a level named or not."""
    return degree_in(text) is not None or bool(_ANY_DEGREE.search(fold(text)))


def fluency_in(text: str) -> str | None:
    """The CEFR level stated beside a language, in letters or in words; None where there is none."""
    folded = fold(text)
    stated = _CEFR.search(folded)
    if stated:
        return stated.group(1).upper()
    return first_of("fluency", folded)


def level_in(title: str) -> Level | None:
    """The seniority that a title or a labelled field names."""
    return cast("Level | None", first_of("seniority", fold(title)))


def contract_in(text: str) -> str | None:
    """The kind of contract that words name, in one spelling; None where they name none."""
    return first_of("contract", fold(text).replace("_", "-"))


def remote_in(text: str) -> Remote | None:
    """Whether the work is done away from the office, where the text says so."""
    return cast("Remote | None", first_of("remote", fold(text)))


def salary_in(text: str) -> Salary | None:
    """The pay that a line states; None without a currency or where it may be something else."""
    folded = fold(text)
    if wording("pay-other").search(folded):
        return None
    is_named = wording("pay-word").search(folded) is not None
    for found in _PAY.finditer(folded):
        currency = found["before"] or found["mid"] or found["before2"] or found["after"]
        low, high = _amount(found["low"]), _amount(found["high"])
        if currency is None or low is None:
            continue
        if not is_named and (high is None or first_of("pay", folded) is None):
            continue
        if high is not None and high >= 1000 > low and "k" in (found["high"] or ""):
            low *= 1000
        period = _period(folded, high or low)
        if low < _LEAST.get(period, 5) or (high is not None and high < low):
            continue
        iso = _ISO.get(currency, currency.upper()[:3])
        return Salary(min=low, max=high, currency=iso, period=period)
    return None


def _amount(text: str | None) -> int | None:
    if not text:
        return None
    text = text.strip()
    times = {"k": 1_000, "m": 1_000_000}.get(text[-1], 1)
    digits = re.sub(r"[ ,.\u00a0\u202f'](?=\d{3}\b)", "", text.rstrip("km "))
    try:
        return int(float(digits.replace(",", ".")) * times)
    except (ValueError, OverflowError):
        return None


def _period(folded: str, amount: int) -> SalaryPeriod | None:
    stated = first_of("pay", folded)
    if stated is not None:
        return cast("SalaryPeriod", stated)
    return "year" if amount >= 12_000 else None
