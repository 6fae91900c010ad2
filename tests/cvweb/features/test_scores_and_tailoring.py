"""Scores, tailorings and their review, over HTTP."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

RESUME = {
    "basics": {"name": "Ada Example", "label": "Engineer", "summary": "Backend engineer."},
    "work": [
        {
            "name": "Example Ltd",
            "position": "Backend engineer",
            "startDate": "2020-01",
            "highlights": [
                "Organised the team library.",
                "Built services in Python on Kubernetes with Postgres.",
            ],
        }
    ],
    "skills": [{"name": "Tools", "keywords": ["Excel", "Python"]}],
}
OFFER = """Backend engineer
Example Works, Lyon

Requirements
- 3 years of experience with Python
- PostgreSQL
- Kubernetes
"""


def keyed(name: str, **more: str) -> dict[str, str]:
    return {"Idempotency-Key": name, **more}


async def balance(client: httpx.AsyncClient) -> int:
    return int((await client.get("/api/v1/credits")).json()["available"])


class Pair:
    """Ada's CV and an offer, both in the house."""

    def __init__(self, house: Any, ada: httpx.AsyncClient) -> None:
        self.house, self.ada = house, ada
        self.url, self.offer = "", ""

    async def bring(self) -> None:
        body = {"filename": "ada", "content": RESUME}
        self.url = (await self.ada.post("/api/v1/cvs", json=body)).headers["location"]
        self.offer = await self.bring_offer(OFFER)

    async def bring_offer(self, text: str) -> str:
        answer = await self.ada.post("/api/v1/offers", json={"text": text})
        await self.house.work()
        return str((await self.ada.get(answer.headers["location"])).json()["result"]["offerId"])

    async def post(self, path: str, key: str, **headers: str) -> httpx.Response:
        body = {"offerId": self.offer}
        return await self.ada.post(f"{self.url}/{path}", json=body, headers=keyed(key, **headers))

    async def tailored(self, key: str = "t") -> list[dict[str, Any]]:
        await self.post("tailorings", key)
        await self.house.work()
        found: list[dict[str, Any]] = (await self.ada.get(f"{self.url}/proposals")).json()["items"]
        return found

    async def review(self, *decisions: dict[str, Any]) -> httpx.Response:
        return await self.ada.post(f"{self.url}/reviews", json={"decisions": list(decisions)})


@pytest.fixture
async def pair(house: Any, ada: httpx.AsyncClient) -> Pair:
    made = Pair(house, ada)
    await made.bring()
    return made


async def test_a_score_is_a_task_and_costs_one_credit(pair: Pair) -> None:
    answer = await pair.post("scores", "s")
    assert (answer.status_code, answer.json()["creditsHeld"]) == (202, 1)
    await pair.house.work()
    task = (await pair.ada.get(answer.headers["location"])).json()
    score = (await pair.ada.get(task["result"]["location"])).json()
    assert score["value"] == task["result"]["value"]
    assert 0 < score["value"] <= 100
    assert score["criteria"][0]["requirement"]
    assert score["receipt"]["at"] == "2026-11-01"
    assert score["breakdown"]["technicalSkills"]["weight"] > 0
    assert await balance(pair.ada) == 14
    latest = (await pair.ada.get(f"{pair.url}/scores/latest")).json()
    assert latest["id"] == score["id"]
    listed = (await pair.ada.get(f"{pair.url}/scores", params={"offerId": pair.offer})).json()
    assert [each["id"] for each in listed["items"]] == [score["id"]]


async def test_an_equal_score_is_free_and_says_so(pair: Pair) -> None:
    pair.house.works_at_once = True
    first = await pair.post("scores", "s1", Prefer="wait=5")
    assert (first.status_code, first.json()["isFree"]) == (201, False)
    again = await pair.post("scores", "s2")
    assert (again.status_code, again.json()["isFree"]) == (200, True)
    assert again.json()["id"] == first.json()["id"]
    assert await balance(pair.ada) == 14
    replay = await pair.post("scores", "s2")
    assert (replay.status_code, replay.headers["location"]) == (200, again.headers["location"])
    assert replay.headers["idempotency-replayed"] == "true"


async def test_a_changed_cv_is_scored_anew(pair: Pair) -> None:
    pair.house.works_at_once = True
    await pair.post("scores", "s1", Prefer="wait=5")
    change = [{"op": "replace", "path": "/basics/summary", "value": "Cook."}]
    await pair.ada.patch(pair.url, json=change, headers={"If-Match": "1"})
    assert (await pair.post("scores", "s2", Prefer="wait=5")).status_code == 201
    assert await balance(pair.ada) == 13


async def test_a_cv_without_a_score_has_no_latest(pair: Pair) -> None:
    assert (await pair.ada.get(f"{pair.url}/scores/latest")).status_code == 404


async def test_a_tailoring_proposes_with_reasons_and_costs_three(pair: Pair) -> None:
    answer = await pair.post("tailorings", "t")
    assert (answer.status_code, answer.json()["creditsHeld"]) == (202, 3)
    await pair.house.work()
    task = (await pair.ada.get(answer.headers["location"])).json()
    assert (task["status"], task["creditsCharged"]) == ("completed", 3), task
    assert task["result"]["scoreAfter"] >= task["result"]["scoreBefore"]
    found = (await pair.ada.get(task["result"]["location"])).json()["items"]
    assert len(found) == task["result"]["proposals"] + task["result"]["refused"] > 0
    for proposal in found:
        assert proposal["reason"]
        assert proposal["state"] == "pending"
        assert proposal["baseVersion"] == 1
        assert proposal["citations"]
    assert await balance(pair.ada) == 12


