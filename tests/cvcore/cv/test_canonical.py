"""The same CV has the same hash, whatever its file looks like."""

from __future__ import annotations

import json
import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from cvcore.cv import Cv, cv_hash, document_hash, from_json_resume, to_json_resume
from cvcore.testing.cvs import cvs


def shuffled(value: Any, dice: random.Random) -> Any:
    if isinstance(value, dict):
        names = list(value)
        dice.shuffle(names)
        return {name: shuffled(value[name], dice) for name in names}
    return [shuffled(held, dice) for held in value] if isinstance(value, list) else value


@settings(max_examples=40, deadline=None)
@given(cvs(), st.integers(0, 9))
def test_key_order_and_file_layout_do_not_change_the_hash(cv: Cv, seed: int) -> None:
    written = json.dumps(shuffled(to_json_resume(cv), random.Random(seed)), indent=seed)
    again = from_json_resume(json.loads(written))
    assert cv_hash(again) == cv_hash(cv)
    assert document_hash(again) == document_hash(cv)


@settings(max_examples=40, deadline=None)
@given(cvs())
def test_a_tool_that_drops_our_ids_leaves_the_hash(cv: Cv) -> None:
    document = to_json_resume(cv)
    document["meta"] = {"x-cvcore": {"language": cv.language}}
    assert cv_hash(from_json_resume(document)) == cv_hash(cv)


def test_whitespace_and_composition_of_characters_do_not_count() -> None:
    tidy = from_json_resume({"basics": {"summary": "été à Paris"}, "work": []})
    loose = from_json_resume({"basics": {"summary": " e\u0301te\u0301  à\n Paris", "label": ""}})
    assert cv_hash(tidy) == cv_hash(loose)
    assert document_hash(tidy) != document_hash(loose)


def test_another_word_is_another_hash() -> None:
    one, other = ({"basics": {"summary": text}} for text in ("12 people", "13 people"))
    assert cv_hash(from_json_resume(one)) != cv_hash(from_json_resume(other))
