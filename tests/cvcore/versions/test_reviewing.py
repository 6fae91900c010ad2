"""A person accepts, rejects and edits proposals; what was written meanwhile stays."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from cvcore.cv import Cv, from_json_resume, paths, texts
from cvcore.testing.cvs import cvs, edited, sentences
from cvcore.versions import Decision, Position, Proposal, RefusedClaim, origin_of, review

BASE = from_json_resume(
    {
        "basics": {"summary": "Engineer"},
        "work": [{"name": "Acme", "highlights": ["Built A", "Built B"]}, {"name": "Bolt"}],
        "skills": [{"name": "Data", "keywords": ["SQL"]}],
    }
)
SUMMARY = Proposal(id="p1", path="basics.summary", op="replace", reason="r", after="Data engineer")
KEYWORD = Proposal(id="p2", path="skills[s1].keywords", op="insert", reason="r", after="Postgres")
MOVE = Proposal(id="p3", path="work[w2]", op="move", reason="r", position=Position(after=None))
ALL = (SUMMARY, KEYWORD, MOVE)


def decide(id: str, action: Any = "accept", **more: Any) -> Decision:
    return Decision(id=id, action=action, **more)


def test_accepted_changes_stand_and_rejected_ones_do_not() -> None:
    done = review(BASE, BASE, ALL, [decide("p1"), decide("p2", "reject"), decide("p3")])
    assert [each.state for each in done.results] == ["accepted", "rejected", "accepted"]
    assert done.cv.basics.summary == "Data engineer"
    assert paths.ids_at(done.cv, "work") == ("w2", "w1")
    assert paths.get(done.cv, "skills[s1].keywords") == ["SQL"]


def test_the_cv_says_who_wrote_what() -> None:
    edit = decide("p2", "edit", value="PostgreSQL")
    done = review(BASE, BASE, ALL, [decide("p1"), edit])
    (keyword,) = (each.path for each in texts(done.cv) if each.text == "PostgreSQL")
    assert origin_of(done.cv.origins, "basics.summary") == "model"
    assert origin_of(done.cv.origins, keyword) == "person"
    assert origin_of(done.cv.origins, "work[w1].name") == "import"


def test_an_edit_made_meanwhile_elsewhere_stays() -> None:
    now = paths.with_value(BASE, "work[w1].highlights[b1]", "Built A alone")
    done = review(now, BASE, ALL, [decide("p1"), decide("p3")])
    assert paths.get(done.cv, "work[w1].highlights[b1]") == "Built A alone"
    assert done.cv.basics.summary == "Data engineer"


def test_an_edit_of_the_same_text_is_a_conflict_that_names_it_and_changes_nothing() -> None:
    now = paths.with_value(BASE, "basics.summary", "Engineer in Paris")
    done = review(now, BASE, ALL, [decide("p1")])
    (result,) = done.results
    assert result.state == "conflict"
    assert "Engineer in Paris" in (result.detail or "")
    assert done.cv == now


def test_a_proposal_for_what_was_removed_is_a_conflict() -> None:
    now = paths.remove(BASE, "skills[s1]")
    done = review(now, BASE, ALL, [decide("p2")])
    assert done.results[0].state == "conflict"
    assert done.cv == now


def test_a_refused_proposal_needs_the_person_to_attest_it() -> None:
    claim = RefusedClaim(rule="number", claim="40 %")
    refused = Proposal(
        id="p9", path="basics.summary", op="replace", reason="r", after="Cut costs by 40 %",
        verdict="refused", refusals=(claim,),
    )  # fmt: skip
    kept = review(BASE, BASE, [refused], [decide("p9")])
    assert (kept.results[0].state, kept.cv) == ("pending", BASE)
    assert "40 %" in (kept.results[0].detail or "")
    done = review(BASE, BASE, [refused], [decide("p9", attest=True)])
    assert done.results[0].state == "accepted"
    assert done.cv.origins == {"basics.summary": "attested"}


def test_what_was_decided_before_keeps_its_state_and_says_so() -> None:
    first = review(BASE, BASE, ALL, [decide("p1")])
    second = review(first.cv, BASE, first.proposals, [decide("p1", "reject")])
    assert second.results[0].state == "accepted"
    assert "decided before" in (second.results[0].detail or "")
    assert second.cv == first.cv


def test_rivals_for_the_same_text_are_superseded() -> None:
    rival = Proposal(id="p4", path="basics.summary", op="replace", reason="r", after="Analyst")
    done = review(BASE, BASE, [SUMMARY, rival], [decide("p1")])
    assert [(each.id, each.state) for each in done.results] == [
        ("p1", "accepted"),
        ("p4", "superseded"),
    ]


def test_a_value_that_cannot_stand_there_is_a_conflict_and_no_crash() -> None:
    done = review(BASE, BASE, ALL, [decide("p1", "edit", value=3)])
    assert done.results[0].state == "conflict"
    assert done.cv == BASE


@settings(max_examples=50, deadline=None)
@given(
    cvs().flatmap(lambda cv: st.tuples(st.just(cv), edited(cv))),
    sentences(),
    st.sampled_from(["accept", "reject"]),
    st.data(),
)
def test_a_review_never_loses_an_edit(
    pair: tuple[Cv, Cv], text: str, action: Any, data: st.DataObject
) -> None:
    base, now = pair
    known = [each.path for each in texts(base) if each.kind != "extra"] or ["basics.summary"]
    path = data.draw(st.sampled_from(known))
    proposal = Proposal(id="p", path=path, op="replace", reason="r", after=text)
    done = review(now, base, [proposal], [decide("p", action)])
    before = {(each.path, each.text) for each in texts(base)}
    after = {(each.path, each.text) for each in texts(done.cv)}
    written = {(each.path, each.text) for each in texts(now)} - before
    assert written <= after
    if done.results[0].state != "accepted":
        assert done.cv == now
