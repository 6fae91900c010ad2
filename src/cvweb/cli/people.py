"""Accounts that are made from the command line."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import msgspec

from cvcore.errors import Refusal
from cvcore.ids import OwnerId, RequestKey, random_id
from cvcore.money import Credits

if TYPE_CHECKING:
    from cvweb.settings import Settings
    from cvweb.wiring import Services

DEMO_EMAIL = "demo@localhost"
DEMO_CREDITS = Credits(200)
PASSWORD_BYTES = 12


class NotAnEmail(Refusal):
    """The text is no e-mail address."""

    code = "not_an_email"

    def __init__(self, *, text: str) -> None:
        super().__init__(f"{text!r} is no e-mail address such as ada@example.org")
        self.text = text


class Demo(msgspec.Struct, frozen=True):
    """What is shown once of a new demo account."""

    email: str
    password: str
    api_key: str
    credits: int


async def make_admin(settings: Settings, email: str) -> str | None:
    """An administrator with this address: the account there is (None), or a new one with the
    password that is answered.

    Raises:
        NotAnEmail: it is none.
    """
    from cvweb.wiring import create_services

    name, at, domain = email.strip().rpartition("@")
    if not (name and at and domain):
        raise NotAnEmail(text=email)
    async with create_services(settings) as opened:
        services = opened.services
        async with services.begin() as unit:
            user = await unit.users.by_email(email.strip())
            if user is not None:
                changed = msgspec.structs.replace(user, role="admin", updated_at=services.clock())
                await unit.users.update(changed)
                return None
        password = secrets.token_urlsafe(PASSWORD_BYTES)
        await _make(services, email.strip(), password, role="admin")
        return password


async def demo_is_open(settings: Settings) -> bool:
    """Whether somebody can sign in to the demo account; asked without loading the services."""
    import asyncpg

    connection = await asyncpg.connect(settings.database_url)
    try:
        found = await connection.fetchval(
            "SELECT password_hash IS NOT NULL FROM users WHERE lower(email) = $1", DEMO_EMAIL
        )
    finally:
        await connection.close()
    return bool(found)


async def make_demo(settings: Settings) -> Demo:
    """The demo account with its credits, a new password and a new key."""
    from cvweb.http.tokens import new_api_key, shown, token_hash
    from cvweb.ports import ApiKey
    from cvweb.wiring import create_services

    async with create_services(settings) as opened:
        services = opened.services
        password, secret = secrets.token_urlsafe(PASSWORD_BYTES), new_api_key()
        owner = await _make(services, DEMO_EMAIL, password, role="user")
        async with services.begin() as unit:
            key = ApiKey(
                id=random_id(),
                owner=owner,
                name="demo",
                key_hash=token_hash(secret),
                shown=shown(secret),
                created_at=services.clock(),
            )
            await unit.api_keys.add(key)
        key_of_gift = RequestKey(f"demo:{owner}")
        await services.ledger.grant(owner, DEMO_CREDITS, kind="gift", key=key_of_gift)
        account = await services.ledger.account(owner)
    return Demo(DEMO_EMAIL, password, secret, account.available)


async def lock_demo(settings: Settings) -> None:
    """Shut the demo account, its keys included."""
    from cvweb.wiring import create_services

    async with create_services(settings) as opened, opened.services.begin() as unit:
        user = await unit.users.by_email(DEMO_EMAIL)
        if user is None:
            return
        at = opened.services.clock()
        await unit.users.update(msgspec.structs.replace(user, password_hash=None, updated_at=at))
        for key in await unit.api_keys.of_owner(user.id):
            await unit.api_keys.remove(user.id, key.id)


async def _make(services: Services, email: str, password: str, *, role: str) -> OwnerId:
    from cvweb.ports import User

    hashed, now = await services.passwords.hashed(password), services.clock()
    async with services.begin() as unit:
        there = await unit.users.by_email(email)
        user = User(
            id=there.id if there else OwnerId(random_id()),
            email=email,
            created_at=there.created_at if there else now,
            updated_at=now,
            name=there.name if there else None,
            password_hash=hashed,
            role="admin" if role == "admin" else "user",
        )
        await (unit.users.update(user) if there else unit.users.add(user))
    return user.id
