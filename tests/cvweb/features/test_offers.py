"""Bringing offers, correcting them."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

OFFER = """Backend engineer
Example Works, Lyon

Requirements
- 3 years of experience with Python
- PostgreSQL
Nice to have
- Kubernetes
"""


async def brought(house: Any, ada: httpx.AsyncClient, **body: Any) -> dict[str, Any]:
    answer = await ada.post("/api/v1/offers", json=body or {"text": OFFER})
    assert answer.status_code == 202, answer.text
    await house.work()
    task: dict[str, Any] = (await ada.get(answer.headers["location"])).json()
    return task


async def test_a_pasted_offer_is_read_and_free(house: Any, ada: httpx.AsyncClient) -> None:
    task = await brought(house, ada)
    assert (task["status"], task["creditsCharged"]) == ("completed", 0), task
    offer = (await ada.get(task["result"]["location"])).json()
    assert offer["title"] == "Backend engineer"
    assert any("postgresql" in each["skills"] for each in offer["requirements"])
    assert (await ada.get("/api/v1/credits")).json()["available"] == 15
    assert [each["id"] for each in (await ada.get("/api/v1/offers")).json()["items"]] == [
        offer["id"]
    ]


async def test_the_same_text_is_the_same_offer(house: Any, ada: httpx.AsyncClient) -> None:
    one, other = await brought(house, ada), await brought(house, ada)
    assert one["id"] != other["id"]
    assert one["result"]["offerId"] == other["result"]["offerId"]


async def test_an_offer_file_is_read_and_not_kept(house: Any, ada: httpx.AsyncClient) -> None:
    answer = await ada.post("/api/v1/offers", files={"file": ("offer.txt", OFFER.encode())})
    assert answer.status_code == 202
    await house.work()
    task = (await ada.get(answer.headers["location"])).json()
    assert task["status"] == "completed"
    async with house.units.begin() as unit:
        stored = await unit.tasks.get(task["id"])
        assert await unit.files.data(stored.owner, stored.payload["file"]) is None


async def test_an_address_is_fetched(house: Any, ada: httpx.AsyncClient) -> None:
    house.pages.bodies["https://jobs.example/1"] = OFFER.encode()
    task = await brought(house, ada, url="https://jobs.example/1")
    offer = (await ada.get(task["result"]["location"])).json()
    assert (offer["source"]["kind"], offer["source"]["value"]) == ("url", "https://jobs.example/1")


async def test_a_private_address_is_refused_before_a_task_is_made(
    house: Any, ada: httpx.AsyncClient
) -> None:
    answer = await ada.post("/api/v1/offers", json={"url": "http://127.0.0.1/admin"})
    assert (answer.status_code, answer.json()["code"]) == (422, "url_refused")
    assert house.queue == []
    assert (await ada.get("/api/v1/tasks")).json()["items"] == []


async def test_what_is_no_offer_is_told_so(house: Any, ada: httpx.AsyncClient) -> None:
    task = await brought(house, ada, text="Lorem ipsum dolor sit amet.")
    assert (task["status"], task["error"]["code"]) == ("failed", "not_an_offer")
    assert (await ada.get("/api/v1/offers")).json()["items"] == []


@pytest.mark.parametrize(
    "body", [{}, {"url": "https://x.example", "text": "x"}, {"text": " "}, {"text": "x" * 200_001}]
)
async def test_neither_both_empty_and_too_long_are_refused(
    ada: httpx.AsyncClient, body: dict[str, str]
) -> None:
    answer = await ada.post("/api/v1/offers", json=body)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_request")


async def test_an_offer_is_brought_once_per_key(house: Any, ada: httpx.AsyncClient) -> None:
    headers = {"Idempotency-Key": "k"}
    answers = [
        await ada.post("/api/v1/offers", json={"text": OFFER}, headers=headers) for _ in range(2)
    ]
    assert len({answer.headers["location"] for answer in answers}) == 1
    assert len(house.queue) >= 1
    assert len((await ada.get("/api/v1/tasks")).json()["items"]) == 1


async def test_a_person_corrects_an_offer(house: Any, ada: httpx.AsyncClient) -> None:
    task = await brought(house, ada)
    url = task["result"]["location"]
    offer = (await ada.get(url)).json()
    requirements = offer["requirements"]
    requirements[0]["necessity"] = "preferred"
    body = {"title": "Senior backend engineer", "requirements": requirements}
    done = await ada.patch(url, json=body, headers={"If-Match": '"1"'})
    assert (done.status_code, done.headers["etag"]) == (200, '"2"')
    assert done.json()["title"] == "Senior backend engineer"
    assert done.json()["company"] == offer["company"]
    assert done.json()["requirements"][0]["necessity"] == "preferred"
    stale = await ada.patch(url, json={"title": "X"}, headers={"If-Match": '"1"'})
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_offer")


async def test_every_problem_of_a_correction_is_named(house: Any, ada: httpx.AsyncClient) -> None:
    task = await brought(house, ada)
    body = {"titel": "X", "requirements": [{"id": "r1", "text": 3, "kind": "magic"}]}
    answer = await ada.patch(task["result"]["location"], json=body)
    assert answer.status_code == 400
    assert {each["field"] for each in answer.json()["problems"]} == {
        "requirements[0].text",
        "requirements[0].kind",
        "titel",
    }


async def test_a_correction_says_only_what_can_be(house: Any, ada: httpx.AsyncClient) -> None:
    url = (await brought(house, ada))["result"]["location"]
    before = (await ada.get(url)).json()
    body = {
        "title": "x" * 501,
        "experience": {"yearsMin": -3, "yearsMax": 9999999999},
        "salary": {"min": 9, "max": -5, "currency": "<b>"},
        "language": "<i>",
        "benefits": ["x"] * 501,
    }
    answer = await ada.patch(url, json=body)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_request")
    assert {each["field"] for each in answer.json()["problems"]} == {
        "title",
        "experience.yearsMin",
        "experience.yearsMax",
        "salary.max",
        "salary.currency",
        "language",
        "benefits",
    }
    assert (await ada.get(url)).json() == before
    fine = {"salary": {"min": 40_000, "max": 50_000, "currency": "EUR"}, "language": "en"}
    assert (await ada.patch(url, json=fine)).status_code == 200
    same = {"requirements": [{"id": "r1", "text": "a", "kind": "other"}] * 2}
    twice = await ada.patch(url, json=same)
    assert twice.json()["problems"][0]["field"] == "requirements"


async def test_who_waits_gets_the_offer_with_its_etag(house: Any, ada: httpx.AsyncClient) -> None:
    house.works_at_once = True
    headers = {"Idempotency-Key": "k", "Prefer": "wait=5"}
    answer = await ada.post("/api/v1/offers", json={"text": OFFER}, headers=headers)
    assert (answer.status_code, answer.headers["etag"]) == (201, '"1"')


async def test_a_removed_offer_is_gone(house: Any, ada: httpx.AsyncClient) -> None:
    url = (await brought(house, ada))["result"]["location"]
    assert (await ada.delete(url)).status_code == 204
    assert (await ada.get(url)).status_code == 404
    assert (await ada.delete(url)).status_code == 404
