"""What a job page states as data: the JobPostings of its JSON-LD and its microdata."""

from __future__ import annotations

import html as entities
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
from lxml import etree

from cvcore.offers import Place, Salary, SalaryPeriod
from cvcore.offline import Hints
from cvcore.offline.offer_labels import is_nothing
from cvcore.offline.offer_text import clean
from cvweb.adapters.files.job_page_tree import Node

NESTING_MAX = 12
NODES_MAX = 20_000
_TAG = re.compile(r"<[a-zA-Z/][^>]{0,400}>")
_WRAPPED = re.compile(r"^\s*(?:<!--|/[/*]\s*<!\[CDATA\[(?:\*/)?)|(?:-->|/[/*]\s*\]\]>(?:\*/)?)\s*$")
_PERIODS: dict[str, SalaryPeriod] = {
    "YEAR": "year", "ANN": "year", "ANNUAL": "year", "MONTH": "month", "MON": "month", "DAY": "day",
    "HOUR": "hour", "HUR": "hour",
}  # fmt: skip


class Posting(msgspec.Struct, frozen=True, kw_only=True):
    """One JobPosting as the page's data has it: the hints, and its description as HTML."""

    hints: Hints
    description: str = ""


def json_ld(tree: Node) -> list[Posting]:
    """Every JobPosting of the page's JSON-LD, wherever it stands in the graph."""
    found: list[Posting] = []
    for script in tree.xpath('//script[contains(@type, "ld+json")]'):
        document = decoded_json(script.text or "")
        found += [posting_of(node) for node in objects(document) if is_a(node, "JobPosting")]
    return found


def microdata(tree: Node) -> list[Posting]:
    """Every JobPosting marked up in the page's own elements (microdata)."""
    scopes = tree.xpath('//*[contains(@itemtype, "schema.org/JobPosting")]')
    return [posting_of(_item(scope, 0)) for scope in scopes[:20]]


def posting_of(node: Mapping[str, Any]) -> Posting:
    """A schema.org JobPosting as hints; what it leaves null or empty is not stated."""
    description = _markup(node.get("description"))
    parts = [
        f"<h3>{title}</h3>{_markup(node.get(key))}"
        for key, title in (
            ("responsibilities", "Responsibilities"),
            ("qualifications", "Qualifications"),
            ("educationRequirements", "Education"),
            ("jobBenefits", "Benefits"),
        )
        if _markup(node.get(key)).strip() and not isinstance(node.get(key), Mapping)
    ]
    published, closes = _date(node.get("datePosted")), _date(node.get("validThrough"))
    hints = Hints(
        title=_text(node.get("title")) or _text(node.get("name")),
        company=_organisation(node.get("hiringOrganization")),
        place=_place(node),
        contract=_text(_first(node.get("employmentType"))),
        salary=_salary(node.get("baseSalary") or node.get("estimatedSalary")),
        experience=_experience(node.get("experienceRequirements")),
        education=_text(node.get("educationRequirements")),
        skills=_skills(node.get("skills")),
        language=_text(node.get("inLanguage")),
        published_on=published,
        closes_on=closes if closes and closes >= (published or "2000") else None,
        is_posting=True,
    )
    return Posting(hints=hints, description=description + "".join(parts))


