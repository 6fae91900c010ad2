"""Dates as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvcore.offline import find_dates
from cvcore.offline.cv_dates import is_dates_only, is_duration, point, without_dates

YEARS = st.integers(1950, 2045)
MONTHS = st.integers(1, 12)
NAMES = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
}
DASHES = st.sampled_from([" - ", " – ", "—", " to ", " à ", " bis ", " → "])


@pytest.mark.parametrize(
    ("text", "start", "end", "is_current"),
    [
        ("June 2016 to December 2018", "2016-06", "2018-12", False),
        ("Sept 2018 – May 2023", "2018-09", "2023-05", False),
        ("2016/09 - now", "2016-09", None, True),
        ("depuis mars 2020", "2020-03", None, True),
        ("de janvier 2018 à juin 2019", "2018-01", "2019-06", False),
        ("à partir de 2020", "2020", None, True),
        ("Seit 03/2019", "2019-03", None, True),
        ("01/2021 – heute", "2021-01", None, True),
        ("2017-19", "2017", "2019", False),
        ("Jan - Mar 2020", "2020-01", "2020-03", False),
        ("Fall 2013 – Spring 2014", "2013", "2014", False),
        ("jan. '19 - déc. '21", "2019-01", "2021-12", False),
        ("01.2019 - 31.12.2020", "2019-01", "2020-12-31", False),
        ("2018 - à ce jour", "2018", None, True),
        ("2020 Present", "2020", None, True),
        ("March 5, 2019", "2019-03-05", None, False),
        ("2018-11-16", "2018-11-16", None, False),
    ],
)
def test_a_date_reads_the_same_however_it_is_written(
    text: str, start: str, end: str | None, is_current: bool
) -> None:
    (span,) = find_dates(text)
    assert (span.start, span.end, span.is_current) == (start, end, is_current)
    assert is_dates_only(text)


@pytest.mark.parametrize(
    "text",
    [
        "06 12 34 56 78",
        "20XX",
        "increased by 20%",
        "192.168.20.19",
        "C++17 and ISO 9001",
        "v2.2016b",
    ],
)
def test_a_number_that_is_no_date_is_none(text: str) -> None:
    assert find_dates(text) == []


@given(YEARS, MONTHS, YEARS, MONTHS, st.sampled_from(sorted(NAMES)), DASHES)
def test_months_in_words_make_a_range_in_every_language(
    year: int, month: int, until: int, until_month: int, language: str, dash: str
) -> None:
    first, last = sorted([(year, month), (until, until_month)])
    names = NAMES[language].split()
    text = f"{names[first[1] - 1]} {first[0]}{dash}{names[last[1] - 1]} {last[0]}"
    (span,) = find_dates(text)
    assert span.start == f"{first[0]}-{first[1]:02d}"
    assert span.end == f"{last[0]}-{last[1]:02d}"


@given(YEARS, MONTHS)
def test_a_normalised_date_reads_as_itself(year: int, month: int) -> None:
    assert point(f"{year}") == f"{year}"
    assert point(f"{year}-{month:02d}") == f"{year}-{month:02d}"
    assert point(f"{year}-{month:02d}-09") == f"{year}-{month:02d}-09"


@given(st.text(max_size=80))
def test_no_text_breaks_the_search(text: str) -> None:
    for span in find_dates(text):
        assert 0 <= span.at < span.until <= len(text)
        assert span.end is None or span.start is None or span.start[:4] <= span.end[:4]


def test_what_stands_around_a_date_is_parted() -> None:
    text = "Engineer (2019 – 2021), Acme"
    assert without_dates(text, find_dates(text)) == "Engineer\tAcme"


def test_a_duration_beside_a_date_is_part_of_it() -> None:
    assert is_duration("2 years 10 months")
    assert is_dates_only("June 2016 – May 2018 (2 years)")
    assert not is_duration("2 teams of ten")
