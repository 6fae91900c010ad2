"""The job offer: one schema whatever it was read from, and an artefact a person may correct."""

from cvcore.offers.errors import NotAnOffer, StaleOffer
from cvcore.offers.model import (
    Experience,
    Finding,
    Level,
    Necessity,
    Offer,
    OfferReading,
    Place,
    Remote,
    Requirement,
    RequirementKind,
    Salary,
    SalaryPeriod,
    Source,
    Status,
)
from cvcore.offers.ports import OfferRecord, OfferStore
from cvcore.offers.rules import normalise_url

__all__ = [
    "Experience",
    "Finding",
    "Level",
    "Necessity",
    "NotAnOffer",
    "Offer",
    "OfferReading",
    "OfferRecord",
    "OfferStore",
    "Place",
    "Remote",
    "Requirement",
    "RequirementKind",
    "Salary",
    "SalaryPeriod",
    "Source",
    "StaleOffer",
    "Status",
    "normalise_url",
]
