"""Accounts, sessions and API keys: what keeping them takes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, Protocol

import msgspec

from cvcore.errors import Conflict
from cvcore.ids import OwnerId

Role = Literal["user", "admin"]


class EmailTaken(Conflict):
    """Somebody has an account with this e-mail address."""

    code = "email_taken"

    def __init__(self) -> None:
        super().__init__("an account with this e-mail address exists; sign in, or use another one")


class User(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody with an account. `email` is as typed and unique whatever its case; without
    `password_hash` nobody can sign in by password."""

    id: OwnerId
    email: str
    created_at: datetime
    updated_at: datetime
    name: str | None = None
    password_hash: str | None = None
    role: Role = "user"
    language: str | None = None


class UserStore(Protocol):
    """Keeps accounts."""

    async def add(self, user: User) -> None:
        """Keep a new account.

        Raises:
            EmailTaken: there is one with this address, whatever its case.
        """
        ...

    async def get(self, id: OwnerId) -> User | None:
        """The account, or None."""
        ...

    async def by_email(self, email: str) -> User | None:
        """The account with this address, whatever its case, or None."""
        ...

    async def update(self, user: User) -> None:
        """Write `user` over the one with its id.

        Raises:
            EmailTaken: another account has this address.
        """
        ...


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody signed in, until `expires_at`; the token itself is kept by the browser alone."""

    token_hash: str
    owner: OwnerId
    created_at: datetime
    expires_at: datetime
    user_agent: str | None = None


class SessionStore(Protocol):
    """Keeps sessions by the hash of their token."""

    async def add(self, session: Session) -> None:
        """Keep a new session."""
        ...

    async def get(self, token_hash: str) -> Session | None:
        """The session, ended or not; None where there is none."""
        ...

    async def remove(self, token_hash: str) -> None:
        """End a session; nothing happens where there is none."""
        ...

    async def remove_ended(self, now: datetime) -> int:
        """Remove the sessions that ended at `now`, and say how many."""
        ...


class ApiKey(msgspec.Struct, frozen=True, kw_only=True):
    """A key of an account; `shown` is its beginning, the key itself is kept by its user alone."""

    id: str
    owner: OwnerId
    name: str
    key_hash: str
    shown: str
    created_at: datetime
    last_used_at: datetime | None = None


class ApiKeyStore(Protocol):
    """Keeps API keys by the hash of the key."""

    async def add(self, key: ApiKey) -> None:
        """Keep a new key."""
        ...

    async def by_hash(self, key_hash: str) -> ApiKey | None:
        """The key, or None."""
        ...

    async def of_owner(self, owner: OwnerId) -> Sequence[ApiKey]:
        """The owner's keys, newest first."""
        ...

    async def remove(self, owner: OwnerId, id: str) -> bool:
        """Remove the owner's key; False where there was none."""
        ...

    async def used(self, id: str, at: datetime) -> None:
        """Note when the key was last used."""
        ...
