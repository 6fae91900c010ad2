"""The one catalogue of what pages say, in English and in French."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Literal, Protocol

Language = Literal["en", "fr"]
LANGUAGES: tuple[Language, ...] = ("en", "fr")


class Translate(Protocol):
    """Says the text of a key; `{name}` in it is filled from the arguments.

    With `n`, the text of `key.one` is taken for one (in French for nought too), where there is one.
    """

    def __call__(self, key: str, **values: object) -> str:
        """The text of `key`, filled in."""
        ...


@cache
def catalogue() -> dict[str, dict[Language, str]]:
    """Every text by its key (`room.name`), then by language."""
    text = (resources.files("cvweb") / "texts.toml").read_text(encoding="utf-8")
    rooms = tomllib.loads(text)
    return {f"{room}.{name}": said for room, texts in rooms.items() for name, said in texts.items()}


def translate(language: Language) -> Translate:
    """The catalogue in one language.

    Raises:
        KeyError: the catalogue lacks the key; a test looks for all that pages use.
    """

    def say(key: str, **values: object) -> str:
        count = values.get("n")
        if isinstance(count, int) and is_one(count, language) and f"{key}_one" in catalogue():
            key = f"{key}_one"
        text = catalogue()[key][language]
        return text.format(**values) if values else text

    return say


def names_in(room: str) -> list[str]:
    """The names of a room's texts, without the room."""
    return [key.removeprefix(f"{room}.") for key in catalogue() if key.startswith(f"{room}.")]


def failure(t: Translate, code: str, message: str) -> str:
    """A failure in words: its own message where the language has no text for its code."""
    key = f"error.{code}"
    return t(key, message=message) if key in catalogue() else message


def is_one(count: int, language: Language) -> bool:
    """Whether a count takes the singular."""
    return abs(count) == 1 or (language == "fr" and count == 0)


def language_of(cookie: str | None, accept: str | None) -> Language:
    """The language to answer in: what the person chose, else what the browser asks for first.

    >>> language_of(None, "fr-CH, en;q=0.8")
    'fr'
    """
    for known in LANGUAGES:
        if cookie == known:
            return known
    for asked in (accept or "").split(","):
        for known in LANGUAGES:
            if asked.strip().lower().startswith(known):
                return known
    return "en"
