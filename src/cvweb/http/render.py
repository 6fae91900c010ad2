"""Drawing pages: one Jinja environment, autoescaping, its filters and what every page is handed."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache
from typing import Any

import msgspec
from jinja2 import Environment, PackageLoader, PrefixLoader, StrictUndefined
from jinja2.loaders import BaseLoader, ChoiceLoader
from litestar import MediaType, Response

from cvweb.http.texts import Language, Translate, translate

Tone = str
FEATURES = ("accounts", "cvs", "offers", "scores", "tailoring", "tasks", "credits")

_ITEM = re.compile(r"^(?P<section>[a-z]+)(?:\[(?P<id>[^\]]+)\])?")


class Flash(msgspec.Struct, frozen=True):
    """One sentence at the top of a page about what just happened."""

    text: str
    tone: Tone = "good"


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Whoever looks at the page, as far as a page needs to know."""

    id: str
    email: str
    credits: int | None = None
    csrf: str = ""


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """What surrounds every page: the language, whoever is signed in, and where we are."""

    language: Language
    path: str
    here: str = ""
    person: Person | None = None

    @property
    def t(self) -> Translate:
        """The catalogue in the page's language."""
        return translate(self.language)


def draw(
    template: str, frame: Frame, *, status_code: int = 200, flash: Flash | None = None, **seen: Any
) -> Response[str]:
    """A page as an answer. Pages show somebody's own things: nothing between us may keep them."""
    person = frame.person
    text = (
        environment()
        .get_template(template)
        .render(
            t=frame.t,
            language=frame.language,
            path=frame.path,
            here=frame.here,
            person=person,
            credits=person.credits if person else None,
            csrf=person.csrf if person else "",
            flash=flash,
            **seen,
        )
    )
    return Response(
        text,
        status_code=status_code,
        media_type=MediaType.HTML,
        headers={"Cache-Control": "no-store", "Vary": "Cookie, Accept-Language"},
    )


@cache
def environment() -> Environment:
    """The one environment: an unknown name in a template is an error, not an empty text."""
    pages: dict[str, BaseLoader] = {
        f"{feature}/pages": PackageLoader("cvweb", f"features/{feature}/pages")
        for feature in FEATURES
    }
    loader = ChoiceLoader([PackageLoader("cvweb", "templates"), _by_feature(pages)])
    made = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"day": day, "moment": moment, "place": place}
    return made


def _by_feature(pages: dict[str, BaseLoader]) -> BaseLoader:
    return PrefixLoader(
        {name.split("/")[0]: PrefixLoader({"pages": loader}) for name, loader in pages.items()}
    )


def day(value: datetime | date | str | None) -> str:
    """A date as `2026-11-22`: the same in every language, and never mistaken."""
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    return value or ""


def moment(value: datetime) -> str:
    """A moment as `2026-11-22 14:05 UTC`."""
    return value.strftime("%Y-%m-%d %H:%M UTC")


def place(path: str, t: Translate) -> str:
    """Where in a CV a path leads, in words: `work[w3].highlights[b2]` is in its Experience.

    >>> place("work[w3].highlights[b2]", translate("en"))
    'Experience'
    """
    if path in {"basics.summary", "basics.label"}:
        return t(f"cv.{path.split('.')[1]}")
    match = _ITEM.match(path)
    section = match["section"] if match else ""
    try:
        return t(f"cv.{section}")
    except KeyError:
        return path
