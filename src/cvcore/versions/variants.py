"""Variants: a CV made from another for one offer, and what the other changed since."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

import msgspec
from msgspec.structs import replace

from cvcore.clock import Clock
from cvcore.cv.errors import InvalidCv, NoSuchPath, WrongValue
from cvcore.cv.model import Cv
from cvcore.ids import CvId, OfferId, OwnerId, TaskId, derived_id
from cvcore.unit import Begin
from cvcore.versions.errors import NoBase
from cvcore.versions.keeping import (
    KeptCv,
    NextVersion,
    VersionsUnit,
    append,
    content_of,
    for_change,
)
from cvcore.versions.merging import merge
from cvcore.versions.model import MergeConflict, Proposal
from cvcore.versions.ports import CvRecord, StoredProposal
from cvcore.versions.reviewing import origin_of, proposed
from cvcore.versions.service import Versions


class Pulled(msgspec.Struct, frozen=True, kw_only=True):
    """What a pull came to: the variant now, what overlapped, and the proposals made of that.

    `base_version` is the base's version that the variant has seen; `conflicts` name the base as it
    was, the variant (mine) and the base as it is (theirs).
    """

    kept: KeptCv
    base_version: int
    conflicts: tuple[MergeConflict, ...] = ()
    proposals: tuple[StoredProposal, ...] = ()


class Variants:
    """CVs made from others; each remembers from which one, at which version, for which offer."""

    def __init__(self, begin: Begin[VersionsUnit], *, clock: Clock, versions: Versions) -> None:
        self._begin, self._clock, self._versions = begin, clock, versions

    async def make(
        self,
        owner: OwnerId,
        base: CvId,
        *,
        offer: OfferId | None = None,
        filename: str | None = None,
    ) -> CvRecord:
        """A variant of the CV as it is now, in a unit of its own; see `make_within`."""
        async with self._begin() as unit:
            return await self.make_within(unit, owner, base, offer=offer, filename=filename)

    async def make_within(
        self,
        unit: VersionsUnit,
        owner: OwnerId,
        base: CvId,
        *,
        offer: OfferId | None = None,
        filename: str | None = None,
    ) -> CvRecord:
        """A new CV that says what `base` says now, to be tailored without touching `base`.

        It is called `filename`, or as the base, or the next free name. That the offer is the
        owner's is the caller's to know.

        Raises:
            NotFound, CvBlocked: the base is not there, or cannot be tailored.
            FilenameTaken: somebody took the name meanwhile; repeat.
        """
        kept = await for_change(unit, owner, base)
        record = kept.record
        return await self._versions.create_within(
            unit,
            owner,
            filename=filename or record.filename,
            cv=kept.cv,
            author="person",
            reason=f"variant of {record.filename} at version {record.version}",
            source_type="variant",
            source_value=record.filename,
            base=kept,
            offer=offer,
        )

    async def pull(self, owner: OwnerId, id: CvId, *, seen: int | None = None) -> Pulled:
        """Bring what the base changed, since the variant last saw it, into the variant.

        What the variant did not touch becomes one new version. Where both changed the same thing
        the variant keeps its own, and the base's is a proposal to review; what one of them removed
        and the other changed stays, and its removal is the proposal. A second pull finds nothing.

        Raises:
            NotFound, CvBlocked: the variant is not there, or cannot be changed.
            NoBase: it is no variant, or its base was deleted.
            StaleVersion: `seen` is given and the variant has another version.
        """
        async with self._begin() as unit:
            kept = await for_change(unit, owner, id, seen=seen)
            base, seen_version = await _base_of(unit, kept.record)
            if base.version == seen_version:
                return Pulled(kept=kept, base_version=seen_version)
            was = await content_of(unit, base.id, seen_version)
            now = await content_of(unit, base.id, base.version)
            merged = merge(was, kept.cv, now)
            at = self._clock()
            version = NextVersion(
                cv=merged.cv, author="merge", by=owner, at=at, source=base.id,
                reason=f"pulled version {base.version} of {base.filename}",
            )  # fmt: skip
            kept = await _pulled(unit, kept, version, base_version=base.version)
            proposals = _stored(kept, base, now, merged.conflicts, at)
            await unit.proposals.add(proposals)
            return Pulled(
                kept=kept,
                base_version=base.version,
                conflicts=merged.conflicts,
                proposals=tuple(proposals),
            )


async def _base_of(unit: VersionsUnit, record: CvRecord) -> tuple[CvRecord, int]:
    if record.base is None or record.base_version is None:
        raise NoBase(id=record.id, base=None)
    base = await unit.cvs.get(record.owner, record.base)
    if base is None:
        raise NoBase(id=record.id, base=record.base)
    return base, record.base_version


async def _pulled(
    unit: VersionsUnit, kept: KeptCv, version: NextVersion, *, base_version: int
) -> KeptCv:
    """The variant with the base's changes, and knowing that it has seen them."""
    before = replace(kept.record, base_version=base_version)
    now = await append(unit, KeptCv(before, kept.cv), version)
    if now.record.version == before.version:
        await unit.cvs.update(before, seen=before.version)
    return now


def _stored(
    kept: KeptCv,
    base: CvRecord,
    now: Cv,
    conflicts: Sequence[MergeConflict],
    at: datetime,
) -> list[StoredProposal]:
    """The base's sides of the conflicts, as proposals for the variant as it is after the pull."""
    pull = derived_id("pull", kept.record.id, base.id, str(base.version))
    return [
        StoredProposal(
            cv=kept.record.id,
            task=TaskId(pull),
            base_version=kept.record.version,
            proposal=replace(proposal, id=derived_id("proposal", pull, proposal.id)),
            created_at=at,
            offer=kept.record.offer,
        )
        for proposal in _proposals(kept.cv, base, now, conflicts)
    ]


def _proposals(
    cv: Cv, base: CvRecord, now: Cv, conflicts: Sequence[MergeConflict]
) -> Iterator[Proposal]:
    """What can be proposed of the conflicts: texts, fields and items, not the order of a list."""
    for number, each in enumerate(conflicts, 1):
        gone = each.mine is None or each.theirs is None
        proposal = Proposal(
            id=f"p{number}",
            path=each.path,
            op="remove" if gone else "replace",
            reason=_reason(each, base),
            before=each.theirs if each.mine is None else each.mine,
            after=None if gone else each.theirs,
            origin=origin_of(now.origins, each.path),
        )
        if _is_possible(cv, proposal):
            yield proposal


def _reason(conflict: MergeConflict, base: CvRecord) -> str:
    if conflict.mine is None:
        return f"removed here, and changed in {base.filename} at version {base.version}"
    done = "removed" if conflict.theirs is None else "changed"
    return f"changed here, and {done} in {base.filename} at version {base.version}"


def _is_possible(cv: Cv, proposal: Proposal) -> bool:
    if isinstance(proposal.after, list):
        return False
    try:
        return proposed(cv, proposal) != cv
    except (NoSuchPath, WrongValue, InvalidCv):
        return False
