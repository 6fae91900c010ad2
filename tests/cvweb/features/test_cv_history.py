"""The history as people see it: the score each version had, and changes side by side."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest

RESUME = {
    "basics": {"name": "Ada Example", "summary": "Wrote Python services for a bank."},
    "work": [{"name": "Example Ltd", "startDate": "2019-01", "highlights": ["Built it."]}],
    "skills": [{"name": "Data", "keywords": ["Python", "PostgreSQL"]}],
}
OFFER = "Backend engineer\nExample Works\n\nRequirements\n- 3 years of Python\n- PostgreSQL\n"


def keyed(name: str) -> dict[str, str]:
    return {"Idempotency-Key": name}


@pytest.fixture
async def cv(ada: httpx.AsyncClient) -> str:
    made = await ada.post("/api/v1/cvs", json={"filename": "ada.json", "content": RESUME})
    id: str = made.json()["id"]
    patch = [{"op": "replace", "path": "/basics/summary", "value": "Wrote Rust for a bank."}]
    await ada.patch(f"/api/v1/cvs/{id}", json=patch, headers={"if-match": '"1"'})
    return id


async def scores_of(client: httpx.AsyncClient, cv: str) -> dict[int, int | None]:
    listed = (await client.get(f"/api/v1/cvs/{cv}/versions")).json()["items"]
    return {each["number"]: each["score"] for each in listed}


async def test_a_version_has_its_score_and_a_restore_brings_it_back(
    house: Any, ada: httpx.AsyncClient, cv: str
) -> None:
    await ada.post(f"/api/v1/cvs/{cv}/versions/1/restore")
    assert await scores_of(ada, cv) == {1: None, 2: None, 3: None}
    await ada.post("/api/v1/offers", json={"text": OFFER}, headers=keyed("offer"))
    await house.work()
    (offer,) = (await ada.get("/api/v1/offers")).json()["items"]
    await ada.post(f"/api/v1/cvs/{cv}/scores", json={"offerId": offer["id"]}, headers=keyed("s"))
    await house.work()
    (made,) = (await ada.get(f"/api/v1/cvs/{cv}/scores")).json()["items"]
    value = made["value"]
    assert isinstance(value, int)
    assert await scores_of(ada, cv) == {1: value, 2: None, 3: value}
    one = (await ada.get(f"/api/v1/cvs/{cv}/versions/3")).json()
    assert one["score"] == value
    page = (await ada.get(f"/cvs/{cv}/versions")).text
    assert page.count(f"score {value}<") == 2


async def test_the_diff_page_has_before_and_after_side_by_side(
    ada: httpx.AsyncClient, cv: str
) -> None:
    page = (await ada.get(f"/cvs/{cv}/diff?from=1&to=2")).text
    sides = re.search(r'<div class="sides">(.*?)</div>', page, re.DOTALL)
    assert sides
    before, after = re.findall(r'<p class="text-diff">(.*?)</p>', sides[1], re.DOTALL)
    assert "<del>" in before
    assert "<ins>" not in before
    assert "<ins>Rust</ins>" in after
    assert "<del>" not in after
