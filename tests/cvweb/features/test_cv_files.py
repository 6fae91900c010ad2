"""Bringing CVs as files: tasks, their price, and what is refused."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx

from cvcore.cv import from_json_resume
from cvweb.ports import CvFileReading

CV_TEXT = b"""Ada Example
ada@example.org

Work experience
Engineer, Example Ltd, January 2021 - Present
- Built services in Python and PostgreSQL

Skills
Python, PostgreSQL, Docker
"""
RESUME = {
    "basics": {"name": "Ada Example", "email": "ada@example.org", "summary": "Engineer."},
    "work": [{"name": "Example Ltd", "position": "Engineer", "highlights": ["Built it."]}],
}


def keyed(name: str) -> dict[str, str]:
    return {"Idempotency-Key": name}


async def credits_of(client: httpx.AsyncClient) -> tuple[int, int]:
    account = (await client.get("/api/v1/credits")).json()
    return account["available"], account["held"]


async def test_a_file_is_a_task_that_makes_a_cv(house: Any, ada: httpx.AsyncClient) -> None:
    files = {"file": ("ada.pdf", CV_TEXT)}
    answer = await ada.post("/api/v1/cvs", files=files, headers=keyed("up"))
    assert answer.status_code == 202
    task = answer.json()
    assert answer.headers["location"] == f"/api/v1/tasks/{task['id']}"
    assert (task["status"], task["type"], task["creditsHeld"]) == ("queued", "import_cv", 2)
    assert await credits_of(ada) == (13, 2)
    await house.work()
    task = (await ada.get(answer.headers["location"])).json()
    assert (task["status"], task["creditsHeld"], task["creditsCharged"]) == ("completed", 0, 2)
    cv = (await ada.get(task["result"]["location"])).json()
    assert cv["filename"] == "ada.pdf"
    assert cv["content"]["basics"]["name"] == "Ada Example"
    assert await credits_of(ada) == (13, 0)


async def test_an_upload_without_a_key_is_told_what_to_send(ada: httpx.AsyncClient) -> None:
    answer = await ada.post("/api/v1/cvs", files={"file": ("ada.pdf", CV_TEXT)})
    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency_key_missing")
    assert await credits_of(ada) == (15, 0)


async def test_an_upload_repeated_is_one_task_and_one_charge(
    house: Any, ada: httpx.AsyncClient
) -> None:
    async def upload(data: bytes = CV_TEXT) -> httpx.Response:
        files = {"file": ("ada.pdf", data)}
        return await ada.post("/api/v1/cvs", files=files, headers=keyed("up"))

    first, second = await asyncio.gather(upload(), upload())
    await house.work()
    third = await upload()
    assert {answer.status_code for answer in (first, second, third)} == {202}
    assert len({answer.headers["location"] for answer in (first, second, third)}) == 1
    assert third.headers["idempotency-replayed"] == "true"
    assert third.json()["status"] == "completed"
    assert len((await ada.get("/api/v1/cvs")).json()["items"]) == 1
    assert await credits_of(ada) == (13, 0)
    other = await upload(CV_TEXT + b"more")
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")


async def test_a_file_that_is_no_cv_costs_nothing_and_leaves_nothing(
    house: Any, ada: httpx.AsyncClient
) -> None:
    letter = b"Dear Sir or Madam,\n\nI am writing to apply for the position.\n\nYours sincerely"
    files = {"file": ("letter.txt", letter)}
    answer = await ada.post("/api/v1/cvs", files=files, headers=keyed("up"))
    await house.work()
    task = (await ada.get(answer.headers["location"])).json()
    assert (task["status"], task["error"]["code"]) == ("failed", "not_a_cv")
    assert task["error"]["message"]
    assert await credits_of(ada) == (15, 0)
    assert (await ada.get("/api/v1/cvs")).json()["items"] == []
    async with house.units.begin() as unit:
        stored = await unit.tasks.get(task["id"])
        assert await unit.files.get(stored.owner, stored.payload["file"]) is None


async def test_who_waits_gets_the_cv_itself(house: Any, ada: httpx.AsyncClient) -> None:
    house.works_at_once = True
    headers = {**keyed("up"), "Prefer": "wait=5"}
    files = {"file": ("ada.pdf", CV_TEXT)}
    answer = await ada.post("/api/v1/cvs", files=files, headers=headers)
    assert answer.status_code == 201
    assert answer.headers["location"] == f"/api/v1/cvs/{answer.json()['id']}"
    assert answer.headers["etag"] == '"1"'
    again = await ada.post("/api/v1/cvs", files=files, headers=keyed("up"))
    assert (again.status_code, again.headers["location"]) == (201, answer.headers["location"])
    assert again.headers["idempotency-replayed"] == "true"


async def test_who_waits_for_a_bad_file_gets_its_problem(
    house: Any, ada: httpx.AsyncClient
) -> None:
    house.works_at_once = True
    headers = {**keyed("up"), "Prefer": "wait=5"}
    answer = await ada.post("/api/v1/cvs", files={"file": ("a.txt", b"Hi.")}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "not_a_cv")
    assert answer.headers["content-type"].startswith("application/problem+json")


async def test_a_json_file_is_free(house: Any, ada: httpx.AsyncClient) -> None:
    files = {"file": ("ada.json", json.dumps(RESUME).encode())}
    await ada.post("/api/v1/cvs", files=files, headers=keyed("up"))
    assert await credits_of(ada) == (15, 0)
    await house.work()
    assert [cv["filename"] for cv in (await ada.get("/api/v1/cvs")).json()["items"]] == ["ada.json"]


async def test_without_credits_an_upload_is_refused_and_nothing_is_queued(
    house: Any, ada: httpx.AsyncClient
) -> None:
    for number in range(7):
        files = {"file": ("ada.pdf", CV_TEXT)}
        await ada.post("/api/v1/cvs", files=files, headers=keyed(f"up{number}"))
    answer = await ada.post("/api/v1/cvs", files={"file": ("a.pdf", CV_TEXT)}, headers=keyed("up7"))
    assert (answer.status_code, answer.json()["code"]) == (402, "insufficient_credits")
    assert (answer.json()["needed"], answer.json()["available"]) == (2, 1)
    assert len(house.queue) == 7


async def test_a_form_without_its_file_is_told_so(ada: httpx.AsyncClient) -> None:
    answer = await ada.post("/api/v1/cvs", files={"document": ("a.pdf", b"x")}, headers=keyed("k"))
    assert answer.status_code == 400
    assert answer.json()["problems"][0]["field"] == "file"


async def test_a_brace_before_another_file_makes_it_no_cheaper(ada: httpx.AsyncClient) -> None:
    for number, data in enumerate((b"{\n" + CV_TEXT, b"{" + b"[" * 100_000, b"{}" + CV_TEXT)):
        files = {"file": ("ada.json", data)}
        answer = await ada.post("/api/v1/cvs", files=files, headers=keyed(f"up{number}"))
        assert answer.json()["creditsHeld"] == 2
        await ada.post(f"/api/v1/tasks/{answer.json()['id']}/cancel")


async def test_a_file_that_is_json_and_another_kind_at_once_is_not_read_for_nothing(
    house: Any, ada: httpx.AsyncClient
) -> None:
    async def read_as_pdf(name: str, data: bytes) -> CvFileReading:
        del name
        return CvFileReading(cv=from_json_resume(json.loads(data)), kind="pdf")

    house.takes(read_cv_file=read_as_pdf)
    files = {"file": ("ada.json", json.dumps(RESUME).encode())}
    answer = await ada.post("/api/v1/cvs", files=files, headers=keyed("up"))
    await house.work()
    task = (await ada.get(answer.headers["location"])).json()
    assert (task["status"], task["error"]["code"]) == ("failed", "file_ambiguous")
    assert (await ada.get("/api/v1/cvs")).json()["items"] == []
    assert await credits_of(ada) == (15, 0)


async def test_a_cv_comes_from_the_kind_of_file_it_was_by_content(
    house: Any, ada: httpx.AsyncClient
) -> None:
    async def read_as_docx(name: str, data: bytes) -> CvFileReading:
        del name, data
        return CvFileReading(cv=from_json_resume(RESUME), kind="docx")

    house.takes(read_cv_file=read_as_docx)
    await ada.post("/api/v1/cvs", files={"file": ("ada.pdf", CV_TEXT)}, headers=keyed("up"))
    await house.work()
    (cv,) = (await ada.get("/api/v1/cvs")).json()["items"]
    assert cv["sourceType"] == "docx"
