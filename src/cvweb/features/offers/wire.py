"""Offers over the wire."""

from __future__ import annotations

import msgspec

from cvcore.offers.model import (
    Experience,
    Finding,
    Offer,
    Place,
    Requirement,
    Salary,
)
from cvcore.offers.ports import OfferRecord
from cvweb.features.offers.corrections import problems_of
from cvweb.http.errors import FieldProblem, InvalidRequest
from cvweb.http.times import wire_time
from cvweb.http.wire import Body, View

TEXT_CHARACTERS_MAX = 200_000
URL_CHARACTERS_MAX = 2_000
UNSET = msgspec.UNSET


class OfferBody(Body, frozen=True, kw_only=True):
    """An offer to read: its address or its text, one of the two."""

    url: str | None = None
    text: str | None = None

    def check(self) -> None:
        """Refuse what cannot be an offer at all.

        Raises:
            InvalidRequest: both or neither are given, or one is too long.
        """
        if (self.url is None) == (self.text is None):
            message = "send either `url` or `text` (or the file itself as multipart)"
            raise InvalidRequest([FieldProblem("body", message)])
        for name, given, most in (
            ("url", self.url, URL_CHARACTERS_MAX),
            ("text", self.text, TEXT_CHARACTERS_MAX),
        ):
            if given is not None and not 1 <= len(given.strip()) <= most:
                message = f"must have 1 to {most} characters, got {len(given.strip())}"
                raise InvalidRequest([FieldProblem(name, message)])


class OfferCorrection(Body, frozen=True, kw_only=True):
    """What a person corrects of an offer; what is left out stays as it was read."""

    title: str | msgspec.UnsetType | None = UNSET
    company: str | msgspec.UnsetType | None = UNSET
    location: Place | msgspec.UnsetType = UNSET
    contract: str | msgspec.UnsetType | None = UNSET
    salary: Salary | msgspec.UnsetType | None = UNSET
    experience: Experience | msgspec.UnsetType = UNSET
    requirements: tuple[Requirement, ...] | msgspec.UnsetType = UNSET
    responsibilities: tuple[str, ...] | msgspec.UnsetType = UNSET
    benefits: tuple[str, ...] | msgspec.UnsetType = UNSET
    language: str | msgspec.UnsetType | None = UNSET

    def onto(self, offer: Offer) -> Offer:
        """The offer with the corrections made.

        Raises:
            InvalidRequest: something in it cannot be; every such field is named.
        """
        given = {name: getattr(self, name) for name in self.__struct_fields__}
        changes = {name: value for name, value in given.items() if value is not UNSET}
        if problems := problems_of(changes):
            raise InvalidRequest(problems)
        return msgspec.structs.replace(offer, **changes)


class OfferSummary(View, frozen=True, kw_only=True):
    """An offer in a list."""

    id: str
    title: str | None
    company: str | None
    location: str | None
    status: str
    source_kind: str
    source_value: str | None
    version: int
    created_at: str
    updated_at: str

    @classmethod
    def of(cls, record: OfferRecord) -> OfferSummary:
        """The summary of an offer."""
        offer = record.offer
        return cls(
            id=record.id,
            title=offer.title,
            company=offer.company,
            location=offer.location.text,
            status=offer.status,
            source_kind=offer.source.kind,
            source_value=offer.source.value,
            version=record.version,
            created_at=wire_time(record.created_at),
            updated_at=wire_time(record.updated_at),
        )


class OfferView(Offer, frozen=True, kw_only=True, rename="camel"):
    """An offer as read and corrected, with its id and what the reader noticed."""

    id: str
    version: int
    created_at: str
    updated_at: str
    findings: tuple[Finding, ...] = ()

    @classmethod
    def whole(cls, record: OfferRecord) -> OfferView:
        """The view of an offer."""
        return cls(
            **msgspec.structs.asdict(record.offer),
            id=record.id,
            version=record.version,
            created_at=wire_time(record.created_at),
            updated_at=wire_time(record.updated_at),
            findings=record.findings,
        )
