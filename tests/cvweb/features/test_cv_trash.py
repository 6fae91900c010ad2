"""Deleting a CV, and having it back."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import httpx

RESUME = {"basics": {"name": "Ada Example", "summary": "Engineer."}}


async def made(client: httpx.AsyncClient, filename: str = "ada.json") -> dict[str, Any]:
    answer = await client.post("/api/v1/cvs", json={"filename": filename, "content": RESUME})
    assert answer.status_code == 201, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def trash_of(client: httpx.AsyncClient) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await client.get("/api/v1/cvs?trash=true")).json()["items"]
    return items


async def test_a_deleted_cv_lies_in_the_trash_and_comes_back(ada: httpx.AsyncClient) -> None:
    cv = await made(ada)
    assert await trash_of(ada) == []
    await ada.delete(f"/api/v1/cvs/{cv['id']}")
    (lying,) = await trash_of(ada)
    assert lying["id"] == cv["id"]
    assert lying["deletedAt"] is not None
    assert (await ada.get("/api/v1/cvs")).json()["items"] == []
    back = await ada.post(f"/api/v1/cvs/{cv['id']}/undelete")
    assert (back.status_code, back.headers["etag"]) == (200, '"1"')
    assert back.json() == (await ada.get(f"/api/v1/cvs/{cv['id']}")).json()
    assert back.json()["deletedAt"] is None
    assert await trash_of(ada) == []


async def test_what_is_not_in_the_trash_cannot_be_taken_out(ada: httpx.AsyncClient) -> None:
    cv = await made(ada)
    for id in (cv["id"], "unknown"):
        answer = await ada.post(f"/api/v1/cvs/{id}/undelete")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_the_trash_of_others_is_not_found(house: Any, ada: httpx.AsyncClient) -> None:
    cv = await made(ada)
    await ada.delete(f"/api/v1/cvs/{cv['id']}")
    bob = await house.newcomer("bob@example.org")
    assert await trash_of(bob) == []
    assert (await bob.post(f"/api/v1/cvs/{cv['id']}/undelete")).status_code == 404
    await bob.aclose()


async def test_after_the_days_of_the_setting_it_is_really_gone(
    house: Any, ada: httpx.AsyncClient
) -> None:
    cv = await made(ada)
    await ada.delete(f"/api/v1/cvs/{cv['id']}")
    house.clock.now += timedelta(days=house.services.settings.trash_days_max, hours=1)
    assert list(await house.services.trash.purge()) == [cv["id"]]


async def test_the_page_deletes_and_takes_back(ada: httpx.AsyncClient) -> None:
    cv = await made(ada)
    page = (await ada.get(f"/cvs/{cv['id']}")).text
    token = re.search(r'name="csrf" value="([^"]+)"', page)
    assert token
    form = {"csrf": token[1]}
    gone = await ada.post(f"/cvs/{cv['id']}/delete", data=form)
    assert gone.headers["location"].startswith("/trash")
    trash = (await ada.get("/trash")).text
    assert "ada.json" in trash
    assert f"/cvs/{cv['id']}/undelete" in trash
    back = await ada.post(f"/cvs/{cv['id']}/undelete", data=form)
    shown = await ada.get(back.headers["location"])
    assert "Your CV is back" in shown.text
    assert "The trash is empty." in (await ada.get("/trash")).text
