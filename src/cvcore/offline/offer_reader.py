"""Reading a job offer without a model: text in, one `Offer` out, nothing made up."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from cvcore.offers.errors import NotAnOffer
from cvcore.offers.model import (
    Experience,
    Offer,
    OfferReading,
    Place,
    Requirement,
    Salary,
    Source,
    Status,
)
from cvcore.offline.offer_instructions import without_instructions
from cvcore.offline.offer_kind import is_closed_wording, language_of, why_no_offer
from cvcore.offline.offer_labels import Label, date_in, labels_in
from cvcore.offline.offer_requirements import requirements_of, units
from cvcore.offline.offer_sections import Placed, Section, placed
from cvcore.offline.offer_terms import (
    contract_in,
    level_in,
    remote_in,
    salary_in,
    years_in,
)
from cvcore.offline.offer_text import Hints, OfferText, clean, from_plain
from cvcore.offline.offer_title import title_in

READER = "offline-offer/1"
"""The reader and its version, as `Source.read_by` names it."""

LINE_CHARACTERS_MAX = 1_000
LINES_MAX = 60
"""Responsibilities and benefits kept, each."""


def read_offer(text: str | OfferText, *, at: date | None = None) -> Offer:
    """The offer that `text` states, open or closed as of `at` (no date: by its words alone).

    Raises:
        NotAnOffer: the text is none, or says neither what the work is nor what it asks.
    """
    reading = reading_of(text, at=at)
    assert reading.offer is not None  # noqa: S101 - `reading_of` raises where there is none
    return reading.offer


def reading_of(text: str | OfferText, *, at: date | None = None) -> OfferReading:
    """As `read_offer`, with what a person should know of the text: the findings.

    Raises:
        NotAnOffer: the same.
    """
    given = from_plain(text) if isinstance(text, str) else text
    blocks, suspicious = without_instructions(given.blocks)
    given = OfferText(blocks=blocks, hints=given.hints, findings=given.findings + suspicious)
    parts = tuple(placed(blocks))
    labels = labels_in(block.text for block in blocks if block.kind != "heading")
    title = given.hints.title or title_in(blocks, labels)
    company = given.hints.company or labels.get("company")
    has_fields = given.hints.is_posting or (
        "title" in labels and ("company" in labels or "place" in labels)
    )
    is_posting = given.hints.is_posting
    why = why_no_offer(parts, given.text, has_fields=has_fields, is_posting=is_posting)
    if why is not None and not (given.hints.is_posting and title):
        raise NotAnOffer(why=why)
    offer = _offer(given, parts, labels, title=title, company=company)
    status = _status(given, offer, at)
    return OfferReading(
        offer=_with_status(offer, status), status=status, findings=tuple(given.findings)
    )


def _with_status(offer: Offer, status: Status) -> Offer:
    return msgspec.structs.replace(offer, status=status)


def _offer(
    given: OfferText,
    parts: Sequence[Placed],
    labels: Mapping[Label, str],
    *,
    title: str | None,
    company: str | None,
) -> Offer:
    hints, text = given.hints, given.text
    requirements = requirements_of(parts, title=title)
    return Offer(
        title=title,
        company=clean(company) if company else None,
        location=_place(hints, labels, text),
        contract=_contract(hints, labels, title, text),
        salary=hints.salary or _salary(labels, text),
        experience=_experience(hints, labels, title, requirements),
        requirements=requirements,
        responsibilities=_lines(parts, "responsibilities"),
        benefits=_lines(parts, "benefits"),
        language=language_of(text) or hints.language,
        description=text,
        published_on=hints.published_on or _date(labels.get("published_on")),
        closes_on=hints.closes_on or _date(labels.get("closes_on")),
        source=Source(content_hash=hashlib.sha256(text.encode()).hexdigest(), read_by=READER),
    )


def _status(given: OfferText, offer: Offer, at: date | None) -> Status:
    if given.hints.is_closed:
        return "closed"
    if at is not None and offer.closes_on and offer.closes_on[:10] < at.isoformat():
        return "closed"
    head = [block.text for block in given.blocks[:12] if len(block.text) <= 200]
    return "closed" if any(map(is_closed_wording, head)) else "open"


def _place(hints: Hints, labels: Mapping[Label, str], text: str) -> Place:
    place = hints.place
    stated = labels.get("place")
    if stated and not (place.text or place.city or place.region or place.country):
        place = msgspec.structs.replace(place, text=clean(stated))
    if place.remote is None:
        remote = remote_in(" ".join(filter(None, (labels.get("remote"), place.text))))
        place = msgspec.structs.replace(place, remote=remote or remote_in(text[:6_000]))
    return place


def _contract(
    hints: Hints, labels: Mapping[Label, str], title: str | None, text: str
) -> str | None:
    labelled = labels.get("contract")
    for stated in (hints.contract, labelled and f"{labelled} contract", title):
        if stated and (named := contract_in(stated)):
            return named
    return hints.contract or contract_in(text)


def _salary(labels: Mapping[Label, str], text: str) -> Salary | None:
    stated = labels.get("salary")
    if stated and (found := salary_in(f"salary {stated}")):
        return found
    lines = (line[:LINE_CHARACTERS_MAX] for line in text.split("\n"))
    return next(filter(None, map(salary_in, lines)), None)


def _experience(
    hints: Hints,
    labels: Mapping[Label, str],
    title: str | None,
    requirements: Sequence[Requirement],
) -> Experience:
    asked = [
        int(one.level)
        for one in requirements
        if one.kind == "experience" and one.necessity == "required" and one.level
    ]
    stated = years_in(f"experience {hints.experience or labels.get('experience') or ''}")
    low = max(asked, default=None) if stated is None else stated.low
    level = level_in(title) if title else None
    if level is None:
        level = level_in(hints.seniority or labels.get("seniority") or "")
    return Experience(years_min=low, years_max=stated.high if stated else None, level=level)


def _lines(parts: Sequence[Placed], section: Section) -> tuple[str, ...]:
    lines = [unit.text for unit in units([part for part in parts if part.section == section])]
    return tuple(dict.fromkeys(lines))[:LINES_MAX]


def _date(text: str | None) -> str | None:
    found = date_in(text) if text else None
    return found.isoformat() if found else None
