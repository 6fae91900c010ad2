"""What the history of a CV needs of a store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from cvcore.cv.model import Cv
from cvcore.ids import CvId, OfferId, OwnerId, TaskId
from cvcore.versions.model import Proposal, ProposalState, VersionInfo


class CvRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A CV as somebody keeps it, without its document.

    `version` is the number of its newest version and what `If-Match` compares. `base` is the CV a
    variant was made from, at version `base_version`, for `offer`. `source_type` is how it came
    (`manual`, `pdf`, `docx`, `json`, `text`, `html`, `tailoring`), `source_value` the file's name.
    A CV with `deleted_at` is in the trash: not listed, not found.
    """

    id: CvId
    owner: OwnerId
    filename: str
    version: int
    created_at: datetime
    updated_at: datetime
    language: str | None = None
    source_type: str = "manual"
    source_value: str | None = None
    offer: OfferId | None = None
    base: CvId | None = None
    base_version: int | None = None
    blocked: bool = False
    blocked_reason: str | None = None
    deleted_at: datetime | None = None


class StoredProposal(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal with where it came from and what became of it. `seq` counts its changes from 0."""

    cv: CvId
    task: TaskId
    base_version: int
    proposal: Proposal
    created_at: datetime
    offer: OfferId | None = None
    reviewed_at: datetime | None = None
    reviewed_by: OwnerId | None = None
    into_version: int | None = None
    seq: int = 0


class CvStore(Protocol):
    """Keeps CVs without their documents. Prove yours with `CvContract`."""

    async def add(self, record: CvRecord) -> None:
        """Keep a new CV.

        Raises:
            FilenameTaken: the owner has a CV of this name already (the trash does not count).
        """
        ...

    async def get(self, owner: OwnerId, id: CvId, *, lock: bool = False) -> CvRecord | None:
        """The owner's CV; None where there is none, it is in the trash, or somebody else's."""
        ...

    async def page(self, owner: OwnerId, *, limit: int, before: CvId | None) -> Sequence[CvRecord]:
        """The owner's CVs, last changed first, those after `before` in that order."""
        ...

    async def filenames(self, owner: OwnerId) -> frozenset[str]:
        """The names of the owner's CVs, the trash left out."""
        ...

    async def update(self, record: CvRecord, *, seen: int) -> None:
        """Write `record` over the one with its id, if that one's `version` is `seen`.

        Raises:
            StaleVersion: its version is another.
        """
        ...


class VersionStore(Protocol):
    """Keeps the versions of CVs and their documents. Prove yours with `CvContract`."""

    async def append(self, info: VersionInfo, cv: Cv) -> None:
        """Keep a version: equal documents are stored once (by hash), none is ever overwritten."""
        ...

    async def of_cv(self, id: CvId) -> Sequence[VersionInfo]:
        """All versions of a CV, newest first."""
        ...

    async def content(self, id: CvId, number: int) -> Cv | None:
        """The document of one version, or None."""
        ...


class TrashStore(Protocol):
    """Keeps the CVs that were put in the trash, until they go. Prove yours with `TrashContract`.

    A CV comes and goes by `CvStore.update`: with `deleted_at` it is here, without it is there.
    """

    async def get(self, owner: OwnerId, id: CvId, *, lock: bool = False) -> CvRecord | None:
        """The owner's CV in the trash; None where there is none, or it is somebody else's."""
        ...

    async def page(self, owner: OwnerId, *, limit: int, before: CvId | None) -> Sequence[CvRecord]:
        """The owner's CVs in the trash, last deleted first, those after `before` in that order."""
        ...

    async def purge(self, deleted_before: datetime, *, limit: int) -> Sequence[CvId]:
        """Take away for good at most `limit` CVs deleted before that moment, oldest first.

        Their versions and proposals go with them, and each document that no version of another CV
        has. Answers with the CVs that are gone.
        """
        ...


class ProposalStore(Protocol):
    """Keeps proposals. Prove yours with `ProposalContract`."""

    async def add(self, proposals: Sequence[StoredProposal]) -> None:
        """Keep new proposals, in their order."""
        ...

    async def of_cv(
        self, id: CvId, *, state: ProposalState | None = None, lock: bool = False
    ) -> Sequence[StoredProposal]:
        """The proposals for a CV, oldest first; with `lock`, nobody else decides meanwhile."""
        ...

    async def update(self, stored: StoredProposal) -> None:
        """Write `stored` over the one with its proposal's id whose `seq` is one less.

        Raises:
            StaleProposal: somebody else decided first.
        """
        ...
