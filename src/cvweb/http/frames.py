"""What every page is handed, and how its forms are read."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlsplit

import msgspec
from litestar import Request, Response
from litestar.datastructures import UploadFile
from litestar.response import Redirect

from cvcore.ids import OwnerId
from cvcore.ledger.service import Ledger
from cvcore.unit import Begin
from cvweb.http.border import check_fields
from cvweb.http.given import Given
from cvweb.http.identity import Identity
from cvweb.http.origin import check_form_token, form_token
from cvweb.http.render import Flash, Frame, Person
from cvweb.http.texts import catalogue, language_of, translate
from cvweb.http.uploads import safe_name
from cvweb.ports import Unit
from cvweb.settings import Settings

LANGUAGE_COOKIE = "language"
SAID_TONES = {"conflict": "bad"}

AnyRequest = Request[Any, Any, Any]


async def find_frame(
    request: AnyRequest,
    somebody: Given[Identity | None],
    begin: Given[Begin[Unit]],
    ledger: Given[Ledger],
    settings: Given[Settings],
) -> Frame:
    """The frame of the page that was asked for, with whoever is signed in."""
    language = language_of(
        request.cookies.get(LANGUAGE_COOKIE), request.headers.get("accept-language")
    )
    path = request.url.path
    here = path.strip("/").split("/")[0]
    person = await _person(somebody, begin, ledger, settings)
    return Frame(language=language, path=path, here=here, person=person)


async def _person(
    somebody: Identity | None, begin: Begin[Unit], ledger: Ledger, settings: Settings
) -> Person | None:
    if somebody is None or somebody.session is None:
        return None
    async with begin() as unit:
        user = await unit.users.get(somebody.owner)
    if user is None:
        return None
    account = await ledger.account(somebody.owner)
    return Person(
        id=user.id,
        email=user.email,
        credits=account.available,
        csrf=form_token(settings.secret or "", somebody.session),
    )


class Form(msgspec.Struct, frozen=True):
    """A form as it was sent: texts by name, and the file where one was chosen."""

    fields: dict[str, str]
    file_name: str | None = None
    file_data: bytes = b""

    def text(self, name: str) -> str:
        """A field's text without the space around it; empty where it was not sent."""
        return self.fields.get(name, "").strip()

    @property
    def has_file(self) -> bool:
        """Whether a file was chosen."""
        return self.file_name is not None


async def read_form(request: AnyRequest) -> Form:
    """The form of a request, not yet known to be ours.

    Raises:
        InvalidRequest: a field holds a U+0000.
    """
    fields: dict[str, str] = {}
    file_name, file_data = None, b""
    for name, value in (await request.form()).multi_items():
        if isinstance(value, UploadFile):
            if value.filename:
                file_name, file_data = safe_name(value.filename), await value.read()
        else:
            fields[name] = str(value)
    check_fields(fields)
    return Form(fields, file_name, file_data)


async def find_form(
    request: AnyRequest, somebody: Given[Identity | None], settings: Given[Settings]
) -> Form:
    """The form that somebody signed in has sent from a page of ours.

    Raises:
        CrossSite: its token is missing or another session's.
    """
    form = await read_form(request)
    if somebody is not None and somebody.session is not None:
        check_form_token(
            form.fields.get("csrf"), secret=settings.secret or "", session=somebody.session
        )
    return form


def said(frame: Frame, request: AnyRequest) -> Flash | None:
    """What the address says has just been done (`?said=restored&n=4`), from the catalogue only."""
    name = request.query_params.get("said", "")
    if f"said.{name}" not in catalogue():
        return None
    count = request.query_params.get("n", "0")
    number = int(count) if count.isascii() and count.isdigit() and len(count) < 10 else 0
    return Flash(translate(frame.language)(f"said.{name}", n=number), SAID_TONES.get(name, "good"))


def go(path: str, *, anchor: str = "", **query: str | int) -> Redirect:
    """Send the browser on to a page of ours, by GET, to where `anchor` is on it."""
    tail = "&".join(f"{name}={quote(str(value))}" for name, value in query.items())
    there = f"{path}?{tail}" if tail else path
    return Redirect(f"{there}#{quote(anchor)}" if anchor else there, status_code=303)


def own_path(path: str | None) -> str:
    """`path` where it is one of our own pages, else the start page: never another site.

    >>> own_path("/cvs/1"), own_path("//evil.example"), own_path("http://[x")
    ('/cvs/1', '/', '/')
    """
    try:
        parts = urlsplit(path or "/")
    except ValueError:  # such as an address whose bracket never closes
        return "/"
    is_ours = not parts.scheme and not parts.netloc and parts.path.startswith("/")
    clean = is_ours and "\\" not in parts.path and not parts.path.startswith("//")
    return parts.path if clean and "\x00" not in parts.path else "/"


def page_owner(somebody: Given[Identity | None]) -> OwnerId | None:
    """Whose pages these are; None for a visitor."""
    return None if somebody is None else somebody.owner


Page = Response[str]
