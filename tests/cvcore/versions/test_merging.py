"""Two people changed the same CV: both changes stand, or a conflict names both."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from cvcore.cv import Cv, from_json_resume, paths, texts
from cvcore.testing.cvs import cvs, edited
from cvcore.versions import merge

ADA = from_json_resume(
    {
        "basics": {"name": "Ada", "summary": "Engineer"},
        "work": [
            {"name": "Acme", "highlights": ["Built A", "Built B", "Built C"]},
            {"name": "Bolt", "highlights": ["Sold D"]},
        ],
        "skills": [{"name": "Data", "keywords": ["SQL"]}],
    }
)


def three() -> st.SearchStrategy[tuple[Cv, Cv, Cv]]:
    return cvs().flatmap(lambda cv: st.tuples(st.just(cv), edited(cv), edited(cv)))


@settings(max_examples=40, deadline=None)
@given(three())
def test_one_sided_changes_are_taken_as_they_are(sides: tuple[Cv, Cv, Cv]) -> None:
    base, mine, _ = sides
    assert merge(base, mine, base).cv == mine
    assert merge(base, base, mine).cv == mine
    assert merge(base, mine, mine).cv == mine
    assert not merge(base, mine, mine).conflicts


@settings(max_examples=50, deadline=None)
@given(three())
def test_changes_without_conflict_combine_whoever_is_called_mine(
    sides: tuple[Cv, Cv, Cv],
) -> None:
    base, mine, theirs = sides
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)
    assert {each.path for each in one.conflicts} == {each.path for each in other.conflicts}
    if not one.conflicts and not both_added_under_one_id(base, mine, theirs):
        assert one.cv == other.cv


@settings(max_examples=50, deadline=None)
@given(three())
def test_no_text_that_somebody_wrote_is_lost(sides: tuple[Cv, Cv, Cv]) -> None:
    base, mine, theirs = sides
    merged = merge(base, mine, theirs)
    kept = str(texts(merged.cv)) + str(merged.conflicts)
    old = {(each.path, each.text) for each in texts(base)}
    for side in (mine, theirs):
        for each in texts(side):
            if (each.path, each.text) not in old:
                assert repr(each.text)[1:-1] in kept


def both_added_under_one_id(base: Cv, mine: Cv, theirs: Cv) -> bool:
    """Equal ids for different new items: both stay, the second under another id."""
    at = [{each.path: each.text for each in texts(cv)} for cv in (base, mine, theirs)]
    return any(p not in at[0] and p in at[2] and at[1][p] != at[2][p] for p in at[1])


def test_edits_of_different_lines_and_items_combine() -> None:
    mine = paths.with_value(ADA, "work[w1].highlights[b1]", "Built A well")
    mine = paths.move(mine, "work[w2]")
    theirs = paths.with_value(ADA, "work[w1].highlights[b2]", "Built B well")
    theirs = paths.insert(theirs, "work[w2].highlights", "Sold E", after="b1")
    merged = merge(ADA, mine, theirs)
    assert not merged.conflicts
    assert paths.get(merged.cv, "work") == [
        {"name": "Bolt", "highlights": ["Sold D", "Sold E"]},
        {"name": "Acme", "highlights": ["Built A well", "Built B well", "Built C"]},
    ]


def test_two_changes_of_one_text_are_a_conflict_that_names_both() -> None:
    mine = paths.with_value(ADA, "basics.summary", "Engineer in Paris")
    theirs = paths.with_value(ADA, "basics.summary", "Data engineer")
    merged = merge(ADA, mine, theirs)
    (conflict,) = merged.conflicts
    assert (conflict.base, conflict.mine, conflict.theirs) == (
        "Engineer",
        "Engineer in Paris",
        "Data engineer",
    )
    assert merged.cv.basics.summary == "Engineer in Paris"


def test_what_one_removed_and_the_other_changed_stays_and_is_a_conflict() -> None:
    removed = paths.remove(ADA, "work[w1]")
    changed = paths.with_value(ADA, "work[w1].name", "Acme Ltd")
    for pair in ((removed, changed), (changed, removed)):
        merged = merge(ADA, *pair)
        assert [each.path for each in merged.conflicts] == ["work[w1]"]
        assert paths.get(merged.cv, "work[w1].name") == "Acme Ltd"


def test_both_moving_different_bullets_is_no_conflict() -> None:
    mine = paths.move(ADA, "work[w1].highlights[b3]")
    theirs = paths.move(ADA, "work[w1].highlights[b1]", after="b2")
    merged = merge(ADA, mine, theirs)
    assert not merged.conflicts
    assert paths.ids_at(merged.cv, "work[w1].highlights") == ("b3", "b2", "b1")


def test_adding_the_same_keyword_adds_it_once_and_different_ones_both() -> None:
    def with_keyword(word: str) -> Cv:
        return paths.insert(ADA, "skills[s1].keywords", word, after="k1")

    def keywords(mine: Cv, theirs: Cv) -> Any:
        return paths.get(merge(ADA, mine, theirs).cv, "skills[s1].keywords")

    assert keywords(with_keyword("Go"), with_keyword("Go")) == ["SQL", "Go"]
    assert set(keywords(with_keyword("Go"), with_keyword("C++"))) == {"SQL", "Go", "C++"}
