"""Somebody else's things are not found, on every route there is."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest

from cvweb.app import API_ROUTES

RESUME = {"basics": {"name": "Bob Example", "summary": "Engineer."}}
OFFER = "Backend engineer\nExample Works, Lyon\n\nRequirements\n- Python\n- PostgreSQL\n"

BODIES: dict[tuple[str, str], Any] = {
    ("PATCH", "/cvs/{id}"): [{"op": "remove", "path": "/basics/summary"}],
    ("PATCH", "/offers/{id}"): {"title": "Mine now"},
    ("POST", "/cvs/{id}/scores"): {"offerId": "OFFER"},
    ("POST", "/cvs/{id}/tailorings"): {"offerId": "OFFER"},
    ("POST", "/cvs/{id}/reviews"): {"decisions": [{"id": "PROPOSAL", "action": "accept"}]},
    ("POST", "/cvs/{id}/exports"): {"format": "md"},
    ("POST", "/cvs/{id}/variants"): {},
}
QUERIES: dict[str, dict[str, int]] = {"/cvs/{id}/diff": {"from": 1, "to": 1}}
KINDS = {"cvs": "CV", "offers": "OFFER", "exports": "EXPORT", "tasks": "TASK", "api-keys": "KEY"}


def routes_with_an_id() -> list[tuple[str, str]]:
    """Every method and path of the API that names a thing."""
    return sorted(
        {
            (str(method), re.sub(r":\w+}", "}", path))
            for route in API_ROUTES
            for path in route.paths  # type: ignore[union-attr]  # all of them are handlers
            for method in route.http_methods  # type: ignore[union-attr]  # the same
            if "{" in path and method not in {"OPTIONS", "HEAD"}
        }
    )


async def things_of(client: httpx.AsyncClient, house: Any) -> dict[str, str]:
    """One of everything."""
    house.works_at_once = True
    wait = {"Prefer": "wait=5"}
    cv = (await client.post("/api/v1/cvs", json={"filename": "b", "content": RESUME})).json()["id"]
    offer = (await client.post("/api/v1/offers", json={"text": OFFER}, headers=wait)).json()["id"]
    url = f"/api/v1/cvs/{cv}"
    score = await client.post(
        f"{url}/scores", json={"offerId": offer}, headers={**wait, "Idempotency-Key": "s"}
    )
    export = await client.post(
        f"{url}/exports", json={"format": "md"}, headers={**wait, "Idempotency-Key": "e"}
    )
    tasks = (await client.get("/api/v1/tasks")).json()["items"]
    key = (await client.post("/api/v1/api-keys", json={"name": "k"})).json()["id"]
    return {
        "CV": cv,
        "OFFER": offer,
        "SCORE": score.json()["id"],
        "EXPORT": export.json()["id"],
        "TASK": tasks[0]["id"],
        "KEY": key,
        "PROPOSAL": "p1",
    }


@pytest.mark.parametrize(("method", "path"), routes_with_an_id())
async def test_somebody_elses_thing_is_not_found(
    house: Any, ada: httpx.AsyncClient, method: str, path: str
) -> None:
    bob = await house.newcomer("bob@example.org")
    things = await things_of(bob, house)
    kind = KINDS[path.split("/")[1]]
    url = "/api/v1" + path.replace("{id}", things[kind]).replace("{number}", "1")
    url = url.replace("{score}", things["SCORE"])
    body = BODIES.get((method, path))
    sent = None if body is None else _filled(body, things)
    headers = {"Idempotency-Key": "k", "If-Match": '"1"'}

    answer = await ada.request(method, url, json=sent, headers=headers, params=QUERIES.get(path))

    assert answer.status_code == 404, (answer.status_code, answer.text)
    assert answer.json()["code"] == "not_found"
    assert (await ada.get("/api/v1/credits")).json()["available"] == 15
    theirs = await bob.request("GET", f"/api/v1/cvs/{things['CV']}")
    assert theirs.json()["version"] == 1


async def test_somebody_elses_offer_is_not_found_in_a_body(
    house: Any, ada: httpx.AsyncClient
) -> None:
    bob = await house.newcomer("bob@example.org")
    things = await things_of(bob, house)
    mine = await ada.post("/api/v1/cvs", json={"filename": "a", "content": RESUME})
    for path in ("scores", "tailorings"):
        answer = await ada.post(
            f"{mine.headers['location']}/{path}",
            json={"offerId": things["OFFER"]},
            headers={"Idempotency-Key": path},
        )
        assert (answer.status_code, answer.json()["kind"]) == (404, "offer")


def test_no_list_shows_a_route_without_its_test() -> None:
    assert {path.split("/")[1] for _, path in routes_with_an_id()} <= set(KINDS)


def _filled(body: Any, things: dict[str, str]) -> Any:
    if isinstance(body, dict):
        return {name: _filled(value, things) for name, value in body.items()}
    if isinstance(body, list):
        return [_filled(value, things) for value in body]
    return things.get(body, body)
