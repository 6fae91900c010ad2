"""A JSON Patch changes a CV as RFC 6902 says, and ids stay with what they name."""

from __future__ import annotations

import tracemalloc
from copy import deepcopy
from typing import Any

import pytest

from cvcore.cv import (
    CV_BYTES_MAX,
    CV_VALUES_MAX,
    CvTooLarge,
    InvalidCv,
    InvalidPatch,
    from_json_resume,
    patched,
    paths,
    to_json_resume,
)

ADA = from_json_resume(
    {
        "basics": {"name": "Ada"},
        "work": [
            {"name": "Acme", "highlights": ["Built A", "Built B"]},
            {"name": "Bolt", "tags": ["x"]},
        ],
        "meta": {"x-cvcore": {"language": "en", "origins": {"work[w1].highlights[b2]": "model"}}},
    }
)


def test_pointers_count_or_name_entries() -> None:
    by_count = [{"op": "replace", "path": "/work/0/highlights/1", "value": "Built C"}]
    by_id = [{"op": "replace", "path": "/work/w1/highlights/b2", "value": "Built C"}]
    changed = patched(ADA, by_id)
    assert changed == patched(ADA, by_count)
    assert paths.get(changed, "work[w1].highlights[b2]") == "Built C"


def test_ids_stay_with_what_moves() -> None:
    changed = patched(
        ADA,
        [
            {"op": "move", "from": "/work/0", "path": "/work/1"},
            {"op": "move", "from": "/work/w1/highlights/b2", "path": "/work/w1/highlights/0"},
            {"op": "add", "path": "/work/w1/highlights/1", "value": "New"},
        ],
    )
    assert paths.ids_at(changed, "work") == ("w2", "w1")
    first, new, last = paths.ids_at(changed, "work[w1].highlights")
    assert (first, last) == ("b2", "b1")
    assert new not in ("b1", "b2")
    assert changed.origins == ADA.origins


def test_a_replaced_item_keeps_its_id_and_a_copy_gets_its_own() -> None:
    changed = patched(
        ADA,
        [
            {"op": "copy", "from": "/work/0", "path": "/work/-"},
            {"op": "replace", "path": "/work/w2", "value": {"name": "Nut"}},
        ],
    )
    first, second, third = paths.ids_at(changed, "work")
    assert (first, second) == ("w1", "w2")
    assert third not in ("w1", "w2")
    assert paths.get(changed, "work[w2]") == {"name": "Nut"}
    assert paths.get(changed, f"work[{third}].highlights") == ["Built A", "Built B"]


def test_the_language_can_be_patched_and_who_wrote_what_cannot() -> None:
    changed = patched(
        ADA,
        [
            {"op": "replace", "path": "/meta/x-cvcore/language", "value": "fr"},
            {"op": "add", "path": "/meta/x-cvcore/origins", "value": {"basics.name": "attested"}},
        ],
    )
    assert changed.language == "fr"
    assert changed.origins == ADA.origins


@pytest.mark.parametrize(
    ("operation", "why"),
    [
        ({"op": "remove", "path": "/work/7"}, "1 entries"),
        ({"op": "remove", "path": "/work/w9"}, "no entry 'w9'"),
        ({"op": "replace", "path": "/basics/nam", "value": "x"}, "there is: name"),
        ({"op": "test", "path": "/basics/name", "value": "Bob"}, "not the tested value"),
        ({"op": "add", "path": "/basics/name/first", "value": "A"}, "no parts"),
        ({"op": "move", "from": "/work", "path": "/work/0/name"}, "into itself"),
        ({"op": "destroy", "path": "/work"}, "none of"),
        ({"op": "add", "path": "work", "value": 1}, "a pointer like"),
        ({"op": "add", "path": "/work/01", "value": {}}, "no entry '01'"),
        ({"op": "add", "path": "/work/-"}, "a value is needed"),
        ("remove", "an object"),
    ],
)
def test_what_cannot_be_done_says_which_and_why_and_nothing_is_done(
    operation: Any, why: str
) -> None:
    first = {"op": "remove", "path": "/work/1"}
    with pytest.raises(InvalidPatch, match=why) as caught:
        patched(ADA, [first, operation])
    assert caught.value.index == 1


