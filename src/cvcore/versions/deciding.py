"""Carrying out a person's decisions on stored proposals, within one unit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec
from msgspec.structs import replace

from cvcore.cv.model import Cv
from cvcore.errors import NotFound
from cvcore.ids import OwnerId
from cvcore.versions.keeping import KeptCv, NextVersion, VersionsUnit, append, content_of
from cvcore.versions.model import Decision, Reviewed, ReviewResult
from cvcore.versions.ports import StoredProposal
from cvcore.versions.reviewing import review


class ReviewOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """What a review came to: the version the CV has now, its document, each proposal's state."""

    version: int
    cv: Cv
    results: tuple[ReviewResult, ...]


async def decide_within(
    unit: VersionsUnit,
    kept: KeptCv,
    decisions: Sequence[Decision],
    *,
    by: OwnerId,
    at: datetime,
) -> ReviewOutcome:
    """`kept` (locked by the caller) with the decisions carried out, as at most one new version.

    Raises:
        NotFound: a decision names a proposal that this CV does not have; nothing was decided.
    """
    stored = {each.proposal.id: each for each in await _all(unit, kept)}
    for decision in decisions:
        if decision.id not in stored:
            raise NotFound("proposal", decision.id)
    cv, results, changed = kept.cv, list[ReviewResult](), list[StoredProposal]()
    for base_version, chosen in _by_base(decisions, stored).items():
        base = await content_of(unit, kept.record.id, base_version)
        rivals = [each for each in stored.values() if each.base_version == base_version]
        reviewed = review(cv, base, [each.proposal for each in rivals], chosen)
        cv = reviewed.cv
        results += reviewed.results
        changed += _changed(rivals, reviewed)
    accepted = [each.proposal.id for each in changed if each.proposal.state == "accepted"]
    bases = tuple({stored[id].base_version: None for id in accepted})
    reason = f"accepted {len(accepted)} proposal{'s' if len(accepted) != 1 else ''}"
    version = NextVersion(
        cv=cv, author="tailoring", reason=reason, by=by, at=at, parents=bases,
        source=",".join(accepted) or None,
    )  # fmt: skip
    now = await append(unit, kept, version)
    for each in changed:
        into = now.record.version if each.proposal.state == "accepted" else None
        await unit.proposals.update(
            replace(each, reviewed_at=at, reviewed_by=by, into_version=into, seq=each.seq + 1)
        )
    ordered = _in_order(results, decisions)
    return ReviewOutcome(version=now.record.version, cv=now.cv, results=ordered)


async def _all(unit: VersionsUnit, kept: KeptCv) -> Sequence[StoredProposal]:
    return await unit.proposals.of_cv(kept.record.id, lock=True)


def _by_base(
    decisions: Sequence[Decision], stored: dict[str, StoredProposal]
) -> dict[int, list[Decision]]:
    found: dict[int, list[Decision]] = {}
    for decision in decisions:
        found.setdefault(stored[decision.id].base_version, []).append(decision)
    return found


def _changed(stored: Sequence[StoredProposal], reviewed: Reviewed) -> list[StoredProposal]:
    """The stored proposals that the review left in another state."""
    after = {each.id: each for each in reviewed.proposals}
    return [
        replace(each, proposal=after[each.proposal.id])
        for each in stored
        if after[each.proposal.id] != each.proposal
    ]


def _in_order(
    results: Sequence[ReviewResult], decisions: Sequence[Decision]
) -> tuple[ReviewResult, ...]:
    asked = {decision.id: at for at, decision in enumerate(decisions)}
    return tuple(sorted(results, key=lambda each: asked.get(each.id, len(asked))))
