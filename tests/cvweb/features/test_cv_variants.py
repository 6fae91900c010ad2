"""Making a variant for an offer, and pulling what its base changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

RESUME = {
    "basics": {"name": "Ada Example", "summary": "Enginer."},
    "work": [{"name": "Example Ltd", "highlights": ["Built it."]}],
}
OFFER = "Backend engineer\nExample Works\n\nRequirements\n- 3 years of Python\n- PostgreSQL\n"


@dataclass
class Pair:
    """A CV and an offer."""

    ada: httpx.AsyncClient
    cv: str
    offer: str

    async def variant(self, **body: Any) -> dict[str, Any]:
        answer = await self.ada.post(f"/api/v1/cvs/{self.cv}/variants", json=body)
        assert answer.status_code == 201, answer.text
        assert answer.headers["location"] == f"/api/v1/cvs/{answer.json()['id']}"
        made: dict[str, Any] = answer.json()
        return made

    async def write(self, cv: str, path: str, text: str) -> None:
        url = f"/api/v1/cvs/{cv}"
        etag = (await self.ada.get(url)).headers["etag"]
        patch = [{"op": "replace", "path": path, "value": text}]
        done = await self.ada.patch(url, json=patch, headers={"if-match": etag})
        assert done.status_code == 200, done.text


@pytest.fixture
async def pair(house: Any, ada: httpx.AsyncClient) -> Pair:
    cv = await ada.post("/api/v1/cvs", json={"filename": "ada.json", "content": RESUME})
    task = await ada.post(
        "/api/v1/offers", json={"text": OFFER}, headers={"Idempotency-Key": "offer"}
    )
    assert task.status_code == 202, task.text
    await house.work()
    (offer,) = (await ada.get("/api/v1/offers")).json()["items"]
    return Pair(ada, cv.json()["id"], offer["id"])


async def test_a_variant_is_named_after_its_offer_and_knows_its_base(pair: Pair) -> None:
    made = await pair.variant(offerId=pair.offer)
    assert (made["baseId"], made["baseVersion"], made["offerId"]) == (pair.cv, 1, pair.offer)
    assert made["filename"].endswith("ada.json")
    assert made["filename"] != "ada.json"
    assert made["content"]["basics"] == RESUME["basics"]


async def test_a_variant_needs_no_offer_and_takes_a_name(pair: Pair) -> None:
    assert (await pair.variant())["filename"] == "ada (2).json"
    assert (await pair.variant(filename="mine"))["filename"] == "mine"


async def test_a_variant_is_made_once_per_key(pair: Pair) -> None:
    url, key = f"/api/v1/cvs/{pair.cv}/variants", {"Idempotency-Key": "v"}
    answers = [await pair.ada.post(url, json={}, headers=key) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].headers["location"] == answers[1].headers["location"]


@pytest.mark.parametrize(
    ("body", "status"), [({"offerId": "unknown"}, 404), ({"filename": " "}, 400), ({"x": 1}, 400)]
)
async def test_a_variant_of_nothing_known_is_refused(
    pair: Pair, body: dict[str, Any], status: int
) -> None:
    answer = await pair.ada.post(f"/api/v1/cvs/{pair.cv}/variants", json=body)
    assert answer.status_code == status, answer.text


async def test_a_pull_brings_the_fix_and_tells_what_overlaps(pair: Pair) -> None:
    made = await pair.variant(offerId=pair.offer)
    url = f"/api/v1/cvs/{made['id']}"
    await pair.write(made["id"], "/work/0/highlights/0", "Built it for you.")
    await pair.write(pair.cv, "/basics/summary", "Engineer.")
    await pair.write(pair.cv, "/work/0/highlights/0", "Built it well.")
    answer = await pair.ada.post(f"{url}/pull")
    assert (answer.status_code, answer.headers["etag"]) == (200, '"3"')
    pulled = answer.json()
    assert pulled["baseVersion"] == 3
    assert pulled["content"]["basics"]["summary"] == "Engineer."
    assert pulled["content"]["work"][0]["highlights"] == ["Built it for you."]
    (conflict,) = pulled["conflicts"]
    assert (conflict["mine"], conflict["theirs"]) == ("Built it for you.", "Built it well.")
    (proposal,) = (await pair.ada.get(f"{url}/proposals")).json()["items"]
    assert [proposal["id"]] == pulled["proposalIds"]
    decision = {"id": proposal["id"], "action": "reject"}
    reviewed = await pair.ada.post(f"{url}/reviews", json={"decisions": [decision]})
    assert reviewed.status_code == 200, reviewed.text
    again = (await pair.ada.post(f"{url}/pull")).json()
    assert (again["version"], again["conflicts"]) == (3, [])


async def test_a_pull_without_a_base_or_against_an_old_version_is_refused(pair: Pair) -> None:
    answer = await pair.ada.post(f"/api/v1/cvs/{pair.cv}/pull")
    assert (answer.status_code, answer.json()["code"]) == (422, "no_base")
    made = await pair.variant()
    stale = await pair.ada.post(f"/api/v1/cvs/{made['id']}/pull", headers={"if-match": '"9"'})
    assert stale.status_code == 412


async def test_the_pages_make_a_variant_and_pull(pair: Pair) -> None:
    page = (await pair.ada.get(f"/cvs/{pair.cv}")).text
    token = re.search(r'name="csrf" value="([^"]+)"', page)
    assert token
    form = {"csrf": token[1], "offer": pair.offer}
    made = await pair.ada.post(f"/cvs/{pair.cv}/variants", data=form)
    where = made.headers["location"].split("?")[0]
    assert "Bring its changes here" not in (await pair.ada.get(where)).text
    await pair.write(pair.cv, "/basics/summary", "Engineer.")
    assert "Bring its changes here" in (await pair.ada.get(where)).text
    done = await pair.ada.post(f"{where}/pull", data=form)
    shown = (await pair.ada.get(done.headers["location"])).text
    assert "as version 2" in shown
    await pair.write(where.rpartition("/")[2], "/basics/summary", "Mine.")
    await pair.write(pair.cv, "/basics/summary", "Theirs.")
    done = await pair.ada.post(f"{where}/pull", data=form)
    review = (await pair.ada.get(done.headers["location"])).text
    assert "Both CVs changed 1 text" in review
    assert "Theirs." in review
