"""What no route takes: it is refused, never an internal error."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

NUL = "\x00"
JSON = {"content-type": "application/json"}
BODIES: list[tuple[str, dict[str, Any]]] = [
    ("/api/v1/auth/login", {"email": f"a{NUL}@b.c", "password": "x"}),
    ("/api/v1/offers", {"text": f"Engineer{NUL}"}),
    ("/api/v1/cvs/c/scores", {"offerId": NUL}),
    ("/api/v1/cvs/c/tailorings", {"offerId": "o", "instructions": NUL}),
    ("/api/v1/cvs/c/exports", {"format": "pdf", "options": {NUL: 1}}),
]


@pytest.mark.parametrize(("path", "body"), BODIES)
async def test_a_nul_in_a_body_is_refused(
    ada: httpx.AsyncClient, path: str, body: dict[str, Any]
) -> None:
    answer = await ada.post(path, json=body, headers={"Idempotency-Key": "k"})
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_request")
    assert "U+0000" in answer.text


@pytest.mark.parametrize("path", [*(path for path, _ in BODIES), "/api/v1/cvs"])
@pytest.mark.parametrize("raw", [b"[" * 50_000, b'{"a":' * 50_000, b"[" * 400 + b"]" * 400])
async def test_json_nested_without_end_is_refused(
    ada: httpx.AsyncClient, path: str, raw: bytes
) -> None:
    headers = {**JSON, "Idempotency-Key": "k"}
    answer = await ada.post(path, content=raw, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_request")
    bare = await ada.post(path, content=raw, headers={"Idempotency-Key": "k"})
    assert bare.status_code in {400, 415}


@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
async def test_json_under_the_name_of_a_form_is_refused(house: Any, kind: str) -> None:
    async with house.client() as client:
        answer = await client.post(
            "/api/v1/auth/login", content=b"[" * 50_000, headers={"content-type": kind}
        )
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")


@pytest.mark.parametrize(
    "path",
    [
        *("/api/v1/cvs/%00", "/api/v1/offers/%00", "/api/v1/tasks/%00", "/api/v1/exports/%00"),
        *("/api/v1/exports/%00/file", "/static/%00", "/cvs/%00"),
        *("/api/v1/cvs/c/versions/99999999999", "/cvs/c/versions/99999999999"),
    ],
)
async def test_nothing_is_at_an_address_nobody_can_have(ada: httpx.AsyncClient, path: str) -> None:
    answer = await ada.get(path)
    assert (answer.status_code, answer.json()["code"]) == (404, "no_such_route")


async def test_a_version_beyond_all_numbers_is_refused(ada: httpx.AsyncClient) -> None:
    restored = await ada.post("/api/v1/cvs/c/versions/99999999999/restore")
    assert restored.status_code == 404
    diff = await ada.get("/api/v1/cvs/c/diff?from=1&to=99999999999")
    assert diff.status_code == 400
    for path, body in (
        ("exports", {"format": "pdf", "version": 10**30}),
        ("exports", {"format": "pdf", "version": 2**31}),
        ("scores", {"offerId": "o", "version": 0}),
    ):
        answer = await ada.post(
            f"/api/v1/cvs/c/{path}", json=body, headers={"Idempotency-Key": "k"}
        )
        assert (answer.status_code, answer.json()["code"]) == (400, "invalid_request"), body


async def test_an_origin_that_is_no_address_is_another_site(house: Any) -> None:
    async with house.client() as client:
        answer = await client.post(
            "/api/v1/auth/login",
            json={"email": "a@b.c", "password": "x"},
            headers={"origin": "http://["},
        )
    assert (answer.status_code, answer.json()["code"]) == (403, "cross_site")


async def test_a_page_to_go_on_to_that_is_no_address_is_the_start_page(house: Any) -> None:
    async with house.client() as client:
        assert (await client.get("/sign-in?next=http://[x")).status_code == 200
        chosen = await client.post("/language", data={"language": "fr", "back": "http://[x"})
        assert (chosen.status_code, chosen.headers["location"]) == (303, "/")
        refused = await client.post("/sign-in", data={"email": "a\x00@b.c", "password": "x"})
        assert refused.status_code == 400
