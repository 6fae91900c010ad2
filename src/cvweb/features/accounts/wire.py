"""Accounts over the wire."""

from __future__ import annotations

from cvweb.http.times import wire_time, wire_time_or_none
from cvweb.http.wire import Body, View
from cvweb.ports import ApiKey, User


class RegisterBody(Body, frozen=True, kw_only=True):
    """A new account."""

    email: str
    password: str
    name: str | None = None
    language: str | None = None


class LoginBody(Body, frozen=True, kw_only=True):
    """Who signs in."""

    email: str
    password: str


class ApiKeyBody(Body, frozen=True, kw_only=True):
    """A new key; its name tells it from one's others."""

    name: str = "API key"


class MeView(View, frozen=True, kw_only=True):
    """One's own account."""

    id: str
    email: str
    name: str | None
    role: str
    language: str | None
    created_at: str

    @classmethod
    def of(cls, user: User) -> MeView:
        """The view of an account, its secrets left out."""
        return cls(
            id=user.id,
            email=user.email,
            name=user.name,
            role=user.role,
            language=user.language,
            created_at=wire_time(user.created_at),
        )


class ApiKeyView(View, frozen=True, kw_only=True):
    """A key; `key` itself is there once, in the answer that made it."""

    id: str
    name: str
    shown: str
    created_at: str
    last_used_at: str | None
    key: str | None = None

    @classmethod
    def of(cls, key: ApiKey, *, secret: str | None = None) -> ApiKeyView:
        """The view of a key, with the key itself where it was made just now."""
        return cls(
            id=key.id,
            name=key.name,
            shown=key.shown,
            created_at=wire_time(key.created_at),
            last_used_at=wire_time_or_none(key.last_used_at),
            key=secret,
        )
