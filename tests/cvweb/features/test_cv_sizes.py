"""How large a CV may be, whichever way it comes."""

from __future__ import annotations

import json
from typing import Any

import httpx

from cvcore.cv import CV_BYTES_MAX, CV_VALUES_MAX

RESUME: dict[str, Any] = {"basics": {"name": "Ada Example", "summary": "Engineer."}}
TOO_LONG = {"basics": {"name": "Ada Example", "summary": "a" * CV_BYTES_MAX}}
TOO_MANY = {"basics": {"name": "Ada Example"}, "x": [1] * CV_VALUES_MAX}


async def test_a_patch_that_doubles_the_document_is_refused_and_free(
    ada: httpx.AsyncClient,
) -> None:
    cv = (await ada.post("/api/v1/cvs", json={"filename": "a", "content": RESUME})).json()
    url, headers = f"/api/v1/cvs/{cv['id']}", {"If-Match": '"1"'}
    doubling = [{"op": "copy", "from": "/basics", "path": f"/basics/y{n}"} for n in range(18)]
    answer = await ada.patch(url, json=doubling, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "cv_too_large")
    assert (await ada.get(url)).json()["content"]["basics"] == RESUME["basics"]
    account = (await ada.get("/api/v1/credits")).json()
    assert (account["available"], account["held"]) == (15, 0)


async def test_a_typed_cv_of_any_size_is_refused(ada: httpx.AsyncClient) -> None:
    for content in (TOO_LONG, TOO_MANY):
        answer = await ada.post("/api/v1/cvs", json={"filename": "a", "content": content})
        assert (answer.status_code, answer.json()["code"]) == (422, "cv_too_large")
    assert (await ada.get("/api/v1/cvs")).json()["items"] == []


async def test_an_imported_cv_that_is_too_large_fails_its_task_and_is_free(
    house: Any, ada: httpx.AsyncClient
) -> None:
    files = {"file": ("ada.json", json.dumps(TOO_LONG).encode())}
    answer = await ada.post("/api/v1/cvs", files=files, headers={"Idempotency-Key": "up"})
    await house.work()
    task = (await ada.get(answer.headers["location"])).json()
    assert (task["status"], task["error"]["code"]) == ("failed", "cv_too_large")