def test_a_patch_that_leaves_no_cv_is_refused_with_its_problems() -> None:
    with pytest.raises(InvalidCv):
        patched(ADA, [{"op": "add", "path": "/work/-", "value": "Acme"}])
    with pytest.raises(InvalidPatch):
        patched(ADA, [{"op": "replace", "path": "", "value": []}])


def test_the_first_entry_of_an_absent_list_can_be_added() -> None:
    blank = from_json_resume({})
    added = [
        {"op": "add", "path": "/skills/-", "value": {"name": "Data"}},
        {"op": "add", "path": "/skills/0/keywords/-", "value": "SQL"},
        {"op": "add", "path": "/basics/location/city", "value": "Paris"},
    ]
    changed = patched(blank, added)
    assert paths.get(changed, "skills") == [{"name": "Data", "keywords": ["SQL"]}]
    assert paths.get(changed, "basics.location.city") == "Paris"


def test_an_empty_patch_changes_nothing() -> None:
    assert patched(ADA, []) == ADA
    assert to_json_resume(patched(ADA, [{"op": "test", "path": "/work/1/name", "value": "Bolt"}]))


def test_a_document_that_copies_itself_is_refused_before_it_is_built() -> None:
    doubling = [{"op": "copy", "from": "/basics", "path": f"/basics/y{n}"} for n in range(40)]
    before = deepcopy(to_json_resume(ADA))
    tracemalloc.start()
    with pytest.raises((CvTooLarge, InvalidPatch)):
        patched(ADA, doubling)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 50_000_000
    assert to_json_resume(ADA) == before


def test_a_patch_that_brings_too_many_values_is_refused() -> None:
    with pytest.raises(CvTooLarge, match="values"):
        patched(ADA, [{"op": "add", "path": "/x", "value": [1] * (CV_VALUES_MAX * 3)}])
    large = "x" * (CV_BYTES_MAX // 2)
    writes = [{"op": "add", "path": "/basics/summary", "value": large}] * 7
    assert paths.get(patched(ADA, writes[:5]), "basics.summary") == large
    with pytest.raises(CvTooLarge, match="bytes"):
        patched(ADA, writes)


def test_a_document_never_gets_deeper_than_one_that_can_be_read() -> None:
    chain: Any = "end"
    for _ in range(30):
        chain = {"x": chain}
    deep = "/basics" + "/x" * 30
    grown = [
        {"op": "add", "path": "/basics/x", "value": chain["x"]},
        {"op": "copy", "from": "/basics/x", "path": "/spare"},
        {"op": "move", "from": "/spare", "path": deep},
    ]
    assert patched(ADA, grown) != ADA
    again = [{"op": "copy", "from": "/basics/x", "path": "/s"}, {**grown[2], "from": "/s"}]
    with pytest.raises(InvalidPatch, match="levels"):
        patched(ADA, [*grown, *again])


def test_thousands_of_lines_alike_are_named_in_no_time() -> None:
    lines = ["the same"] * (CV_VALUES_MAX // 2 - 100)
    changed = patched(ADA, [{"op": "replace", "path": "/work/w1/highlights", "value": lines}])
    assert len(set(paths.ids_at(changed, "work[w1].highlights"))) == len(lines)


def test_a_large_part_cannot_be_moved_about_without_end() -> None:
    there = {"op": "add", "path": "/x", "value": [1] * (CV_VALUES_MAX // 2)}
    to_and_fro = [
        {"op": "move", "from": "/x", "path": "/y"},
        {"op": "move", "from": "/y", "path": "/x"},
    ]
    assert len(patched(ADA, [there, *to_and_fro * 5]).extra["x"]) == CV_VALUES_MAX // 2
    with pytest.raises(CvTooLarge):
        patched(ADA, [there, *to_and_fro * 499])
