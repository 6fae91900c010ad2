"""Hebrew and Arabic words in the order they are read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvcore.offline import Word, lines_of_page
from cvcore.offline.cv_bidi import in_reading_order

LATIN = st.text(alphabet="abc123é•", min_size=1, max_size=5)
HEBREW = st.text(alphabet="אבגד", min_size=1, max_size=5)


@pytest.mark.parametrize(
    ("placed", "read"),
    [
        ("מאוד גדולה בחברה מהנדסת", "מהנדסת בחברה גדולה מאוד"),
        ("كبيرة شركة في مهندسة", "مهندسة في شركة كبيرة"),
        ("Notes on עולם שלום inside", "Notes on שלום עולם inside"),
        ("גדולה בחברה Visual Studio עם", "עם Visual Studio בחברה גדולה"),
        ("2022 - 2019 הדגמה חברת", "חברת הדגמה 2019 - 2022"),
    ],
)
def test_words_from_right_to_left_are_read_from_the_right(placed: str, read: str) -> None:
    assert " ".join(in_reading_order(placed.split())) == read


@given(st.lists(LATIN, max_size=6))
def test_other_lines_stay_as_they_stand(words: list[str]) -> None:
    assert in_reading_order(words) == words


@given(st.lists(st.one_of(LATIN, HEBREW), max_size=8))
def test_no_word_is_lost_or_made(words: list[str]) -> None:
    assert sorted(in_reading_order(words)) == sorted(words)


@given(st.lists(HEBREW, max_size=6))
def test_a_line_of_one_script_turns_whole(words: list[str]) -> None:
    assert in_reading_order(words) == words[::-1]


def test_a_page_reads_its_lines_so() -> None:
    words = [Word(w, 40 + 30 * n, 65 + 30 * n, 100, 10, "plain") for n, w in enumerate("גבא")]
    assert [line.text for line in lines_of_page(words, 1)] == ["א ב ג"]
