"""Who is asking: a browser by its session, a program by its API key, or nobody."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Literal

import msgspec
from litestar import Request
from litestar.datastructures import Cookie

from cvcore.clock import Clock
from cvcore.ids import OwnerId
from cvcore.unit import Begin
from cvweb.http.cookies import session_cookie, session_token
from cvweb.http.errors import NotSignedIn, WrongCredentials
from cvweb.http.given import Given
from cvweb.http.tokens import KEY_PREFIX, new_session_token, token_hash
from cvweb.ports import Session, Unit

TOUCH_EVERY = timedelta(minutes=1)
USER_AGENT_CHARACTERS_MAX = 200

AnyRequest = Request[Any, Any, Any]


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """Who is asking and how we know; `session` is the hash of a browser's token."""

    owner: OwnerId
    via: Literal["session", "key"]
    session: str | None = None


async def find_identity(
    request: AnyRequest, begin: Given[Begin[Unit]], clock: Given[Clock]
) -> Identity | None:
    """Who sent this request, None where it carries neither key nor a session that lasts.

    Raises:
        WrongCredentials: it carries a key, and that key is none of ours.
    """
    authorization = request.headers.get("authorization")
    if authorization is not None:
        return await _by_key(authorization, begin, clock())
    token = _token(request)
    if token is None:
        return None
    async with begin() as unit:
        session = await unit.sessions.get(token_hash(token))
    if session is None or session.expires_at <= clock():
        return None
    return Identity(owner=session.owner, via="session", session=session.token_hash)


def need_owner(somebody: Given[Identity | None]) -> OwnerId:
    """Whose things this request is about.

    Raises:
        NotSignedIn: nobody is known to ask.
    """
    if somebody is None:
        raise NotSignedIn
    return somebody.owner


async def sign_in(
    unit: Unit,
    request: AnyRequest,
    owner: OwnerId,
    *,
    now: datetime,
    session_seconds_max: int,
) -> Cookie:
    """A new session for `owner` and the cookie that carries it; the one it came with is ended.

    The token is always new: what a browser brought along is never taken over.
    """
    before = _token(request)
    if before is not None:
        await unit.sessions.remove(token_hash(before))
    token = new_session_token()
    await unit.sessions.add(
        Session(
            token_hash=token_hash(token),
            owner=owner,
            created_at=now,
            expires_at=now + timedelta(seconds=session_seconds_max),
            user_agent=request.headers.get("user-agent", "")[:USER_AGENT_CHARACTERS_MAX] or None,
        )
    )
    return session_cookie(token, is_https=_is_https(request), seconds=session_seconds_max)


def asker(request: AnyRequest) -> str:
    """The network address a request came from, for limits of those who are not signed in."""
    client = request.client
    return client.host if client is not None else "unknown"


def _is_https(request: AnyRequest) -> bool:
    return request.url.scheme == "https"


def _token(request: AnyRequest) -> str | None:
    return session_token(request.headers.get("cookie", ""), is_https=_is_https(request))


async def _by_key(authorization: str, begin: Begin[Unit], now: datetime) -> Identity:
    scheme, _, text = authorization.partition(" ")
    text = text.strip()
    if scheme.lower() != "bearer" or not text.startswith(KEY_PREFIX):
        raise WrongCredentials(
            what="this is no API key of ours; send `Authorization: Bearer cvk_...`"
        )
    async with begin() as unit:
        key = await unit.api_keys.by_hash(token_hash(text))
        if key is None:
            raise WrongCredentials(
                what="this API key is unknown or was deleted; make a new one at /api/v1/api-keys"
            )
        if key.last_used_at is None or key.last_used_at < now - TOUCH_EVERY:
            await unit.api_keys.used(key.id, now)
    return Identity(owner=key.owner, via="key")
