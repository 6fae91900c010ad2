"""`/auth`, `/me` and `/api-keys`."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, delete, get, post
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from cvcore.clock import Clock
from cvcore.ids import OwnerId
from cvcore.unit import Begin
from cvweb.features.accounts.service import Accounts, clean_email
from cvweb.features.accounts.wire import ApiKeyBody, ApiKeyView, LoginBody, MeView, RegisterBody
from cvweb.http.cookies import ended_cookies
from cvweb.http.given import Given
from cvweb.http.identity import Identity, asker, sign_in
from cvweb.http.paging import Page
from cvweb.http.rates import RateLimiter
from cvweb.ports import Unit
from cvweb.settings import Settings

AnyRequest = Request[Any, Any, Any]


@post("/auth/register")
async def register(
    *,
    request: AnyRequest,
    data: JSONBody[RegisterBody],
    begin: Given[Begin[Unit]],
    clock: Given[Clock],
    accounts: Given[Accounts],
    limiter: Given[RateLimiter],
    settings: Given[Settings],
) -> Response[MeView]:
    """Open an account with its welcome credits and sign in."""
    limiter.take("register", asker(request))
    user = await accounts.new_user(
        email=data.email, password=data.password, name=data.name, language=data.language
    )
    async with begin() as unit:
        await accounts.keep(unit, user)
        cookie = await sign_in(
            unit,
            request,
            user.id,
            now=clock(),
            session_seconds_max=settings.session_seconds_max,
        )
    return Response(MeView.of(user), cookies=[cookie], headers={"Location": "/api/v1/me"})


@post("/auth/login", status_code=200)
async def login(
    *,
    request: AnyRequest,
    data: JSONBody[LoginBody],
    begin: Given[Begin[Unit]],
    clock: Given[Clock],
    accounts: Given[Accounts],
    limiter: Given[RateLimiter],
    settings: Given[Settings],
) -> Response[MeView]:
    """Sign in by password; the answer's cookie carries a new session."""
    address, account = asker(request), clean_email(data.email).casefold()
    limiter.take_login(address, account)
    user = await accounts.proven(email=data.email, password=data.password)
    limiter.signed_in(address, account)
    async with begin() as unit:
        cookie = await sign_in(
            unit,
            request,
            user.id,
            now=clock(),
            session_seconds_max=settings.session_seconds_max,
        )
    return Response(MeView.of(user), cookies=[cookie])


@post("/auth/logout", status_code=204)
async def logout(begin: Given[Begin[Unit]], somebody: Given[Identity | None]) -> Response[None]:
    """End the session, here and in the browser; whoever is not signed in is told the same."""
    if somebody is not None and somebody.session is not None:
        async with begin() as unit:
            await unit.sessions.remove(somebody.session)
    return Response(None, status_code=204, cookies=ended_cookies())


@get("/me")
async def me(accounts: Given[Accounts], owner: Given[OwnerId]) -> MeView:
    """One's own account."""
    return MeView.of(await accounts.me(owner))


@get("/api-keys")
async def list_keys(accounts: Given[Accounts], owner: Given[OwnerId]) -> Page[ApiKeyView]:
    """One's keys, newest first; at most 20, so there is never a next page."""
    return Page([ApiKeyView.of(key) for key in await accounts.keys(owner)])


@post("/api-keys")
async def make_key(
    accounts: Given[Accounts], owner: Given[OwnerId], data: JSONBody[ApiKeyBody]
) -> ApiKeyView:
    """Make a key. Its secret is in this answer and nowhere else."""
    key, secret = await accounts.make_key(owner, name=data.name)
    return ApiKeyView.of(key, secret=secret)


@delete("/api-keys/{id:str}")
async def delete_key(id: FromPath[str], accounts: Given[Accounts], owner: Given[OwnerId]) -> None:
    """Delete a key: it opens nothing from now on."""
    await accounts.delete_key(owner, id)


ROUTES: list[ControllerRouterHandler] = [
    register,
    login,
    logout,
    me,
    list_keys,
    make_key,
    delete_key,
]
