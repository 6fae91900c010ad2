"""Proposals and reviews over the wire."""

from __future__ import annotations

from typing import Any

import msgspec

from cvcore.versions.model import Decision, Proposal, ReviewResult
from cvcore.versions.ports import StoredProposal
from cvweb.http.errors import FieldProblem, InvalidRequest
from cvweb.http.times import wire_time, wire_time_or_none
from cvweb.http.wire import Body, View

INSTRUCTIONS_CHARACTERS_MAX = 2_000
DECISIONS_MAX = 500


class TailoringBody(Body, frozen=True, kw_only=True):
    """For which offer; `instructions` are the person's own wishes."""

    offer_id: str
    instructions: str | None = None

    def check(self) -> None:
        """Refuse instructions that are too long.

        Raises:
            InvalidRequest: they have more than 2,000 characters.
        """
        if len(self.instructions or "") > INSTRUCTIONS_CHARACTERS_MAX:
            message = f"must have at most {INSTRUCTIONS_CHARACTERS_MAX} characters"
            raise InvalidRequest([FieldProblem("instructions", message)])


class ReviewBody(Body, frozen=True, kw_only=True):
    """What a person decides, in this order."""

    decisions: list[Decision]

    def check(self) -> None:
        """Refuse a review without decisions, with too many, or with two of one proposal.

        Raises:
            InvalidRequest: each of these, and an `edit` without a value.
        """
        problems: list[FieldProblem] = []
        if not 1 <= len(self.decisions) <= DECISIONS_MAX:
            message = f"must hold 1 to {DECISIONS_MAX} decisions, got {len(self.decisions)}"
            problems.append(FieldProblem("decisions", message))
        seen: set[str] = set()
        for index, decision in enumerate(self.decisions):
            if decision.id in seen:
                message = "decides a proposal that was decided above; decide each one once"
                problems.append(FieldProblem(f"decisions[{index}].id", message))
            if decision.action == "edit" and decision.value is None:
                message = "is required for `edit`: your own words"
                problems.append(FieldProblem(f"decisions[{index}].value", message))
            seen.add(decision.id)
        if problems:
            raise InvalidRequest(problems)


class ProposalView(Proposal, frozen=True, kw_only=True, rename="camel"):
    """A proposal with where it came from and what became of it."""

    cv_id: str
    offer_id: str | None
    task_id: str
    base_version: int
    into_version: int | None
    created_at: str
    reviewed_at: str | None

    @classmethod
    def whole(cls, stored: StoredProposal) -> ProposalView:
        """The view of a stored proposal."""
        facts: dict[str, Any] = msgspec.structs.asdict(stored.proposal)
        return cls(
            **facts,
            cv_id=stored.cv,
            offer_id=stored.offer,
            task_id=stored.task,
            base_version=stored.base_version,
            into_version=stored.into_version,
            created_at=wire_time(stored.created_at),
            reviewed_at=wire_time_or_none(stored.reviewed_at),
        )


class ReviewView(View, frozen=True, kw_only=True):
    """The CV's version after the review, and what became of each proposal."""

    version: int
    results: tuple[ReviewResult, ...]
