"""Bodies: their limits and every problem of one that does not fit."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvweb.http.bodies import problems_of
from cvweb.http.uploads import FILE_NAME_CHARACTERS_MAX, safe_name


class Inner(msgspec.Struct, forbid_unknown_fields=True, rename="camel"):
    id: str
    the_action: str


class Outer(msgspec.Struct, forbid_unknown_fields=True, rename="camel"):
    decisions: list[Inner]
    how_many: int = 0


def fields_wrong(raw: bytes) -> list[str]:
    return [problem.field for problem in problems_of(raw, Outer)]


def test_every_field_problem_is_named_at_once() -> None:
    raw = b'{"decisions": [{"id": 1}, {"id": "a", "theAction": "b", "x": 1}], "howMany": "many"}'
    assert fields_wrong(raw) == [
        "decisions[0].id",
        "decisions[0].theAction",
        "decisions[1].x",
        "howMany",
    ]


def test_a_body_that_fits_has_no_problem() -> None:
    assert fields_wrong(b'{"decisions": [], "howMany": 2}') == []


@pytest.mark.parametrize("raw", [b"", b"  ", b"{", b"\xff", b"nope"])
def test_what_is_no_json_is_one_problem_of_the_body(raw: bytes) -> None:
    assert fields_wrong(raw) == ["body"]


def test_a_body_of_another_shape_is_one_problem() -> None:
    assert len(fields_wrong(b"[1, 2]")) == 1


@given(st.text(max_size=400) | st.none())
def test_a_safe_name_has_no_folder_no_control_and_an_end(name: str | None) -> None:
    safe = safe_name(name)
    assert 1 <= len(safe) <= FILE_NAME_CHARACTERS_MAX
    assert "/" not in safe
    assert "\\" not in safe
    assert safe.isprintable()
    assert safe not in {".", ".."}


@given(st.text(max_size=400))
def test_a_safe_name_is_safe_already(name: str) -> None:
    assert safe_name(safe_name(name)) == safe_name(name)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Ada\\cv.pdf", "cv.pdf"),
        ("résumé \u202efdp.exe", "résumé fdp.exe"),
        ("..", "file"),
        ("a" * 300 + ".pdf", "a" * 196 + ".pdf"),
    ],
)
def test_names_people_send(name: str, safe: str) -> None:
    assert safe_name(name) == safe
