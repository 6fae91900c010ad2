"""What no request may bring, whatever its route."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from litestar.exceptions import NotFoundException

from cvweb.http.border import NESTING_MAX, check_address, check_fields, check_json, nesting
from cvweb.http.errors import InvalidRequest
from cvweb.http.frames import own_path

JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=20,
)


def depth_of(value: Any) -> int:
    if not isinstance(value, list | dict):
        return 0
    inside = value.values() if isinstance(value, dict) else value
    return 1 + max(map(depth_of, inside), default=0)


def holds_nul(value: Any) -> bool:
    if isinstance(value, str):
        return "\x00" in value
    if isinstance(value, dict):
        return any(map(holds_nul, (*value, *value.values())))
    return isinstance(value, list) and any(map(holds_nul, value))


@given(JSON, st.booleans())
def test_nesting_is_counted_outside_strings_only(value: Any, ascii_only: bool) -> None:
    assert nesting(json.dumps(value, ensure_ascii=ascii_only).encode()) == depth_of(value)


@given(JSON)
def test_a_body_is_refused_exactly_where_it_holds_a_nul(value: Any) -> None:
    raw = json.dumps(value).encode()
    if holds_nul(value):
        with pytest.raises(InvalidRequest, match="U\\+0000"):
            check_json(raw)
    else:
        check_json(raw)


def test_every_place_with_a_nul_is_named() -> None:
    raw = json.dumps({"a": ["x", "\x00"], "b": {"c\x00": 1}, "d": "\\u0000"}).encode()
    with pytest.raises(InvalidRequest) as refused:
        check_json(raw)
    assert [one.field for one in refused.value.problems] == ["a[1]", "b.c\ufffd"]


def test_a_body_may_be_nested_to_the_limit_and_no_deeper() -> None:
    check_json(b"[" * NESTING_MAX + b"]" * NESTING_MAX)
    for raw in (b"[" * (NESTING_MAX + 1) + b"]" * (NESTING_MAX + 1), b'{"a":' * 100_000):
        with pytest.raises(InvalidRequest, match="nested more than 100 deep"):
            check_json(raw)


def test_what_is_no_json_is_left_to_its_reader() -> None:
    check_json(b'{"a": "\\u0000')
    check_json(b"")


@pytest.mark.parametrize("path", ["/cvs/\x00", "/static/\x00", "/api/v1/tasks/a\x00b"])
def test_nothing_is_at_an_address_with_a_nul(path: str) -> None:
    with pytest.raises(NotFoundException):
        check_address(path, b"", {})


@pytest.mark.parametrize("number", [2**31, 10**30, -1])
def test_nothing_is_numbered_beyond_what_a_store_counts(number: int) -> None:
    with pytest.raises(NotFoundException):
        check_address("/versions/x", b"", {"id": "a", "number": number})
    check_address("/versions/x", b"a=b", {"id": "a", "number": 2**31 - 1})


@pytest.mark.parametrize("query", [b"a=%00", b"a%00=b", b"a=\x00"])
def test_a_query_with_a_nul_is_refused(query: bytes) -> None:
    with pytest.raises(InvalidRequest, match="query"):
        check_address("/cvs", query, {})


def test_a_form_with_a_nul_is_refused_by_field() -> None:
    with pytest.raises(InvalidRequest, match="email"):
        check_fields({"email": "a\x00", "name": "b"})


@pytest.mark.parametrize("path", ["http://[x", "//[", "/\x00"])
def test_what_is_no_address_leads_to_the_start_page(path: str) -> None:
    assert own_path(path) == "/"
