"""The offer in the state that a client-rendered page carries for its script (Next, Nuxt)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from cvcore.offers import Place
from cvcore.offline import Hints
from cvcore.offline.offer_text import clean
from cvweb.adapters.files.job_page_data import Posting, decoded_json, objects, posting_of
from cvweb.adapters.files.job_page_tree import Node

STATE_CHARACTERS_MAX = 3_000_000
_TITLES = ("title", "name", "jobTitle", "job_title", "position", "headline")
_BODIES = (
    "description",
    "descriptionHtml",
    "description_html",
    "jobDescription",
    "body",
    "content",
)
_COMPANIES = (
    "company",
    "employer",
    "organization",
    "organisation",
    "hiringOrganization",
    "recruiter",
)
_PLACES = ("locations", "location", "offices", "office", "city", "cities", "jobLocation")
_TRAITS = (
    *_COMPANIES, *_PLACES, "salary", "employmentType", "employment_type", "contractType",
    "contract_type", "seniorities", "seniority", "skills", "remote", "applyUrl", "apply_url",
    "publishedAt", "published_at", "datePosted", "validThrough", "collaborations", "profile",
    "status", "experienceLevel", "experience_level",
)  # fmt: skip
_OVER = re.compile(
    r"expired|closed|inactive|archived|unpublished|filled|deleted|paused", re.IGNORECASE
)
_WRAPPERS = frozenset(
    ["ShallowReactive", "Reactive", "Ref", "ShallowRef", "EmptyRef", "Set", "Date"]
)
TRAITS_MIN = 2


def state_posting(tree: Node, *, page_title: str) -> Posting | None:
    """The offer in the page's embedded state: the one the page's own title names, else None."""
    for script in tree.xpath('//script[contains(@type, "json") and not(contains(@type, "ld+"))]'):
        text = script.text or ""
        if len(text) > STATE_CHARACTERS_MAX:
            continue
        document = decoded_json(text)
        if isinstance(document, list):
            document = _revived(document)
        for node in objects(document):
            posting = _posting(node, page_title)
            if posting is not None:
                return posting
    return None


def _posting(node: Mapping[str, Any], page_title: str) -> Posting | None:
    title = next(filter(None, (_words(node.get(key)) for key in _TITLES)), None)
    if title is None or clean(title).casefold() not in page_title.casefold():
        return None
    if sum(key in node for key in _TRAITS) < TRAITS_MIN:
        return None
    company = next(filter(None, (_named(node.get(key)) for key in _COMPANIES)), None)
    body = next(filter(None, (_words(node.get(key)) for key in _BODIES)), "")
    place = next(filter(None, (_named(node.get(key)) for key in _PLACES)), None)
    status = node.get("status")
    hints = Hints(
        title=clean(title),
        company=company,
        place=Place(text=place),
        contract=_words(node.get("employmentType")) or _words(node.get("contractType")),
        is_posting=True,
        is_closed=isinstance(status, str) and bool(_OVER.search(status)),
    )
    described = posting_of({"description": body}).description
    return Posting(hints=hints, description=described + _asked(node.get("skills")))


def _asked(skills: Any) -> str:
    """Skills kept as objects with a `required` or `nice_to_have` mark, as lists under headings."""
    if not isinstance(skills, list):
        return ""
    lists: dict[str, list[str]] = {"Requirements": [], "Nice to have": []}
    for skill in skills:
        name = _named(skill)
        if name:
            is_extra = isinstance(skill, Mapping) and "nice" in str(skill.get("type"))
            lists["Nice to have" if is_extra else "Requirements"].append(name)
    return "".join(
        f"<h3>{heading}</h3>" + "".join(f"<li>{name}</li>" for name in names)
        for heading, names in lists.items()
        if names
    )


def _words(value: Any) -> str | None:
    """A text, or the first of a text kept once per language."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, Mapping) and value and all(len(str(key)) <= 5 for key in value):
        return next((text for text in value.values() if isinstance(text, str) and text), None)
    return None


def _named(value: Any) -> str | None:
    if isinstance(value, Mapping):
        for key in ("name", "expanded", "label", "title", "city", "text"):
            found = _words(value.get(key))
            if found:
                return clean(found)
        value = next(iter(value.values()), None)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return _named(value[0]) if value else None
    plain = _words(value)
    return clean(plain) if plain and not plain.startswith(("http", "/")) else None


def _revived(flat: list[Any]) -> Any:
    """A document flattened by `devalue`, put together again: values are indexes into one list.

    Any other list comes back as it is.
    """
    if not flat or not _is_wrapped(flat[0]):
        return flat
    made: dict[int, Any] = {}

    def value_of(index: Any, depth: int) -> Any:
        if isinstance(index, bool) or not isinstance(index, int) or not 0 <= index < len(flat):
            return None
        if index in made or depth > 40:
            return made.get(index)
        raw = flat[index]
        if _is_wrapped(raw):
            return value_of(raw[1], depth + 1) if len(raw) > 1 else None
        if isinstance(raw, Mapping):
            filled: dict[str, Any] = {}
            made[index] = filled
            filled.update({key: value_of(at, depth + 1) for key, at in raw.items()})
            return filled
        if isinstance(raw, list):
            many: list[Any] = []
            made[index] = many
            many.extend(value_of(at, depth + 1) for at in raw)
            return many
        made[index] = raw
        return raw

    return value_of(0, 0)


def _is_wrapped(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and value[0] in _WRAPPERS


def with_hints(posting: Posting, **changes: Any) -> Posting:
    """The posting with some of its hints replaced."""
    return msgspec.structs.replace(posting, hints=msgspec.structs.replace(posting.hints, **changes))
