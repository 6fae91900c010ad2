"""What a `TrashStore` promises."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from cvcore.ids import CvId
from cvcore.testing.clocks import NOON
from cvcore.testing.contracts.contract import ADA, BOB, AllStores, Contract
from cvcore.testing.samples import a_cv, a_cv_record, a_stored_proposal, a_version
from cvcore.unit import Begin

CV, OTHER = CvId("cv-1"), CvId("cv-2")
DAY = timedelta(days=1)


class TrashContract(Contract):
    """What was deleted, to be had back whole until it is purged."""

    async def test_the_trash_has_what_was_deleted_and_nothing_else(
        self, begin: Begin[AllStores]
    ) -> None:
        await _trashed(begin, 1)
        async with begin() as unit:
            await unit.cvs.add(a_cv_record(2))
        async with begin() as unit:
            found = await unit.trash.get(ADA, CV)
            assert found == a_cv_record(1, deleted_at=NOON + DAY)
            assert await unit.trash.get(ADA, CV, lock=True) == found
            assert await unit.trash.get(ADA, OTHER) is None
            assert [each.id for each in await unit.trash.page(ADA, limit=9, before=None)] == [CV]

    async def test_the_trash_is_its_owners_only(self, begin: Begin[AllStores]) -> None:
        await _trashed(begin, 1)
        async with begin() as unit:
            assert await unit.trash.get(BOB, CV) is None
            assert list(await unit.trash.page(BOB, limit=9, before=None)) == []

    async def test_pages_are_last_deleted_first(self, begin: Begin[AllStores]) -> None:
        for number in (2, 1, 3):
            await _trashed(begin, number)
        async with begin() as unit:
            first = await unit.trash.page(ADA, limit=2, before=None)
            assert [each.id for each in first] == ["cv-3", "cv-2"]
            rest = await unit.trash.page(ADA, limit=2, before=first[-1].id)
            assert [each.id for each in rest] == ["cv-1"]

    async def test_what_is_taken_out_is_whole_and_no_longer_there(
        self, begin: Begin[AllStores]
    ) -> None:
        await _trashed(begin, 1)
        async with begin() as unit:
            record = await unit.trash.get(ADA, CV, lock=True)
            assert record is not None
            await unit.cvs.update(msgspec.structs.replace(record, deleted_at=None), seen=1)
        async with begin() as unit:
            assert await unit.trash.get(ADA, CV) is None
            assert await unit.cvs.get(ADA, CV) == a_cv_record(1)
            assert await unit.versions.content(CV, 1) == a_cv("document 1")

    async def test_a_purge_takes_the_oldest_with_their_versions_and_proposals(
        self, begin: Begin[AllStores]
    ) -> None:
        for number in (1, 2, 3):
            await _trashed(begin, number)
        async with begin() as unit:
            assert list(await unit.trash.purge(NOON + 3 * DAY, limit=1)) == ["cv-1"]
        async with begin() as unit:
            assert list(await unit.trash.purge(NOON + 3 * DAY, limit=9)) == ["cv-2"]
            assert list(await unit.trash.purge(NOON + 3 * DAY, limit=9)) == []
        async with begin() as unit:
            assert [each.id for each in await unit.trash.page(ADA, limit=9, before=None)] == [
                "cv-3"
            ]
            assert list(await unit.versions.of_cv(CV)) == []
            assert await unit.versions.content(CV, 1) is None
            assert list(await unit.proposals.of_cv(CV)) == []
            assert await unit.versions.content(CvId("cv-3"), 1) == a_cv("document 3")

    async def test_a_purge_leaves_what_is_not_in_the_trash(self, begin: Begin[AllStores]) -> None:
        async with begin() as unit:
            await unit.cvs.add(a_cv_record(1))
        async with begin() as unit:
            assert list(await unit.trash.purge(NOON + 99 * DAY, limit=9)) == []
        async with begin() as unit:
            assert await unit.cvs.get(ADA, CV) is not None

    async def test_a_purge_leaves_the_document_that_another_cv_has(
        self, begin: Begin[AllStores]
    ) -> None:
        await _trashed(begin, 1)
        async with begin() as unit:
            await unit.cvs.add(a_cv_record(2))
            await unit.versions.append(a_version(1, "hash-1", cv=OTHER), a_cv("document 1"))
        async with begin() as unit:
            await unit.trash.purge(NOON + 9 * DAY, limit=9)
        async with begin() as unit:
            assert await unit.versions.content(OTHER, 1) == a_cv("document 1")


async def _trashed(begin: Begin[AllStores], number: int) -> None:
    """CV `number` with a version and a proposal, deleted `number` days after noon."""
    record = a_cv_record(number)
    async with begin() as unit:
        await unit.cvs.add(record)
        version = a_version(1, f"hash-{number}", cv=record.id)
        await unit.versions.append(version, a_cv(f"document {number}"))
        proposal = a_stored_proposal(1, cv=record.id)
        inner = msgspec.structs.replace(proposal.proposal, id=f"proposal-of-{number}")
        await unit.proposals.add([msgspec.structs.replace(proposal, proposal=inner)])
        gone = msgspec.structs.replace(record, deleted_at=NOON + number * DAY)
        await unit.cvs.update(gone, seen=1)
