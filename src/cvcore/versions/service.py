"""CVs and their history in a store: every change is a new version, none is ever lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from cvcore.clock import Clock
from cvcore.cv.model import Cv
from cvcore.cv.patching import patched
from cvcore.cv.rows import with_ids_of
from cvcore.cv.storable import storable
from cvcore.ids import CvId, NewId, OfferId, OwnerId, TaskId
from cvcore.unit import Begin
from cvcore.versions.deciding import ReviewOutcome, decide_within
from cvcore.versions.differences import diff
from cvcore.versions.errors import FilenameTaken
from cvcore.versions.keeping import (
    KeptCv,
    NextVersion,
    VersionsUnit,
    append,
    content_of,
    for_change,
    info_of,
    record_of,
    stored_from,
)
from cvcore.versions.model import (
    AuthorKind,
    Change,
    Decision,
    Proposal,
    ProposalState,
    VersionInfo,
)
from cvcore.versions.naming import free_filename
from cvcore.versions.ports import CvRecord, StoredProposal
from cvcore.versions.reviewing import with_origins

NAME_ATTEMPTS_MAX = 5
"""How often a new CV is given another name when somebody takes the chosen one meanwhile."""


class Versions:
    """The history of each owner's CVs.

    Somebody else's CV, an unknown one and one in the trash are all `NotFound`. A blocked one is
    read as ever; every change of it raises `CvBlocked`.
    """

    def __init__(self, begin: Begin[VersionsUnit], *, clock: Clock, new_id: NewId) -> None:
        self._begin, self._clock, self._new_id = begin, clock, new_id

    async def create(
        self,
        owner: OwnerId,
        *,
        filename: str,
        cv: Cv,
        author: AuthorKind = "import",
        reason: str = "created",
        source_type: str = "manual",
        source_value: str | None = None,
    ) -> CvRecord:
        """Keep `cv` as a new CV at version 1, in a unit of its own; see `create_within`."""
        attempts = NAME_ATTEMPTS_MAX
        while True:
            attempts -= 1
            try:
                async with self._begin() as unit:
                    return await self.create_within(
                        unit,
                        owner,
                        filename=filename,
                        cv=cv,
                        author=author,
                        reason=reason,
                        source_type=source_type,
                        source_value=source_value,
                    )
            except FilenameTaken:
                if not attempts:
                    raise

    async def create_within(
        self,
        unit: VersionsUnit,
        owner: OwnerId,
        *,
        filename: str,
        cv: Cv,
        author: AuthorKind = "import",
        reason: str = "created",
        source_type: str = "manual",
        source_value: str | None = None,
        base: KeptCv | None = None,
        offer: OfferId | None = None,
    ) -> CvRecord:
        """`create` in the caller's unit. `base` is the CV this one is a variant of, for `offer`.

        A name that the owner has already becomes `name (2)`.

        Raises:
            FilenameTaken: somebody took the name meanwhile; begin a new unit and repeat.
        """
        now, cv = self._clock(), storable(cv)
        name = free_filename(filename, await unit.cvs.filenames(owner))
        record = CvRecord(
            id=CvId(self._new_id()),
            owner=owner,
            filename=name,
            version=1,
            created_at=now,
            updated_at=now,
            language=cv.language,
            source_type=source_type,
            source_value=source_value,
            offer=offer,
            base=base.record.id if base else None,
            base_version=base.record.version if base else None,
        )
        await unit.cvs.add(record)
        version = NextVersion(
            cv=cv, author=author, reason=reason, by=owner, at=now, source=source_value
        )
        await unit.versions.append(info_of(record, version, parents=()), cv)
        return record

    async def get(self, owner: OwnerId, id: CvId) -> KeptCv:
        """The CV at its newest version."""
        async with self._begin() as unit:
            record = await record_of(unit, owner, id)
            return KeptCv(record, await content_of(unit, id, record.version))

    async def list(
        self, owner: OwnerId, *, limit: int = 50, before: CvId | None = None
    ) -> Sequence[CvRecord]:
        """The owner's CVs, last changed first, those after `before` in that order."""
        async with self._begin() as unit:
            return await unit.cvs.page(owner, limit=limit, before=before)

    async def versions(self, owner: OwnerId, id: CvId) -> Sequence[VersionInfo]:
        """All versions of the CV, newest first, without their documents."""
        async with self._begin() as unit:
            await record_of(unit, owner, id)
            return await unit.versions.of_cv(id)

    async def content(self, owner: OwnerId, id: CvId, number: int) -> Cv:
        """The document of version `number` (from 1)."""
        async with self._begin() as unit:
            await record_of(unit, owner, id)
            return await content_of(unit, id, number)

    async def diff(self, owner: OwnerId, id: CvId, a: int, b: int) -> tuple[Change, ...]:
        """What makes version `b` of version `a`."""
        async with self._begin() as unit:
            await record_of(unit, owner, id)
            return diff(await content_of(unit, id, a), await content_of(unit, id, b))

    async def edit(
        self, owner: OwnerId, id: CvId, patch: Sequence[Any], *, seen: int, reason: str = "edited"
    ) -> KeptCv:
        """Change the CV by a JSON Patch, made against version `seen`.

        What the patch writes is the person's own words from then on. A patch that changes nothing
        makes no version.

        Raises:
            StaleVersion: the CV has another version than `seen`.
            InvalidPatch, InvalidCv: the patch cannot be done, or leaves no CV.
        """
        async with self._begin() as unit:
            kept = await for_change(unit, owner, id, seen=seen)
            cv = with_origins(kept.cv, patched(kept.cv, patch), "person")
            return await self._append(unit, kept, cv, author="person", reason=reason)

    async def replace(
        self,
        owner: OwnerId,
        id: CvId,
        cv: Cv,
        *,
        seen: int,
        author: AuthorKind = "person",
        reason: str = "replaced",
    ) -> KeptCv:
        """Put `cv` in the place of version `seen`: an upload of a newer file, a translation.

        Items and lines it shares with that version keep their ids.

        Raises:
            StaleVersion: the CV has another version than `seen`.
        """
        async with self._begin() as unit:
            kept = await for_change(unit, owner, id, seen=seen)
            cv = with_ids_of(cv, kept.cv)
            return await self._append(unit, kept, cv, author=author, reason=reason)

    async def restore(
        self, owner: OwnerId, id: CvId, number: int, *, seen: int | None = None
    ) -> KeptCv:
        """Make the CV again what it was at version `number`, as a new version.

        Raises:
            StaleVersion: `seen` is given and the CV has another version.
        """
        async with self._begin() as unit:
            kept = await for_change(unit, owner, id, seen=seen)
            cv = await content_of(unit, id, number)
            reason = f"restored version {number}"
            return await self._append(
                unit, kept, cv, author="restore", reason=reason, parents=(number,)
            )

    async def delete(self, owner: OwnerId, id: CvId) -> None:
        """Put the CV in the trash: neither listed nor found any more, its name free again."""
        async with self._begin() as unit:
            record = await record_of(unit, owner, id, lock=True)
            await unit.cvs.update(replace(record, deleted_at=self._clock()), seen=record.version)

    async def rename(self, owner: OwnerId, id: CvId, filename: str) -> CvRecord:
        """Give the CV another name; a name taken becomes `name (2)`.

        Raises:
            FilenameTaken: somebody took it meanwhile.
        """
        async with self._begin() as unit:
            record = await record_of(unit, owner, id, lock=True)
            taken = await unit.cvs.filenames(owner) - {record.filename}
            renamed = replace(record, filename=free_filename(filename, taken))
            await unit.cvs.update(renamed, seen=record.version)
            return renamed

    async def propose_within(
        self,
        unit: VersionsUnit,
        kept: KeptCv,
        proposals: Sequence[Proposal],
        *,
        task: TaskId,
        offer: OfferId | None = None,
    ) -> None:
        """Keep proposals that were drafted against `kept`, in the caller's unit.

        The CV may have been edited since: the review merges. Proposals of the same task are kept
        once.

        Raises:
            NotFound, CvBlocked: the CV is gone, or cannot be changed any more.
        """
        record = kept.record
        await for_change(unit, record.owner, record.id)
        known = await unit.proposals.of_cv(record.id)
        if any(each.task == task for each in known):
            return
        at = self._clock()
        await unit.proposals.add(stored_from(record, proposals, task=task, offer=offer, at=at))

    async def proposals(
        self, owner: OwnerId, id: CvId, *, state: ProposalState | None = None
    ) -> Sequence[StoredProposal]:
        """The proposals for the CV, oldest first."""
        async with self._begin() as unit:
            await record_of(unit, owner, id)
            return await unit.proposals.of_cv(id, state=state)

    async def review(
        self, owner: OwnerId, id: CvId, decisions: Sequence[Decision]
    ) -> ReviewOutcome:
        """Decide proposals, one or many; what is accepted becomes one new version.

        The CV and its proposals are locked meanwhile: of two who decide the same one at once, the
        second is told what the first made of it. See `cvcore.versions.review` for what becomes of
        each.

        Raises:
            NotFound: no such CV, or no such proposal for it; nothing was decided.
        """
        async with self._begin() as unit:
            kept = await for_change(unit, owner, id)
            return await decide_within(unit, kept, decisions, by=owner, at=self._clock())

    async def _append(
        self,
        unit: VersionsUnit,
        kept: KeptCv,
        cv: Cv,
        *,
        author: AuthorKind,
        reason: str,
        parents: tuple[int, ...] = (),
    ) -> KeptCv:
        by, at = kept.record.owner, self._clock()
        version = NextVersion(cv=cv, author=author, reason=reason, by=by, at=at, parents=parents)
        return await append(unit, kept, version)
