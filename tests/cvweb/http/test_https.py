"""A site that people reach by https, and whose word is taken for where a request came from."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from cvcore.ids import TaskId
from cvweb.adapters.memory import WebUnits
from cvweb.app import create_app
from cvweb.cli.processes import web_config
from cvweb.http.passwords import PasswordCost
from cvweb.settings import Settings
from cvweb.wiring import services_over

CHEAP = PasswordCost(rounds=1, memory_kibibytes=64, lanes=1)
ADA = {"email": "ada@example.org", "password": "correct horse battery"}


@pytest.fixture
async def behind_a_proxy() -> AsyncIterator[httpx.AsyncClient]:
    """The site of https://cv.example, as the proxy before it asks for it: by http."""
    units = WebUnits()

    async def dispatch(task: TaskId) -> None:
        del task

    services = services_over(
        units.begin,
        settings=Settings(secret="s" * 32, public_url="https://cv.example"),
        dispatch=dispatch,
        events=units.bells,
        password_cost=CHEAP,
    )
    transport = httpx.ASGITransport(app=create_app(services))  # type: ignore[arg-type]  # both ASGI
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        yield client


async def test_cookies_and_headers_follow_the_public_address(
    behind_a_proxy: httpx.AsyncClient,
) -> None:
    client = behind_a_proxy
    made = await client.post("/api/v1/auth/register", json=ADA)
    cookie = made.headers["set-cookie"]
    assert cookie.startswith("__Host-cvweb=")
    assert "Secure" in cookie
    for path in ("/health/live", "/static/nothing-here.css", "/nothing-here"):
        answer = await client.get(path)
        assert "max-age=31536000" in answer.headers["strict-transport-security"]

    token = cookie.partition("=")[2].partition(";")[0]
    client.cookies.clear()
    bound = await client.get("/api/v1/me", headers={"cookie": f"__Host-cvweb={token}"})
    plain = await client.get("/api/v1/me", headers={"cookie": f"cvweb={token}"})
    assert (bound.status_code, plain.status_code) == (200, 401)


async def seen_from(peer: str, settings: Settings) -> tuple[str, str]:
    """The address and scheme an application sees of what `peer` says it forwards."""
    seen: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        del receive, send
        seen.append(scope)

    config = web_config(app, settings, host="127.0.0.1", port=0)
    config.load()
    forwarded = [(b"x-forwarded-for", b"203.0.113.7"), (b"x-forwarded-proto", b"https")]
    scope = {"type": "http", "client": (peer, 1), "scheme": "http", "headers": forwarded}
    loaded: Any = config.loaded_app
    await loaded(scope, None, None)
    return seen[0]["client"][0], seen[0]["scheme"]


async def test_nobody_is_believed_to_forward_unless_told() -> None:
    for peer in ("127.0.0.1", "::1", "10.0.0.1"):
        assert await seen_from(peer, Settings()) == (peer, "http")


async def test_proxies_that_are_named_are_believed() -> None:
    settings = Settings(trusted_proxies=("10.0.0.0/8", "::1"))
    for peer in ("10.1.2.3", "::1"):
        assert await seen_from(peer, settings) == ("203.0.113.7", "https")
    assert await seen_from("127.0.0.1", settings) == ("127.0.0.1", "http")
