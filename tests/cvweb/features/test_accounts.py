"""Registering, signing in and out, API keys."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest

from cvweb.http.rates import Rate

PASSWORD = "correct horse battery"
LOGIN = {"email": "ada@example.org", "password": PASSWORD}


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


async def test_every_problem_of_a_registration_is_named(house: Any) -> None:
    body = {"email": "no address", "password": "short", "language": "English"}
    async with house.client() as client:
        answer = await client.post("/api/v1/auth/register", json=body)
    assert answer.status_code == 400
    assert [each["field"] for each in answer.json()["problems"]] == [
        "email",
        "password",
        "language",
    ]


async def test_an_address_has_one_account_whatever_its_case(house: Any) -> None:
    await house.newcomer("ada@example.org")
    async with house.client() as client:
        body = {"email": " ADA@example.org ", "password": PASSWORD}
        answer = await client.post("/api/v1/auth/register", json=body)
    assert (answer.status_code, answer.json()["code"]) == (409, "email_taken")


async def test_two_who_register_one_address_at_once_make_one_account(house: Any) -> None:
    body = {"email": "ada@example.org", "password": PASSWORD}
    async with house.client() as one, house.client() as other:
        answers = await asyncio.gather(
            *(client.post("/api/v1/auth/register", json=body) for client in (one, other))
        )
    assert sorted(answer.status_code for answer in answers) == [201, 409]


async def test_signing_in_makes_a_new_token_and_ends_the_old_session(house: Any) -> None:
    client = await house.newcomer()
    before = client.cookies["cvweb"]
    answer = await client.post("/api/v1/auth/login", json=LOGIN)
    assert answer.status_code == 200
    assert client.cookies["cvweb"] != before
    async with house.client() as thief:
        thief.cookies.set("cvweb", before)
        assert (await thief.get("/api/v1/me")).status_code == 401


async def test_a_token_that_a_browser_brings_along_is_never_taken_over(house: Any) -> None:
    await house.newcomer()
    async with house.client() as client:
        client.cookies.set("cvweb", "chosen-by-somebody-else", domain="testserver.local")
        answer = await client.post("/api/v1/auth/login", json=LOGIN)
        assert "chosen-by-somebody-else" not in answer.headers["set-cookie"]


async def test_the_session_cookie_is_out_of_reach_for_scripts_and_other_sites(house: Any) -> None:
    await house.newcomer()
    async with house.client() as client:
        answer = await client.post("/api/v1/auth/login", json=LOGIN)
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/" in cookie
    assert "domain" not in cookie


async def test_a_session_ends_by_signing_out(ada: httpx.AsyncClient) -> None:
    token = ada.cookies["cvweb"]
    assert (await ada.post("/api/v1/auth/logout")).status_code == 204
    ada.cookies.set("cvweb", token)
    assert (await ada.get("/api/v1/me")).status_code == 401


async def test_a_session_ends_by_itself(house: Any) -> None:
    client = await house.newcomer()
    house.clock.now += timedelta(days=15)
    assert (await client.get("/api/v1/me")).status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        {"email": "ada@example.org", "password": "wrong password"},
        {"email": "nobody@example.org", "password": PASSWORD},
    ],
)
async def test_a_wrong_sign_in_never_says_what_was_wrong(house: Any, body: dict[str, str]) -> None:
    await house.newcomer()
    async with house.client() as client:
        answer = await client.post("/api/v1/auth/login", json=body)
    assert (answer.status_code, answer.json()["code"]) == (401, "wrong_credentials")
    assert "e-mail address and password" in answer.json()["detail"]


async def test_another_sites_page_cannot_act_with_the_cookie(ada: httpx.AsyncClient) -> None:
    answer = await ada.post(
        "/api/v1/api-keys", json={"name": "x"}, headers={"origin": "https://evil.example"}
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "cross_site")
    assert (await ada.get("/api/v1/api-keys")).json()["items"] == []


async def test_a_key_opens_the_api_until_it_is_deleted(house: Any, ada: httpx.AsyncClient) -> None:
    made = (await ada.post("/api/v1/api-keys", json={"name": "laptop"})).json()
    assert made["key"].startswith("cvk_")
    listed = (await ada.get("/api/v1/api-keys")).json()["items"]
    assert [(key["name"], key["key"]) for key in listed] == [("laptop", None)]
    async with house.client() as program:
        program.headers["authorization"] = f"Bearer {made['key']}"
        assert (await program.get("/api/v1/me")).json()["email"] == "ada@example.org"
        assert (await ada.delete(f"/api/v1/api-keys/{made['id']}")).status_code == 204
        answer = await program.get("/api/v1/me")
    assert (answer.status_code, answer.json()["code"]) == (401, "wrong_credentials")


async def test_what_is_no_key_of_ours_is_told_so(house: Any) -> None:
    async with house.client() as client:
        for header in ("Bearer abc", "Basic YWRhOmFkYQ==", "Bearer cvk_unknown", "cvk_x"):
            answer = await client.get("/api/v1/me", headers={"authorization": header})
            assert answer.status_code == 401


async def test_an_account_has_twenty_keys_at_most(ada: httpx.AsyncClient) -> None:
    codes = [
        (await ada.post("/api/v1/api-keys", json={"name": f"key {n}"})).status_code
        for n in range(21)
    ]
    assert codes == [201] * 20 + [422]


async def test_guessing_is_slowed_down(house: Any) -> None:
    await house.newcomer()
    house.allows({"login_account": Rate(2, 60)})
    body = {"email": "ada@example.org", "password": "a wrong guess"}
    async with house.client() as client:
        answers = [await client.post("/api/v1/auth/login", json=body) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [401, 401, 429]
    assert int(answers[-1].headers["retry-after"]) >= 1


async def test_guessing_from_many_addresses_is_slowed_down_too(house: Any) -> None:
    await house.newcomer()
    house.allows({"login_everywhere": Rate(4, 60)})
    wrong = {"email": "Ada@Example.org", "password": "a wrong guess"}

    async def attempt(address: str, path: str, body: dict[str, str]) -> int:
        transport = httpx.ASGITransport(app=house.app, client=(address, 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
            page = path == "/sign-in"
            sent = (
                await client.post(path, data=body) if page else await client.post(path, json=body)
            )
            return sent.status_code

    assert await attempt("10.1.1.1", "/api/v1/auth/login", LOGIN) == 200
    for number in range(3):
        path = ("/api/v1/auth/login", "/sign-in")[number % 2]
        assert await attempt(f"10.0.0.{number}", path, wrong) == 401
    for path in ("/api/v1/auth/login", "/sign-in"):
        assert await attempt("10.0.0.9", path, LOGIN) == 429
    assert await attempt("10.1.1.1", "/api/v1/auth/login", LOGIN) == 200
