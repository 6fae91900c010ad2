"""A CV document goes in and comes out with nothing lost, or is refused with all that is wrong."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cvcore.cv import Cv, InvalidCv, Line, Problem, from_json_resume, is_json_resume, to_json_resume
from cvcore.testing.cvs import cvs, documents, json_values


def filled(value: Any) -> Any:
    """`value` without what JSON Resume lets be absent in known fields: null and empty lists."""
    if isinstance(value, dict):
        return {name: filled(held) for name, held in value.items() if held not in (None, [])}
    return [filled(held) for held in value] if isinstance(value, list) else value


@settings(max_examples=50, deadline=None)
@given(documents())
def test_a_document_comes_out_as_it_went_in(document: dict[str, Any]) -> None:
    out = to_json_resume(from_json_resume(document))
    del out["meta"]
    if document.get("basics") == {}:
        out["basics"] = {}
    assert filled(out) == filled({k: v for k, v in document.items() if k != "meta"})


@settings(max_examples=50, deadline=None)
@given(cvs())
def test_a_cv_comes_back_equal(cv: Cv) -> None:
    assert from_json_resume(to_json_resume(cv)) == cv


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(["basics", "work", "skills", "meta", "x"]), json_values()))
def test_any_json_is_read_or_refused_with_a_sentence_for_each_problem(
    document: dict[str, Any],
) -> None:
    problems: tuple[Problem, ...] = ()
    try:
        cv = from_json_resume(document)
    except InvalidCv as error:
        problems = error.problems
    else:
        assert from_json_resume(to_json_resume(cv)) == cv
    assert all(each.path and "needed" in each.message for each in problems)


def test_every_problem_is_reported_at_once_with_its_path_and_value() -> None:
    document = {
        "basics": {"name": 7, "profiles": ["x"]},
        "work": [{"highlights": ["fine", 3]}, "Acme"],
        "skills": {"name": "SQL"},
        "meta": {"x-cvcore": {"origins": {"basics.name": "alien"}}},
    }
    with pytest.raises(InvalidCv) as caught:
        from_json_resume(document)
    found = {each.path: each.value for each in caught.value.problems}
    assert found == {
        "basics.name": 7,
        "basics.profiles[0]": "x",
        "work[0].highlights[1]": 3,
        "work[1]": "Acme",
        "skills": {"name": "SQL"},
        "meta.x-cvcore.origins['basics.name']": "alien",
    }
    assert "and 3 more" in str(caught.value)


@pytest.mark.parametrize("document", [None, [], "cv", 3])
def test_what_is_no_object_is_refused(document: Any) -> None:
    with pytest.raises(InvalidCv):
        from_json_resume(document)


def test_a_document_nested_too_deep_is_refused_without_a_crash() -> None:
    deep: Any = "x"
    for _ in range(5000):
        deep = [deep]
    with pytest.raises(InvalidCv, match="64 levels"):
        from_json_resume({"x": deep})


def test_half_a_character_is_refused_because_no_file_can_hold_it() -> None:
    with pytest.raises(InvalidCv, match="surrogate"):
        from_json_resume({"work": [{"highlights": ["\ud800"]}]})


def test_ids_that_do_not_fit_the_document_are_counted_anew() -> None:
    document = {
        "work": [{"highlights": ["a", "b", "c"]}],
        "meta": {"x-cvcore": {"ids": {"work": ["w9"], "work[w9].highlights": ["b4", "b4", "b5"]}}},
    }
    (job,) = from_json_resume(document).work
    assert job.id == "w9"
    assert job.highlights == (Line("b1", "a"), Line("b2", "b"), Line("b3", "c"))


def test_fields_of_a_later_version_in_our_own_corner_survive() -> None:
    document = {"meta": {"theme": "even", "x-cvcore": {"tags": {"w1": ["data"]}}}}
    out = to_json_resume(from_json_resume(document))
    assert out["meta"]["theme"] == "even"
    assert out["meta"]["x-cvcore"]["tags"] == {"w1": ["data"]}


def test_a_job_offer_does_not_look_like_a_cv() -> None:
    assert not is_json_resume({"title": "Engineer", "company": "Acme", "skills": [{"name": "Go"}]})
    assert is_json_resume({"basics": {"name": "Ada"}})
    assert is_json_resume({"work": [{"name": "Acme"}]})
