"""Page numbers and running titles go; what only looks like them stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvcore.offline.cv_text import TextLine, without_furniture

TOP, MIDDLE, BOTTOM = 30.0, 400.0, 800.0


def pages(*edges: tuple[str, str], bottoms: tuple[float, ...] = ()) -> tuple[TextLine, ...]:
    """Pages with a first line, text of their own and a last line; `bottoms` says how low."""
    lines: list[TextLine] = []
    for page, (first, last) in enumerate(edges, 1):
        low = bottoms[page - 1] if bottoms else BOTTOM
        for text, y in ((first, TOP), (f"text of page {'abc'[page - 1]}", MIDDLE), (last, low)):
            if text:
                lines.append(TextLine(text=text, page=page, x=40, x_end=300, y=y, size=10))
    return tuple(lines)


def left_of(lines: tuple[TextLine, ...]) -> list[str]:
    return [line.text for line in without_furniture(lines) if not line.text.startswith("text of")]


@pytest.mark.parametrize(
    "lasts",
    [
        ("1", "2"),
        ("Page 1 of 2", "Page 2 of 2"),
        ("- 1 -", "- 2 -"),
        ("1 / 2", "2 / 2"),
        ("Ada Sample · CV · 1", "Ada Sample · CV · 2"),
        ("Ada Sample", "Ada Sample"),
        ("Seite 1", "Seite 2"),
    ],
)
def test_page_numbers_and_running_titles_go(lasts: tuple[str, str]) -> None:
    assert left_of(pages(("", lasts[0]), ("", lasts[1]))) == []


@pytest.mark.parametrize(
    "lasts",
    [
        ("Score: 91", "Score: 94"),
        ("Keeper, 2010 - 2012", "Keeper, 2013 - 2015"),
        ("TOEIC - 95", "Grade - 12"),
        ("Led 12 people", "Led 34 people"),
    ],
)
def test_last_lines_alike_but_for_their_figures_stay(lasts: tuple[str, str]) -> None:
    assert left_of(pages(("", lasts[0]), ("", lasts[1]))) == list(lasts)


def test_the_same_words_at_another_height_are_no_running_title() -> None:
    lines = pages(("", "Python and SQL"), ("", "Python and SQL"), bottoms=(800.0, 512.0))
    assert left_of(lines) == ["Python and SQL", "Python and SQL"]


def test_the_name_above_all_stays_once() -> None:
    assert left_of(pages(("Ada Sample", ""), ("Ada Sample", ""), ("Ada Sample", ""))) == [
        "Ada Sample"
    ]


@given(st.lists(st.text(alphabet="ab 12", min_size=1, max_size=8), min_size=1, max_size=3))
def test_no_line_within_a_page_is_ever_dropped(texts: list[str]) -> None:
    lines = pages(*((text, text) for text in texts))
    kept = [line.text for line in without_furniture(lines)]
    assert [text for text in kept if text.startswith("text of")] == [
        f"text of page {'abc'[n]}" for n in range(len(texts))
    ]
