"""What tailoring says: a verdict on a proposal, and a draft of several."""

from __future__ import annotations

from typing import Literal

import msgspec

from cvcore.scoring.model import Score
from cvcore.versions.model import Citation, Position, Proposal, RefusedClaim

Rule = Literal[
    "citation",
    "number",
    "date",
    "name",
    "employer",
    "title",
    "seniority",
    "degree",
    "tool",
    "language",
    "level",
    "involvement",
    "result",
    "superlative",
    "hedge",
    "fixed_fact",
    "item",
    "content",
    "path",
]
"""What a claim can be refused for; `docs/reference/verifier.md` says each in a sentence."""

__all__ = ["Citation", "Draft", "Position", "Proposal", "RefusedClaim", "Rule", "Verdict"]


class Verdict(msgspec.Struct, frozen=True, rename="camel"):
    """Whether the CV supports every claim of a proposal, and the claims that it does not."""

    supported: bool
    refusals: tuple[RefusedClaim, ...] = ()


class Draft(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Proposals for one CV and one offer, each with its verdict, and the score before any change
    and with all that is supported accepted."""

    proposals: tuple[Proposal, ...]
    score_before: Score
    score_after: Score
