"""The CV document: JSON Resume 1.x as frozen Structs, with an id on every item and every line.

An absent text is None. `extra` keeps the fields of a document that the standard does not name, by
their name on the wire, so that they survive a round trip. Ids are unique within their list; a path
names an item by them: `work[w3].highlights[b2]`.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

Extra = dict[str, Any]
Origin = Literal["import", "person", "model", "attested"]
"""Who wrote a text: read from a file, typed by the person, drafted by a model, attested as true."""


class Line(msgspec.Struct, frozen=True):
    """One text of a list within an item: a bullet, a keyword, a course, a role."""

    id: str
    text: str


class Item(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """What every entry of a section has."""

    id: str
    extra: Extra = {}


class Profile(Item, frozen=True, kw_only=True):
    """A presence elsewhere: the network, the name there, the address."""

    network: str | None = None
    username: str | None = None
    url: str | None = None


class Location(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """Where the person lives, as far as the CV says."""

    address: str | None = None
    postal_code: str | None = None
    city: str | None = None
    country_code: str | None = None
    region: str | None = None
    extra: Extra = {}


class Basics(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """Who the person is and how to reach them; `label` is the headline, `summary` the profile."""

    name: str | None = None
    label: str | None = None
    image: str | None = None
    email: str | None = None
    phone: str | None = None
    url: str | None = None
    summary: str | None = None
    location: Location | None = None
    profiles: tuple[Profile, ...] = ()
    extra: Extra = {}


class Work(Item, frozen=True, kw_only=True):
    """A job: `name` is the employer, `position` the title. Without `end_date` it is current."""

    name: str | None = None
    position: str | None = None
    location: str | None = None
    description: str | None = None
    url: str | None = None
    start_date: str | None = None
    end_date: str | None = None
    summary: str | None = None
    highlights: tuple[Line, ...] = ()


class Volunteer(Item, frozen=True, kw_only=True):
    """Unpaid work: `organization` instead of an employer. Without `end_date` it is current."""

    organization: str | None = None
    position: str | None = None
    url: str | None = None
    start_date: str | None = None
    end_date: str | None = None
    summary: str | None = None
    highlights: tuple[Line, ...] = ()


class Education(Item, frozen=True, kw_only=True):
    """Studies: `study_type` is the degree, `area` the field, `score` the grade."""

    institution: str | None = None
    url: str | None = None
    area: str | None = None
    study_type: str | None = None
    start_date: str | None = None
    end_date: str | None = None
    score: str | None = None
    courses: tuple[Line, ...] = ()


class Award(Item, frozen=True, kw_only=True):
    """A prize, and who gave it."""

    title: str | None = None
    date: str | None = None
    awarder: str | None = None
    summary: str | None = None


class Certificate(Item, frozen=True, kw_only=True):
    """A certificate, and who issued it."""

    name: str | None = None
    date: str | None = None
    issuer: str | None = None
    url: str | None = None


class Publication(Item, frozen=True, kw_only=True):
    """Something published, and by whom."""

    name: str | None = None
    publisher: str | None = None
    release_date: str | None = None
    url: str | None = None
    summary: str | None = None


class Skill(Item, frozen=True, kw_only=True):
    """A group of skills (`name`) with its `keywords`, or one skill with none."""

    name: str | None = None
    level: str | None = None
    keywords: tuple[Line, ...] = ()


class Language(Item, frozen=True, kw_only=True):
    """A language and how well it is spoken, as written (`fluent`, `C1`)."""

    language: str | None = None
    fluency: str | None = None


class Interest(Item, frozen=True, kw_only=True):
    """An interest, with `keywords` that say more."""

    name: str | None = None
    keywords: tuple[Line, ...] = ()


class Reference(Item, frozen=True, kw_only=True):
    """Somebody who speaks for the person, and their words."""

    name: str | None = None
    reference: str | None = None


class Project(Item, frozen=True, kw_only=True):
    """A project: `entity` is for whom, `type` what kind, `roles` what the person was in it."""

    name: str | None = None
    description: str | None = None
    highlights: tuple[Line, ...] = ()
    keywords: tuple[Line, ...] = ()
    start_date: str | None = None
    end_date: str | None = None
    url: str | None = None
    roles: tuple[Line, ...] = ()
    entity: str | None = None
    type: str | None = None


class Cv(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """One CV, whole. `language` is its ISO 639-1 code, None where it is not known.

    `origins` says who wrote what, by path; what it does not name was imported. `order` is the order
    of the sections where the person chose one. `meta` holds the document's `meta` without ours.
    """

    basics: Basics = Basics()
    work: tuple[Work, ...] = ()
    volunteer: tuple[Volunteer, ...] = ()
    education: tuple[Education, ...] = ()
    awards: tuple[Award, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    publications: tuple[Publication, ...] = ()
    skills: tuple[Skill, ...] = ()
    languages: tuple[Language, ...] = ()
    interests: tuple[Interest, ...] = ()
    references: tuple[Reference, ...] = ()
    projects: tuple[Project, ...] = ()
    language: str | None = None
    origins: dict[str, Origin] = {}
    order: tuple[str, ...] = ()
    meta: Extra = {}
    extra: Extra = {}


SECTIONS: tuple[str, ...] = (
    "work",
    "volunteer",
    "education",
    "awards",
    "certificates",
    "publications",
    "skills",
    "languages",
    "interests",
    "references",
    "projects",
)
"""The list sections of a CV, by their names on the wire."""

ID_PREFIX: dict[str, str] = {
    "work": "w",
    "volunteer": "v",
    "education": "e",
    "awards": "a",
    "certificates": "c",
    "publications": "p",
    "skills": "s",
    "languages": "l",
    "interests": "i",
    "references": "r",
    "projects": "j",
    "profiles": "n",
    "highlights": "b",
    "keywords": "k",
    "courses": "o",
    "roles": "t",
}
"""The letter that the ids of a list begin with: the first job is `w1`, its first bullet `b1`."""
