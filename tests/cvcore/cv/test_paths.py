"""A CV is read and changed at a path; a wrong path is told what is there instead."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cvcore.cv import Cv, InvalidCv, NoSuchPath, WrongValue, from_json_resume, paths, texts
from cvcore.cv.pathnames import Step, format_path
from cvcore.testing.cvs import cvs

ADA = from_json_resume(
    {
        "basics": {"name": "Ada", "location": {"city": "Paris"}},
        "work": [
            {"name": "Acme", "position": "Engineer", "highlights": ["Built A", "Built B"]},
            {"name": "Bolt", "tags": {"team": 3}},
        ],
        "skills": [{"name": "Data", "keywords": ["SQL", "Python"]}],
        "meta": {"theme": "even", "x-cvcore": {"language": "en"}},
        "a.b": ["odd"],
    }
)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("basics.name", "Ada"),
        ("basics.summary", None),
        ("basics.location.city", "Paris"),
        ("work[w1].highlights[b2]", "Built B"),
        ("work[w1].highlights", ["Built A", "Built B"]),
        ("skills[s1]", {"name": "Data", "keywords": ["SQL", "Python"]}),
        ("work[w2].tags", {"team": 3}),
        ('"a.b"', ["odd"]),
        ("meta.theme", "even"),
        ("meta.x-cvcore.language", "en"),
    ],
)
def test_a_path_gives_what_stands_there(path: str, value: Any) -> None:
    assert paths.get(ADA, path) == value


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("work[w9].name", ("work[w1]", "work[w2]")),
        ("work[w1].highlights[b9]", ("highlights[b1]", "highlights[b2]")),
        ("skills[s1].keyword", ("keywords", "level", "name")),
        ("work.name", ()),
        ("basics[x].name", ()),
        ("work[w1].name.first", ()),
        ("", ()),
        ("work[", ()),
        ("work..name", ()),
    ],
)
def test_a_wrong_path_is_told_what_is_there(path: str, there: tuple[str, ...]) -> None:
    with pytest.raises(NoSuchPath) as caught:
        paths.get(ADA, path)
    assert set(there) <= set(caught.value.there)


@settings(max_examples=40, deadline=None)
@given(cvs())
def test_every_text_stands_at_its_path(cv: Cv) -> None:
    for each in texts(cv):
        held = paths.get(cv, each.path)
        assert held == each.text if each.kind != "extra" else held


@given(st.lists(st.builds(Step, st.text(min_size=1), st.none() | st.just("w1")), min_size=1))
def test_a_path_is_read_as_it_was_written(steps: list[Step]) -> None:
    assert paths.parse(format_path(tuple(steps))) == tuple(steps)


def test_a_changed_text_keeps_its_id() -> None:
    changed = paths.with_value(ADA, "work[w1].highlights[b2]", "Built C")
    assert paths.get(changed, "work[w1].highlights") == ["Built A", "Built C"]
    assert paths.ids_at(changed, "work[w1].highlights") == ("b1", "b2")


def test_lines_that_stay_in_a_replaced_list_keep_their_ids() -> None:
    lines = ["Sold C", "Built B well", "Built A"]
    changed = paths.with_value(ADA, "work[w1].highlights", lines)
    first, *kept = paths.ids_at(changed, "work[w1].highlights")
    assert kept == ["b2", "b1"]
    assert first not in ("b1", "b2")


def test_an_inserted_line_stands_where_it_was_put_and_the_same_line_gets_the_same_id() -> None:
    one = paths.insert(ADA, "skills[s1].keywords", "Go", after="k1")
    other = paths.insert(ADA, "skills[s1].keywords", "Go")
    assert paths.get(one, "skills[s1].keywords") == ["SQL", "Go", "Python"]
    assert (
        paths.ids_at(one, "skills[s1].keywords")[1] == paths.ids_at(other, "skills[s1].keywords")[0]
    )


def test_an_item_moves_and_goes() -> None:
    moved = paths.move(ADA, "work[w2]")
    assert paths.ids_at(moved, "work") == ("w2", "w1")
    assert paths.ids_at(paths.move(moved, "work[w2]", after="w1"), "work") == ("w1", "w2")
    assert paths.ids_at(paths.remove(ADA, "work[w1]"), "work") == ("w2",)


def test_origins_forget_what_is_removed() -> None:
    cv = paths.with_value(ADA, "meta.x-cvcore.origins", {"work[w1].highlights[b1]": "model"})
    assert paths.remove(cv, "work[w1]").origins == {}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("basics.name", 3),
        ("work[w1].highlights[b1]", {"text": "x"}),
        ("work[w1].highlights", "x"),
        ("work[w1]", "x"),
        ("basics.location", "Paris"),
    ],
)
def test_a_value_of_another_kind_is_refused(path: str, value: Any) -> None:
    with pytest.raises(WrongValue):
        paths.with_value(ADA, path, value)


def test_an_item_with_something_wrong_in_it_is_refused_with_its_path() -> None:
    with pytest.raises(InvalidCv) as caught:
        paths.with_value(ADA, "work[w1]", {"name": 3})
    assert caught.value.problems[0].path == "work[w1].name"


@pytest.mark.parametrize("value", [3, {"basics.name": "alien"}])
def test_our_own_fields_are_checked_too(value: Any) -> None:
    with pytest.raises(InvalidCv):
        paths.with_value(ADA, "meta.x-cvcore.origins", value)
