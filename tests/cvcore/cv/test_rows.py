"""A CV read again without its ids gets back those of the CV it was."""

from __future__ import annotations

from hypothesis import given, settings

from cvcore.cv import Cv, from_json_resume, ids_in, to_json_resume, with_ids_of
from cvcore.testing.cvs import cvs


@settings(max_examples=40, deadline=None)
@given(cvs())
def test_an_unchanged_export_gets_all_its_ids_back(cv: Cv) -> None:
    document = to_json_resume(cv)
    del document["meta"]
    again = with_ids_of(from_json_resume(document), cv)
    assert {path: set(ids) for path, ids in ids_in(again).items()} == {
        path: set(ids) for path, ids in ids_in(cv).items()
    }


def test_items_keep_their_ids_when_a_tool_reorders_and_mends_them() -> None:
    jobs = [
        {"name": "Acme", "position": "Engineer", "highlights": ["Built the plan", "Sold it"]},
        {"name": "Bolt", "position": "Analyst", "highlights": ["Counted the bolts"]},
    ]
    known = from_json_resume({"work": jobs})
    mended = {**jobs[0], "highlights": ["Sold it", "Built the whole plan", "Rested"]}
    new = {"name": "Zed", "position": "Cook"}
    read = with_ids_of(from_json_resume({"work": [jobs[1], new, mended]}), known)
    assert [job.id for job in read.work][::2] == ["w2", "w1"]
    assert [line.id for line in read.work[2].highlights][:2] == ["b2", "b1"]
    assert read.work[1].id not in ("w1", "w2", "w3")
