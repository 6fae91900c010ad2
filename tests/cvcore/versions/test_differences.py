"""What changed between two CVs, found by id, and made again on the first."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from cvcore.cv import Cv, from_json_resume, paths
from cvcore.testing.cvs import cvs, edited, sentences
from cvcore.versions import apply, diff, spans

ADA = from_json_resume(
    {
        "work": [
            {"name": "Acme", "highlights": ["Built A", "Built B", "Built C"]},
            {"name": "Bolt"},
        ],
        "skills": [{"name": "Data", "keywords": ["SQL"]}],
    }
)


@settings(max_examples=40, deadline=None)
@given(cvs(), cvs())
def test_the_changes_between_any_two_cvs_make_one_of_the_other(a: Cv, b: Cv) -> None:
    assert apply(diff(a, b), a) == b


@settings(max_examples=40, deadline=None)
@given(cvs().flatmap(lambda cv: st.tuples(st.just(cv), edited(cv))))
def test_the_changes_of_an_edit_make_it_and_undo_it(pair: tuple[Cv, Cv]) -> None:
    a, b = pair
    assert apply(diff(a, b), a) == b
    assert apply(diff(b, a), b) == a
    assert diff(a, a) == ()


def test_an_item_that_moved_is_one_change() -> None:
    moved = paths.move(ADA, "work[w1].highlights[b3]")
    (change,) = diff(ADA, moved)
    assert (change.kind, change.path) == ("moved", "work[w1].highlights[b3]")


def test_an_item_that_moved_and_changed_is_two_changes_and_another_stays_itself() -> None:
    changed = paths.with_value(paths.move(ADA, "work[w2]"), "work[w2].name", "Bolts")
    assert [(each.kind, each.path) for each in diff(ADA, changed)] == [
        ("moved", "work[w2]"),
        ("renamed", "work[w2].name"),
    ]


def test_added_and_removed_items_are_shown_whole() -> None:
    changed = paths.remove(paths.insert(ADA, "skills[s1].keywords", "Go"), "work[w1]")
    removed, added = diff(ADA, changed)
    assert (removed.kind, removed.before) == ("removed", paths.get(ADA, "work[w1]"))
    assert (added.kind, added.after) == ("added", "Go")


def test_spans_show_the_words_that_changed() -> None:
    shown = [(each.kind, each.text) for each in spans("Led 3 people in Paris", "Led 4 people")]
    assert shown == [
        ("same", "Led "),
        ("removed", "3"),
        ("added", "4"),
        ("same", " people"),
        ("removed", " in Paris"),
    ]


@given(sentences(), sentences())
def test_spans_lose_no_character(before: str, after: str) -> None:
    found = spans(before, after)
    assert "".join(each.text for each in found if each.kind != "added") == before
    assert "".join(each.text for each in found if each.kind != "removed") == after


def test_spans_of_very_long_texts_are_few_and_quick() -> None:
    found = spans("word " * 5000 + "end", "other word " * 5000 + "end")
    assert [each.kind for each in found] == ["removed", "added", "same"]
