"""Accounts, sessions and API keys on PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import asyncpg

from cvcore.ids import OwnerId
from cvweb.adapters.postgres.rows import Connection, Row, insert_into, is_one, update_set
from cvweb.ports import ApiKey, EmailTaken, Session, User

_USER = (
    "id",
    "email",
    "created_at",
    "updated_at",
    "name",
    "password_hash",
    "role",
    "language",
)
_SESSION = ("id", "user_id", "created_at", "expires_at", "user_agent")
_API_KEY = ("id", "user_id", "name", "key_hash", "shown", "created_at", "last_used_at")


class PostgresUsers:
    """A `UserStore` over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, user: User) -> None:
        query = insert_into("users", _USER, "ON CONFLICT (lower(email)) DO NOTHING")
        if not is_one(await self._connection.execute(query, *_values(user))):
            raise EmailTaken

    async def get(self, id: OwnerId) -> User | None:
        row = await self._connection.fetchrow("SELECT * FROM users WHERE id = $1", id)
        return None if row is None else _user(row)

    async def by_email(self, email: str) -> User | None:
        row = await self._connection.fetchrow(
            "SELECT * FROM users WHERE lower(email) = lower($1)", email
        )
        return None if row is None else _user(row)

    async def update(self, user: User) -> None:
        try:
            async with self._connection.transaction():
                query = update_set("users", _USER, "id = $1")
                await self._connection.execute(query, *_values(user))
        except asyncpg.UniqueViolationError as error:
            raise EmailTaken from error


class PostgresSessions:
    """A `SessionStore` over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, session: Session) -> None:
        await self._connection.execute(
            insert_into("session", _SESSION),
            session.token_hash,
            session.owner,
            session.created_at,
            session.expires_at,
            session.user_agent,
        )

    async def get(self, token_hash: str) -> Session | None:
        row = await self._connection.fetchrow("SELECT * FROM session WHERE id = $1", token_hash)
        if row is None:
            return None
        return Session(
            token_hash=row["id"],
            owner=row["user_id"],
            created_at=row["created_at"],
            expires_at=row["expires_at"],
            user_agent=row["user_agent"],
        )

    async def remove(self, token_hash: str) -> None:
        await self._connection.execute("DELETE FROM session WHERE id = $1", token_hash)

    async def remove_ended(self, now: datetime) -> int:
        tag = await self._connection.execute("DELETE FROM session WHERE expires_at <= $1", now)
        return int(tag.rsplit(" ", 1)[1])


class PostgresApiKeys:
    """An `ApiKeyStore` over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, key: ApiKey) -> None:
        await self._connection.execute(
            insert_into("api_key", _API_KEY),
            key.id,
            key.owner,
            key.name,
            key.key_hash,
            key.shown,
            key.created_at,
            key.last_used_at,
        )

    async def by_hash(self, key_hash: str) -> ApiKey | None:
        row = await self._connection.fetchrow("SELECT * FROM api_key WHERE key_hash = $1", key_hash)
        return None if row is None else _key(row)

    async def of_owner(self, owner: OwnerId) -> Sequence[ApiKey]:
        rows = await self._connection.fetch(
            "SELECT * FROM api_key WHERE user_id = $1 ORDER BY created_at DESC, id DESC", owner
        )
        return [_key(row) for row in rows]

    async def remove(self, owner: OwnerId, id: str) -> bool:
        tag = await self._connection.execute(
            "DELETE FROM api_key WHERE id = $1 AND user_id = $2", id, owner
        )
        return is_one(tag)

    async def used(self, id: str, at: datetime) -> None:
        await self._connection.execute("UPDATE api_key SET last_used_at = $2 WHERE id = $1", id, at)


def _values(user: User) -> tuple[object, ...]:
    return (
        user.id,
        user.email,
        user.created_at,
        user.updated_at,
        user.name,
        user.password_hash,
        user.role,
        user.language,
    )


def _user(row: Row) -> User:
    return User(
        id=row["id"],
        email=row["email"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        name=row["name"],
        password_hash=row["password_hash"],
        role=row["role"],
        language=row["language"],
    )


def _key(row: Row) -> ApiKey:
    return ApiKey(
        id=row["id"],
        owner=row["user_id"],
        name=row["name"],
        key_hash=row["key_hash"],
        shown=row["shown"],
        created_at=row["created_at"],
        last_used_at=row["last_used_at"],
    )