async def test_a_tailoring_is_made_once_per_key(pair: Pair) -> None:
    first, second = await pair.post("tailorings", "t"), await pair.post("tailorings", "t")
    await pair.house.work()
    third = await pair.post("tailorings", "t")
    assert {each.headers["location"] for each in (first, second, third)} == {
        first.headers["location"]
    }
    assert (third.status_code, third.json()["status"]) == (202, "completed")
    assert await balance(pair.ada) == 12


async def test_an_accepted_proposal_is_a_new_version(pair: Pair) -> None:
    first, *others = await pair.tailored()
    answer = await pair.review(
        {"id": first["id"], "action": "accept"},
        *({"id": each["id"], "action": "reject"} for each in others),
    )
    assert answer.status_code == 200, answer.text
    assert answer.json()["version"] == 2
    states = {each["id"]: each["state"] for each in answer.json()["results"]}
    assert states[first["id"]] == "accepted"
    versions = (await pair.ada.get(f"{pair.url}/versions")).json()["items"]
    assert versions[0]["author"] == "tailoring"
    assert await balance(pair.ada) == 12
    again = await pair.review({"id": first["id"], "action": "accept"})
    assert again.json()["version"] == 2


async def test_a_tailoring_rejected_as_a_whole_is_given_back(pair: Pair) -> None:
    found = await pair.tailored()
    assert await balance(pair.ada) == 12
    await pair.review(*({"id": each["id"], "action": "reject"} for each in found))
    assert await balance(pair.ada) == 15
    await pair.review(*({"id": each["id"], "action": "reject"} for each in found))
    assert await balance(pair.ada) == 15
    transactions = (await pair.ada.get("/api/v1/credits/transactions")).json()["items"]
    settle = next(each for each in transactions if each["type"] == "settle")
    assert (transactions[0]["type"], settle["refunded"]) == ("refund", 3)


async def test_a_person_puts_it_in_their_own_words(pair: Pair) -> None:
    found = await pair.tailored()
    texts = [each for each in found if each["op"] == "replace" and isinstance(each["after"], str)]
    if not texts:
        pytest.skip("this draft replaces no text")
    decision = {"id": texts[0]["id"], "action": "edit", "value": "My own words."}
    assert (await pair.review(decision)).status_code == 200
    assert "My own words." in (await pair.ada.get(pair.url)).text


async def test_a_review_names_everything_that_is_wrong_with_it(pair: Pair) -> None:
    answer = await pair.review({"id": "a", "action": "edit"}, {"id": "a", "action": "reject"})
    assert answer.status_code == 400
    assert [each["field"] for each in answer.json()["problems"]] == [
        "decisions[0].value",
        "decisions[1].id",
    ]
    empty = await pair.review()
    assert empty.json()["problems"][0]["field"] == "decisions"
    action = await pair.review({"id": "a", "action": "maybe"})
    assert action.json()["problems"][0]["field"] == "decisions[0].action"


async def test_a_proposal_that_is_not_there_is_404_and_nothing_is_decided(pair: Pair) -> None:
    first, *_ = await pair.tailored()
    answer = await pair.review(
        {"id": first["id"], "action": "accept"}, {"id": "nope", "action": "accept"}
    )
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    found = (await pair.ada.get(f"{pair.url}/proposals")).json()["items"]
    assert {each["state"] for each in found} == {"pending"}


async def test_proposals_come_in_pages_and_by_state(pair: Pair) -> None:
    found = await pair.tailored()
    await pair.review({"id": found[0]["id"], "action": "reject"})
    url = f"{pair.url}/proposals"
    first = (await pair.ada.get(url, params={"limit": 1})).json()
    params = {"limit": 200, "cursor": first["next"]} if first["next"] else {"limit": 200}
    rest = (await pair.ada.get(url, params=params)).json()["items"] if first["next"] else []
    assert [each["id"] for each in first["items"] + rest] == [each["id"] for each in found]
    rejected = (await pair.ada.get(url, params={"state": "rejected"})).json()["items"]
    assert [each["id"] for each in rejected] == [found[0]["id"]]


async def test_scoring_and_tailoring_need_a_key_and_an_offer(pair: Pair) -> None:
    for path in ("scores", "tailorings"):
        bare = await pair.ada.post(f"{pair.url}/{path}", json={"offerId": pair.offer})
        assert bare.json()["code"] == "idempotency_key_missing"
        none = await pair.ada.post(f"{pair.url}/{path}", json={}, headers=keyed("k"))
        assert none.json()["problems"][0]["field"] == "offerId"
        unknown = await pair.ada.post(
            f"{pair.url}/{path}", json={"offerId": "nope"}, headers=keyed(f"{path}-k")
        )
        assert unknown.status_code == 404
    assert await balance(pair.ada) == 15


@pytest.mark.parametrize("what", ["tailorings", "scores"])
async def test_of_equal_calls_at_once_exactly_one_is_no_replay(pair: Pair, what: str) -> None:
    answers = await asyncio.gather(*(pair.post(what, "k") for _ in range(4)))
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.headers["location"] for answer in answers}) == 1
    said = [answer.headers.get("idempotency-replayed") for answer in answers]
    assert sorted(said, key=str) == [None, "true", "true", "true"]