def decoded_json(text: str) -> Any:
    """The JSON of a script element, comments around it undone; None where it is none."""
    try:
        return json.loads(_WRAPPED.sub("", text).strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return None


def objects(document: Any) -> Iterator[Mapping[str, Any]]:
    """Every object of a JSON document, breadth first."""
    level, seen = [document], 0
    for _ in range(NESTING_MAX):
        deeper: list[Any] = []
        for value in level:
            seen += 1
            if seen > NODES_MAX:
                return
            if isinstance(value, Mapping):
                yield value
                deeper.extend(value.values())
            elif isinstance(value, list):
                deeper.extend(value)
        level = [value for value in deeper if isinstance(value, (Mapping, list))]


def is_a(node: Mapping[str, Any], name: str) -> bool:
    """Whether an object of a JSON-LD graph has the schema.org type `name`."""
    types = node.get("@type")
    every = types if isinstance(types, list) else [types]
    return any(isinstance(one, str) and one.rsplit("/", 1)[-1] == name for one in every)


def _item(scope: Node, depth: int) -> dict[str, Any]:
    """A microdata item as the object its JSON-LD would be."""
    found: dict[str, Any] = {}
    if depth > NESTING_MAX:
        return found
    stack = list(scope)[::-1]
    while stack:
        node = stack.pop()
        names = (node.get("itemprop") or "").split() if isinstance(node.tag, str) else []
        for name in names:
            value = _item(node, depth + 1) if node.get("itemtype") else _value(node, name)
            found.setdefault(name, value)
        if isinstance(node.tag, str) and node.get("itemscope") is None:
            stack.extend(list(node)[::-1])
    return found


def _value(node: Node, name: str) -> str:
    stated = node.get("content") or node.get("datetime")
    if stated:
        return str(stated)
    if name in ("description", "responsibilities", "qualifications", "skills"):
        return str(etree.tostring(node, encoding="unicode", with_tail=False))
    return str(node.text_content())


def _first(value: Any) -> Any:
    if isinstance(value, list):
        return next((one for one in value if one), None)
    return value


def _text(value: Any) -> str | None:
    """A value as plain words: entities and tags undone; None for what holds none."""
    value = _first(value)
    if isinstance(value, Mapping):
        value = value.get("name") or value.get("@value") or value.get("credentialCategory")
    if not isinstance(value, str):
        return None
    plain = clean(_TAG.sub(" ", entities.unescape(value)))
    return None if is_nothing(plain) or plain in ("undefined", "OTHER") else plain


def _markup(value: Any) -> str:
    """HTML of a text field; text that is escaped once too often is unescaped, plain lines kept."""
    if isinstance(value, list):
        return "".join(f"<p>{_markup(one)}</p>" for one in value if isinstance(one, str))
    if not isinstance(value, str):
        return ""
    text: str = entities.unescape(value) if not _TAG.search(value) else value
    if _TAG.search(text):
        return text
    lines = (line.strip() for line in re.split(r"\r?\n", text))
    return "".join(f"<p>{entities.escape(line)}</p>" for line in lines if line)


def _organisation(value: Any) -> str | None:
    value = _first(value)
    if isinstance(value, Mapping):
        return _text(value.get("name")) or _text(value.get("legalName"))
    named = _text(value)
    return None if named is None or named.startswith(("http://", "https://")) else named


def _place(node: Mapping[str, Any]) -> Place:
    remote = "full" if "TELECOMMUTE" in str(node.get("jobLocationType") or "").upper() else None
    address = _first(node.get("jobLocation"))
    places = node.get("jobLocation")
    if isinstance(places, list) and len(places) > 5 and remote:
        address = None  # a remote job's list of countries is no place of work
    text = None
    if isinstance(address, Mapping):
        text = _text(address.get("name")) if not address.get("address") else None
        address = _first(address.get("address")) or address
    if not isinstance(address, Mapping):
        return Place(text=_text(address), remote=remote)  # type: ignore[arg-type]  # narrowed above
    parts = [_text(address.get(key)) for key in ("addressLocality", "addressRegion")]
    country = _text(address.get("addressCountry"))
    written = list(dict.fromkeys(part for part in (*parts, country) if part))
    return Place(
        text=", ".join(written) or text or _text(address.get("streetAddress")),
        city=parts[0], region=parts[1], country=country,
        remote=remote,  # type: ignore[arg-type]  # "full" or None, as built above
    )  # fmt: skip


def _salary(value: Any) -> Salary | None:
    value = _first(value)
    if not isinstance(value, Mapping):
        return None
    amount = value.get("value") if value.get("value") is not None else value
    period = value.get("unitText") or value.get("unitCode")
    currency = value.get("currency") or value.get("salaryCurrency")
    if isinstance(amount, Mapping):
        period = amount.get("unitText") or amount.get("unitCode") or period
        low = _whole(amount.get("minValue") or amount.get("value"))
        high = _whole(amount.get("maxValue"))
    else:
        low, high = _whole(amount), None
    if not low and not high:
        return None
    return Salary(
        min=low or None, max=high or None, currency=_text(currency),
        period=_PERIODS.get(str(period or "").upper()),
    )  # fmt: skip


def _whole(value: Any) -> int | None:
    try:
        return int(float(str(value).replace(",", "").replace(" ", "")))
    except (ValueError, OverflowError):
        return None


def _experience(value: Any) -> str | None:
    if isinstance(value, Mapping):
        months = _whole(value.get("monthsOfExperience"))
        return f"{months // 12} years of experience" if months else _text(value)
    return _text(value)


def _skills(value: Any) -> tuple[str, ...]:
    if isinstance(value, list):
        named = [_text(one) for one in value]
    else:
        plain = _text(value)
        named = [clean(one) for one in re.split(r"[,;|•]", plain)] if plain else []
    return tuple(one for one in named if one and len(one) <= 80)[:60]


def _date(value: Any) -> str | None:
    found = re.match(r"\d{4}-\d{2}-\d{2}", value.strip()) if isinstance(value, str) else None
    return found.group() if found else None


def postings(tree: Node) -> Sequence[Posting]:
    """What the page's structured data says, JSON-LD before microdata."""
    return [*json_ld(tree), *microdata(tree)]


def is_news(tree: Node) -> bool:
    """Whether the page's JSON-LD calls it an article and nothing calls it an offer."""
    for script in tree.xpath('//script[contains(@type, "ld+json")]'):
        for node in objects(decoded_json(script.text or "")):
            if any(is_a(node, name) for name in ("NewsArticle", "Article", "BlogPosting")):
                return True
    return False
