"""Reading a CV out of a unit, and writing its next version into one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import msgspec
from msgspec.structs import replace

from cvcore.cv.canonical import document_hash
from cvcore.cv.model import Cv
from cvcore.cv.storable import storable
from cvcore.errors import NotFound
from cvcore.ids import CvId, OfferId, OwnerId, TaskId, derived_id
from cvcore.versions.errors import CvBlocked, StaleVersion
from cvcore.versions.model import AuthorKind, Proposal, VersionInfo
from cvcore.versions.ports import (
    CvRecord,
    CvStore,
    ProposalStore,
    StoredProposal,
    TrashStore,
    VersionStore,
)


class VersionsUnit(Protocol):
    """The slice of a transaction that versions need."""

    @property
    def cvs(self) -> CvStore:
        """The CVs that are not in the trash."""
        ...

    @property
    def versions(self) -> VersionStore:
        """Their versions."""
        ...

    @property
    def trash(self) -> TrashStore:
        """The CVs in the trash."""
        ...

    @property
    def proposals(self) -> ProposalStore:
        """The proposals for them."""
        ...


class KeptCv(msgspec.Struct, frozen=True):
    """A CV with its document at its newest version."""

    record: CvRecord
    cv: Cv


class NextVersion(msgspec.Struct, frozen=True, kw_only=True):
    """What a new version is and where it came from; `parents` beside the version it follows."""

    cv: Cv
    author: AuthorKind
    reason: str
    by: OwnerId
    at: datetime
    parents: tuple[int, ...] = ()
    source: str | None = None


async def record_of(
    unit: VersionsUnit, owner: OwnerId, id: CvId, *, lock: bool = False
) -> CvRecord:
    """The owner's CV without its document.

    Raises:
        NotFound: there is none, it is in the trash, or somebody else's.
    """
    record = await unit.cvs.get(owner, id, lock=lock)
    if record is None:
        raise NotFound("CV", id)
    return record


async def content_of(unit: VersionsUnit, id: CvId, number: int) -> Cv:
    """The document of version `number`.

    Raises:
        NotFound: the CV has no such version.
    """
    cv = await unit.versions.content(id, number)
    if cv is None:
        raise NotFound("version", f"{number} of CV {id}")
    return cv


async def for_change(
    unit: VersionsUnit, owner: OwnerId, id: CvId, *, seen: int | None = None
) -> KeptCv:
    """The owner's CV, locked until the unit ends.

    Raises:
        NotFound: there is none.
        CvBlocked: it cannot be changed.
        StaleVersion: `seen` is given and the CV has another version.
    """
    record = await record_of(unit, owner, id, lock=True)
    if record.blocked:
        raise CvBlocked(id=id, reason=record.blocked_reason or "no reason given")
    if seen is not None and seen != record.version:
        raise StaleVersion(id=id, seen=seen, now=record.version)
    return KeptCv(record, await content_of(unit, id, record.version))


async def append(unit: VersionsUnit, kept: KeptCv, version: NextVersion) -> KeptCv:
    """`kept` with `version` behind it; what says the same as `kept` makes no version."""
    version = replace(version, cv=storable(version.cv))
    if version.cv == kept.cv:
        return kept
    record = replace(
        kept.record,
        version=kept.record.version + 1,
        updated_at=version.at,
        language=version.cv.language,
    )
    await unit.cvs.update(record, seen=kept.record.version)
    parents = (kept.record.version, *(n for n in version.parents if n != kept.record.version))
    await unit.versions.append(info_of(record, version, parents), version.cv)
    return KeptCv(record, version.cv)


def info_of(record: CvRecord, version: NextVersion, parents: tuple[int, ...]) -> VersionInfo:
    """What is kept of `version` beside its document."""
    return VersionInfo(
        cv=record.id,
        number=record.version,
        content=document_hash(version.cv),
        parents=parents,
        author=version.author,
        reason=version.reason,
        created_at=version.at,
        created_by=version.by,
        source=version.source,
    )


def stored_from(
    record: CvRecord,
    proposals: Sequence[Proposal],
    *,
    task: TaskId,
    offer: OfferId | None,
    at: datetime,
) -> list[StoredProposal]:
    """`proposals` as they are kept: against the version of `record`, from `task`.

    Their ids are derived from the task's, so that those of two tasks never meet. Their words are a
    model's, whatever they say of themselves.
    """
    return [
        StoredProposal(
            cv=record.id,
            task=task,
            base_version=record.version,
            proposal=replace(
                proposal, id=derived_id("proposal", task, proposal.id), origin="model"
            ),
            created_at=at,
            offer=offer,
        )
        for proposal in proposals
    ]
