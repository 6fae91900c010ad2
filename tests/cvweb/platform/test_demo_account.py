"""The demo account: made where only this machine can reach it, shut where others can."""

from __future__ import annotations

import pytest

from cvcore.ids import OwnerId
from cvweb.adapters.postgres import Database
from cvweb.adapters.saq import prepare_queue
from cvweb.cli.people import DEMO_EMAIL, demo_is_open, lock_demo, make_demo
from cvweb.cli.up import _is_loopback
from cvweb.http.tokens import token_hash
from cvweb.settings import Settings


@pytest.fixture
async def settings(clean_url: str) -> Settings:
    await prepare_queue(clean_url)
    return Settings(database_url=clean_url, secret="s" * 32)


async def test_it_has_credits_and_a_key_that_is_kept_as_a_hash(
    settings: Settings, database: Database
) -> None:
    assert await demo_is_open(settings) is False
    demo = await make_demo(settings)
    assert (demo.email, demo.credits) == (DEMO_EMAIL, 200)
    async with database.begin() as unit:
        key = await unit.api_keys.by_hash(token_hash(demo.api_key))
    assert key is not None
    assert demo.api_key.startswith(key.shown)
    assert await demo_is_open(settings) is True


async def test_shut_it_lets_nobody_in_and_opened_again_it_has_the_same_credits(
    settings: Settings, database: Database
) -> None:
    first = await make_demo(settings)
    await lock_demo(settings)
    assert await demo_is_open(settings) is False
    async with database.begin() as unit:
        assert await unit.api_keys.by_hash(token_hash(first.api_key)) is None
        user = await unit.users.by_email(DEMO_EMAIL)
    assert user is not None
    assert user.password_hash is None
    second = await make_demo(settings)
    assert (second.credits, second.password != first.password) == (200, True)
    async with database.begin() as unit:
        assert len(await unit.api_keys.of_owner(OwnerId(user.id))) == 1


@pytest.mark.parametrize(
    ("host", "is_loopback"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.5", False),
        ("example.org", False),
    ],
)
def test_only_this_machine_is_this_machine(host: str, *, is_loopback: bool) -> None:
    assert _is_loopback(host) is is_loopback
