"""The job offer as read: one schema whatever it was read from; a person may correct it."""

from __future__ import annotations

from typing import Literal

import msgspec

Status = Literal["open", "closed", "not_an_offer", "unreadable"]
Necessity = Literal["required", "preferred"]
RequirementKind = Literal[
    "skill", "softSkill", "experience", "education", "language", "certification", "title", "other"
]
Remote = Literal["full", "hybrid", "none"]
SalaryPeriod = Literal["year", "month", "day", "hour"]
Level = Literal["intern", "junior", "mid", "senior", "lead"]


class Part(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What every part of an offer has: keywords only, camelCase on the wire."""


class Place(Part, frozen=True, kw_only=True):
    """Where the work is done; `country` is as written or its ISO 3166 code."""

    text: str | None = None
    city: str | None = None
    region: str | None = None
    country: str | None = None
    remote: Remote | None = None


class Salary(Part, frozen=True, kw_only=True):
    """Whole units of `currency` (ISO 4217) per `period`."""

    min: int | None = None
    max: int | None = None
    currency: str | None = None
    period: SalaryPeriod | None = None


class Experience(Part, frozen=True, kw_only=True):
    """Years asked, and the seniority that the title or a labelled field names."""

    years_min: int | None = None
    years_max: int | None = None
    level: Level | None = None


class Requirement(Part, frozen=True, kw_only=True):
    """One thing the offer asks. `skills` are ids of the lexicon; `level` a CEFR level, a degree
    level (`EQF6`) or a number of years, where the text states one; `any_of` says that one of the
    skills is enough ("React or Vue")."""

    id: str
    text: str
    kind: RequirementKind
    skills: tuple[str, ...] = ()
    necessity: Necessity = "required"
    level: str | None = None
    any_of: bool = False


class Source(Part, frozen=True, kw_only=True):
    """What the offer was read from; `value` is the URL or the file's name, `content_hash` the
    SHA-256 (hex) of the text read, `read_by` the reader and its version."""

    kind: Literal["url", "html", "pdf", "text"] = "text"
    value: str | None = None
    content_hash: str = ""
    read_by: str = ""


class Offer(Part, frozen=True, kw_only=True):
    """A job offer. What the text does not say is None or empty: nothing is ever made up."""

    title: str | None = None
    company: str | None = None
    location: Place = Place()
    contract: str | None = None
    salary: Salary | None = None
    experience: Experience = Experience()
    requirements: tuple[Requirement, ...] = ()
    responsibilities: tuple[str, ...] = ()
    benefits: tuple[str, ...] = ()
    language: str | None = None
    description: str = ""
    published_on: str | None = None
    closes_on: str | None = None
    source: Source = Source()
    status: Status = "open"


class Finding(Part, frozen=True, kw_only=True):
    """Something a reader noticed and a person should know: hidden text, an instruction to a model,
    a part it could not read. `text` is the words concerned, `page` counts from 1."""

    code: str
    detail: str
    text: str | None = None
    page: int | None = None


class OfferReading(Part, frozen=True, kw_only=True):
    """What reading came to: the offer (None where the page is none or cannot be read), the status
    and the findings."""

    offer: Offer | None
    status: Status
    findings: tuple[Finding, ...] = ()
