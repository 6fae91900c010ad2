"""Registering, signing in and out, API keys."""

from __future__ import annotations

from typing import Any

import httpx

PASSWORD = "correct horse battery"


async def test_a_newcomer_is_signed_in_with_fifteen_credits(ada: httpx.AsyncClient) -> None:
    me = (await ada.get("/api/v1/me")).json()
    assert me["email"] == "ada@example.org"
    assert me["createdAt"].endswith("Z")
    account = (await ada.get("/api/v1/credits")).json()
    assert (account["available"], account["balance"], account["totalGifted"]) == (15, 15, 15)


async def test_without_a_session_one_is_told_how_to_get_in(house: Any) -> None:
    async with house.client() as client:
        answer = await client.get("/api/v1/me")
    assert answer.status_code == 401
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert answer.json()["code"] == "not_signed_in"
    assert answer.headers["www-authenticate"].startswith("Bearer")
