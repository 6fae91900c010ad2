"""The start page, signing up, in and out, the language, and the settings."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.datastructures import Cookie
from litestar.types import ControllerRouterHandler

from cvcore.clock import Clock
from cvcore.errors import Conflict, CvcoreError, Refusal
from cvcore.ids import OwnerId
from cvcore.unit import Begin
from cvweb.features.accounts.service import Accounts, clean_email
from cvweb.http.cookies import ended_cookies
from cvweb.http.errors import InvalidRequest
from cvweb.http.frames import LANGUAGE_COOKIE, Form, Page, go, own_path, read_form, said
from cvweb.http.given import Given
from cvweb.http.identity import Identity, asker, sign_in
from cvweb.http.passwords import PASSWORD_CHARACTERS_MIN
from cvweb.http.rates import RateLimiter
from cvweb.http.render import Frame, draw
from cvweb.http.texts import LANGUAGES, failure
from cvweb.ports import Unit, User
from cvweb.problems import status_of
from cvweb.settings import Settings

LANGUAGE_SECONDS = 365 * 24 * 3600
AnyRequest = Request[Any, Any, Any]


@get("/")
async def start(frame: Given[Frame], settings: Given[Settings]) -> Response[Any]:
    """What this is, for a visitor; one's CVs, for who is signed in."""
    if frame.person is not None:
        return go("/cvs")
    return draw("accounts/pages/landing.html", frame, welcome=settings.welcome_credits)


@get(["/sign-up", "/sign-in"])
async def sign_form(request: AnyRequest, frame: Given[Frame]) -> Response[Any]:
    """The form to open an account, or to come back to it."""
    if frame.person is not None:
        return go("/cvs")
    form = Form({"next": own_path(request.query_params.get("next"))})
    return _sign_page(frame, form, problem=None, status_code=200)


@post("/sign-up")
async def sign_up(
    request: AnyRequest,
    frame: Given[Frame],
    accounts: Given[Accounts],
    begin: Given[Begin[Unit]],
    clock: Given[Clock],
    limiter: Given[RateLimiter],
    settings: Given[Settings],
) -> Response[Any]:
    """Open an account, sign in and go on."""
    form = await read_form(request)
    try:
        limiter.take("register", asker(request))
        user = await accounts.new_user(
            email=form.text("email"),
            password=form.fields.get("password", ""),
            name=form.text("name") or None,
            language=frame.language,
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
    except (Refusal, Conflict) as error:
        return _sign_page(
            frame, form, problem=_sentence(frame, error), status_code=status_of(error)
        )
    return _signed_in(form, cookie)


@post("/sign-in")
async def come_back(
    request: AnyRequest,
    frame: Given[Frame],
    accounts: Given[Accounts],
    begin: Given[Begin[Unit]],
    clock: Given[Clock],
    limiter: Given[RateLimiter],
    settings: Given[Settings],
) -> Response[Any]:
    """Sign in by password and go on to where one wanted to."""
    form = await read_form(request)
    email = form.text("email")
    address, account = asker(request), clean_email(email).casefold()
    try:
        limiter.take_login(address, account)
        user: User = await accounts.proven(email=email, password=form.fields.get("password", ""))
    except (Refusal, Conflict) as error:
        return _sign_page(
            frame, form, problem=_sentence(frame, error), status_code=status_of(error)
        )
    limiter.signed_in(address, account)
    async with begin() as unit:
        cookie = await sign_in(
            unit, request, user.id, now=clock(), session_seconds_max=settings.session_seconds_max
        )
    return _signed_in(form, cookie)


@post("/sign-out")
async def sign_out(
    form: Given[Form], somebody: Given[Identity | None], begin: Given[Begin[Unit]]
) -> Response[Any]:
    """End the session, here and in the browser."""
    del form  # reading it has checked its token
    if somebody is not None and somebody.session is not None:
        async with begin() as unit:
            await unit.sessions.remove(somebody.session)
    response = go("/")
    response.cookies.extend(ended_cookies())
    return response


@post("/language")
async def choose_language(request: AnyRequest) -> Response[Any]:
    """Remember the language in this browser and show the same page in it."""
    form = await read_form(request)
    chosen = form.text("language")
    response = go(own_path(form.text("back")))
    if chosen in LANGUAGES:
        response.cookies.append(
            Cookie(LANGUAGE_COOKIE, value=chosen, max_age=LANGUAGE_SECONDS, samesite="lax")
        )
    return response


@get("/settings")
async def settings_page(
    request: AnyRequest, frame: Given[Frame], accounts: Given[Accounts], owner: OwnerId
) -> Page:
    """The account's settings and its API keys."""
    keys = await accounts.keys(owner)
    flash = said(frame, request)
    return draw("accounts/pages/settings.html", frame, flash=flash, keys=keys, made=None)


@post("/settings/keys")
async def make_key(
    frame: Given[Frame], accounts: Given[Accounts], owner: OwnerId, form: Given[Form]
) -> Page:
    """Make an API key and show it, this once."""
    _, secret = await accounts.make_key(owner, name=form.text("name"))
    keys = await accounts.keys(owner)
    return draw("accounts/pages/settings.html", frame, keys=keys, made=secret)


@post("/settings/keys/{id:str}/delete")
async def delete_key(
    id: str, accounts: Given[Accounts], owner: OwnerId, form: Given[Form]
) -> Response[Any]:
    """Delete an API key."""
    del form  # reading it has checked its token
    await accounts.delete_key(owner, id)
    return go("/settings", said="revoked")


def _sign_page(frame: Frame, form: Form, *, problem: str | None, status_code: int) -> Page:
    return draw(
        "accounts/pages/sign.html",
        frame,
        status_code=status_code,
        which="sign_up" if frame.path == "/sign-up" else "sign_in",
        problem=problem,
        next=own_path(form.text("next")),
        given={"name": form.text("name"), "email": form.text("email")},
        password_min=PASSWORD_CHARACTERS_MIN,
    )


def _signed_in(form: Form, cookie: Cookie) -> Response[Any]:
    response = go(own_path(form.text("next")))
    response.cookies.append(cookie)
    return response


def _sentence(frame: Frame, error: CvcoreError) -> str:
    if isinstance(error, InvalidRequest):
        return "; ".join(f"{one.field}: {one.message}" for one in error.problems)
    return failure(frame.t, error.code, str(error))


ROUTES: list[ControllerRouterHandler] = [
    start,
    sign_form,
    sign_up,
    come_back,
    sign_out,
    choose_language,
    settings_page,
    make_key,
    delete_key,
]
