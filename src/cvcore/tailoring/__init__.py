"""Tailoring a CV to an offer: drafting without a model, and the verifier of every claim."""

from cvcore.tailoring.drafting import draft
from cvcore.tailoring.model import (
    Citation,
    Draft,
    Position,
    Proposal,
    RefusedClaim,
    Rule,
    Verdict,
)
from cvcore.tailoring.ports import Writer
from cvcore.tailoring.service import Tailoring, all_accepted, judged
from cvcore.tailoring.verifier import verify, verify_all

__all__ = [
    "Citation",
    "Draft",
    "Position",
    "Proposal",
    "RefusedClaim",
    "Rule",
    "Tailoring",
    "Verdict",
    "Writer",
    "all_accepted",
    "draft",
    "judged",
    "verify",
    "verify_all",
]
