"""Bringing CVs, changing them, going back."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx
import pytest

RESUME = {
    "basics": {"name": "Ada Example", "email": "ada@example.org", "summary": "Engineer."},
    "work": [{"name": "Example Ltd", "position": "Engineer", "highlights": ["Built it."]}],
}


def keyed(name: str) -> dict[str, str]:
    return {"Idempotency-Key": name}


async def credits_of(client: httpx.AsyncClient) -> tuple[int, int]:
    account = (await client.get("/api/v1/credits")).json()
    return account["available"], account["held"]


async def made(client: httpx.AsyncClient, filename: str = "ada.json") -> dict[str, Any]:
    answer = await client.post("/api/v1/cvs", json={"filename": filename, "content": RESUME})
    assert answer.status_code == 201, answer.text
    body: dict[str, Any] = answer.json()
    assert answer.headers["location"] == f"/api/v1/cvs/{body['id']}"
    assert answer.headers["etag"] == '"1"'
    return body


async def test_a_typed_cv_is_there_at_once_and_free(ada: httpx.AsyncClient) -> None:
    cv = await made(ada)
    read = await ada.get(f"/api/v1/cvs/{cv['id']}")
    assert read.headers["etag"] == '"1"'
    assert read.json()["content"]["basics"]["name"] == "Ada Example"
    assert await credits_of(ada) == (15, 0)


async def test_a_second_cv_of_a_name_is_numbered(ada: httpx.AsyncClient) -> None:
    await made(ada, "cv.json")
    assert (await made(ada, "cv.json"))["filename"] == "cv (2).json"


async def test_a_typed_cv_is_kept_once_per_key(ada: httpx.AsyncClient) -> None:
    body = {"filename": "a", "content": RESUME}
    answers = [await ada.post("/api/v1/cvs", json=body, headers=keyed("k")) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].headers["location"] == answers[1].headers["location"]
    assert answers[1].headers["idempotency-replayed"] == "true"
    assert "idempotency-replayed" not in answers[0].headers
    assert len((await ada.get("/api/v1/cvs")).json()["items"]) == 1


async def test_the_same_key_at_once_keeps_one_cv(ada: httpx.AsyncClient) -> None:
    body = {"filename": "a", "content": RESUME}
    answers = await asyncio.gather(
        *(ada.post("/api/v1/cvs", json=body, headers=keyed("k")) for _ in range(4))
    )
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.headers["location"] for answer in answers}) == 1
    assert len((await ada.get("/api/v1/cvs")).json()["items"]) == 1


async def test_a_key_for_another_body_is_refused(ada: httpx.AsyncClient) -> None:
    await ada.post("/api/v1/cvs", json={"filename": "a", "content": {}}, headers=keyed("k"))
    answer = await ada.post("/api/v1/cvs", json={"filename": "b"}, headers=keyed("k"))
    assert (answer.status_code, answer.json()["code"]) == (422, "key_reused")
    said = "key 'k' was used for another request; a new request takes a new key"
    assert answer.json()["detail"] == said


async def test_a_document_with_mistakes_is_refused_with_all_of_them(
    ada: httpx.AsyncClient,
) -> None:
    content = {"basics": {"name": 3}, "work": [{"position": []}]}
    answer = await ada.post("/api/v1/cvs", json={"filename": "a", "content": content})
    assert answer.status_code == 422
    assert answer.json()["code"] == "invalid_cv"
    assert len(answer.json()["problems"]) == 2
    assert (await ada.get("/api/v1/cvs")).json()["items"] == []


async def test_a_patch_needs_the_version_it_was_made_against(ada: httpx.AsyncClient) -> None:
    cv = await made(ada)
    url = f"/api/v1/cvs/{cv['id']}"
    change = [{"op": "replace", "path": "/basics/summary", "value": "Backend engineer."}]
    missing = await ada.patch(url, json=change)
    assert (missing.status_code, missing.json()["code"]) == (428, "precondition_missing")
    done = await ada.patch(url, json=change, headers={"If-Match": '"1"'})
    assert (done.status_code, done.headers["etag"]) == (200, '"2"')
    assert done.json()["content"]["basics"]["summary"] == "Backend engineer."
    stale = await ada.patch(url, json=change, headers={"If-Match": '"1"'})
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    assert (stale.json()["seen"], stale.json()["now"]) == (1, 2)


async def test_a_patch_as_its_own_media_type_is_read_too(ada: httpx.AsyncClient) -> None:
    cv = await made(ada)
    change = json.dumps([{"op": "remove", "path": "/basics/summary"}])
    headers = {"If-Match": "1", "content-type": "application/json-patch+json"}
    answer = await ada.patch(f"/api/v1/cvs/{cv['id']}", content=change, headers=headers)
    assert answer.status_code == 200, answer.text
    assert "summary" not in answer.json()["content"]["basics"]


async def test_a_patch_that_cannot_be_done_says_why(ada: httpx.AsyncClient) -> None:
    cv = await made(ada)
    headers = {"If-Match": "1"}
    change = [{"op": "replace", "path": "/work/7/name", "value": "X"}]
    answer = await ada.patch(f"/api/v1/cvs/{cv['id']}", json=change, headers=headers)
    assert answer.status_code in {400, 422}
    assert answer.json()["detail"]
    assert (await ada.get(f"/api/v1/cvs/{cv['id']}")).json()["version"] == 1


async def test_history_is_read_compared_and_restored(ada: httpx.AsyncClient) -> None:
    cv = await made(ada)
    url = f"/api/v1/cvs/{cv['id']}"
    change = [{"op": "replace", "path": "/basics/summary", "value": "Changed."}]
    await ada.patch(url, json=change, headers={"If-Match": "1"})
    diff = (await ada.get(f"{url}/diff", params={"from": 1, "to": 2})).json()
    assert [(each["path"], each["after"]) for each in diff["changes"]] == [
        ("basics.summary", "Changed.")
    ]
    restored = await ada.post(f"{url}/versions/1/restore")
    assert restored.status_code == 201
    assert restored.headers["location"] == f"{url}/versions/3"
    assert restored.json()["content"]["basics"]["summary"] == "Engineer."
    listed = (await ada.get(f"{url}/versions")).json()["items"]
    assert [(each["number"], each["author"]) for each in listed] == [
        (3, "restore"),
        (2, "person"),
        (1, "person"),
    ]
    assert (await ada.get(f"{url}/versions/2")).json()["content"]["basics"]["summary"] == "Changed."
    assert (await ada.get(f"{url}/versions/9")).status_code == 404


async def test_versions_come_in_pages(ada: httpx.AsyncClient) -> None:
    cv = await made(ada)
    url = f"/api/v1/cvs/{cv['id']}"
    for number in range(1, 5):
        change = [{"op": "replace", "path": "/basics/summary", "value": f"{number}"}]
        await ada.patch(url, json=change, headers={"If-Match": str(number)})
    first = (await ada.get(f"{url}/versions", params={"limit": 2})).json()
    rest = (await ada.get(f"{url}/versions", params={"limit": 9, "cursor": first["next"]})).json()
    assert [each["number"] for each in first["items"] + rest["items"]] == [5, 4, 3, 2, 1]
    assert rest["next"] is None


async def test_a_deleted_cv_is_gone_and_its_name_free(ada: httpx.AsyncClient) -> None:
    cv = await made(ada, "one")
    assert (await ada.delete(f"/api/v1/cvs/{cv['id']}")).status_code == 204
    assert (await ada.get(f"/api/v1/cvs/{cv['id']}")).status_code == 404
    assert (await made(ada, "one"))["filename"] == "one"


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"<cv/>", "application/xml", 415),
        (b"hello", "text/plain", 415),
        (b"", "application/json", 400),
        (b"{", "application/json", 400),
        (b'{"filename": "a", "contents": {}}', "application/json", 400),
    ],
)
async def test_a_body_that_is_no_cv_is_told_apart(
    ada: httpx.AsyncClient, content: bytes, kind: str, status: int
) -> None:
    answer = await ada.post("/api/v1/cvs", content=content, headers={"content-type": kind})
    assert answer.status_code == status, answer.text


async def test_cvs_come_in_pages(ada: httpx.AsyncClient) -> None:
    for number in range(5):
        await made(ada, f"cv {number}")
    first = (await ada.get("/api/v1/cvs", params={"limit": 3})).json()
    rest = (await ada.get("/api/v1/cvs", params={"limit": 3, "cursor": first["next"]})).json()
    assert [cv["filename"] for cv in first["items"] + rest["items"]] == [
        f"cv {number}" for number in (4, 3, 2, 1, 0)
    ]
