"""What a `CvStore` and a `ProposalStore` promise."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import msgspec
import pytest

from cvcore.ids import CvId, OfferId
from cvcore.testing.clocks import NOON
from cvcore.testing.contracts.contract import ADA, BOB, ODD, AllStores, Contract
from cvcore.testing.samples import a_cv, a_cv_record, a_stored_proposal, a_version
from cvcore.unit import Begin
from cvcore.versions.errors import FilenameTaken, StaleProposal, StaleVersion
from cvcore.versions.ports import CvRecord, StoredProposal

CV = CvId("cv-1")


class CvContract(Contract):
    """Everybody's own CVs, one per name, and versions that only grow in number."""

    async def test_a_cv_comes_back_as_it_went_in(self, begin: Begin[AllStores]) -> None:
        record = a_cv_record(
            created_at=ODD,
            blocked=True,
            blocked_reason="unpaid",
        )
        await _add(begin, record)
        async with begin() as unit:
            assert await unit.cvs.get(ADA, record.id) == record
            assert await unit.cvs.get(ADA, record.id, lock=True) == record

    async def test_a_cv_is_its_owners_only(self, begin: Begin[AllStores]) -> None:
        await _add(begin, a_cv_record())
        async with begin() as unit:
            assert await unit.cvs.get(BOB, CV) is None
            assert list(await unit.cvs.page(BOB, limit=9, before=None)) == []
            assert await unit.cvs.filenames(BOB) == frozenset()

    async def test_a_name_is_one_cvs_only(self, begin: Begin[AllStores]) -> None:
        first = a_cv_record(1)
        await _add(begin, first)
        with pytest.raises(FilenameTaken):
            await _add(begin, a_cv_record(2, filename=first.filename))
        await _add(begin, a_cv_record(3, filename=first.filename, owner=BOB))
        async with begin() as unit:
            assert await unit.cvs.filenames(ADA) == frozenset({first.filename})

    async def test_of_racing_cvs_with_one_name_one_is_kept(self, begin: Begin[AllStores]) -> None:
        adds = [_add(begin, a_cv_record(n, filename="cv.pdf")) for n in range(1, 5)]
        results = await asyncio.gather(*adds, return_exceptions=True)
        assert sum(isinstance(result, FilenameTaken) for result in results) == 3

    async def test_the_trash_is_not_found_and_frees_its_name(self, begin: Begin[AllStores]) -> None:
        record = a_cv_record()
        gone = msgspec.structs.replace(record, deleted_at=NOON)
        await _add(begin, record)
        async with begin() as unit:
            await unit.cvs.update(gone, seen=1)
        async with begin() as unit:
            assert await unit.cvs.get(ADA, CV) is None
            assert await unit.cvs.filenames(ADA) == frozenset()
        await _add(begin, a_cv_record(2, filename=record.filename))

    async def test_a_renamed_cv_frees_its_name_and_takes_no_other(
        self, begin: Begin[AllStores]
    ) -> None:
        one, two = a_cv_record(1), a_cv_record(2)
        await _add(begin, one, two)
        with pytest.raises(FilenameTaken):
            async with begin() as unit:
                await unit.cvs.update(msgspec.structs.replace(one, filename=two.filename), seen=1)
        async with begin() as unit:
            await unit.cvs.update(msgspec.structs.replace(one, filename="new.pdf"), seen=1)
        await _add(begin, a_cv_record(3, filename=one.filename))
        async with begin() as unit:
            names = {"new.pdf", one.filename, two.filename}
            assert await unit.cvs.filenames(ADA) == names

    async def test_a_stale_cv_is_not_written(self, begin: Begin[AllStores]) -> None:
        record = a_cv_record()
        await _add(begin, record)
        second = msgspec.structs.replace(record, version=2)
        async with begin() as unit:
            await unit.cvs.update(second, seen=1)
        with pytest.raises(StaleVersion):
            async with begin() as unit:
                await unit.cvs.update(msgspec.structs.replace(record, language="en"), seen=1)
        async with begin() as unit:
            assert await unit.cvs.get(ADA, CV) == second

    async def test_racing_changes_let_one_through(self, begin: Begin[AllStores]) -> None:
        record = a_cv_record()
        await _add(begin, record)

        async def change() -> None:
            async with begin() as unit:
                await unit.cvs.get(ADA, CV)
                await unit.cvs.update(msgspec.structs.replace(record, version=2), seen=1)

        results = await asyncio.gather(*(change() for _ in range(4)), return_exceptions=True)
        assert sum(isinstance(result, StaleVersion) for result in results) == 3

    async def test_pages_are_last_changed_first(self, begin: Begin[AllStores]) -> None:
        old = a_cv_record(1, updated_at=NOON + timedelta(days=1))
        await _add(begin, old, a_cv_record(2), a_cv_record(3))
        async with begin() as unit:
            first = await unit.cvs.page(ADA, limit=2, before=None)
            assert [record.id for record in first] == ["cv-1", "cv-3"]
            rest = await unit.cvs.page(ADA, limit=2, before=first[-1].id)
            assert [record.id for record in rest] == ["cv-2"]

    async def test_every_version_and_its_document_stay(self, begin: Begin[AllStores]) -> None:
        one, two = a_version(1), a_version(2, "hash-2", score=71, source="proposal-1")
        await _add(begin, a_cv_record())
        async with begin() as unit:
            await unit.versions.append(one, a_cv("one"))
            await unit.versions.append(two, a_cv("two"))
        async with begin() as unit:
            assert list(await unit.versions.of_cv(CV)) == [two, one]
            assert await unit.versions.content(CV, 1) == a_cv("one")
            assert await unit.versions.content(CV, 2) == a_cv("two")
            assert await unit.versions.content(CV, 3) is None
            assert list(await unit.versions.of_cv(CvId("cv-9"))) == []

    async def test_equal_documents_are_kept_under_every_version(
        self, begin: Begin[AllStores]
    ) -> None:
        await _add(begin, a_cv_record(), a_cv_record(2))
        async with begin() as unit:
            await unit.versions.append(a_version(1), a_cv())
            await unit.versions.append(a_version(2), a_cv())
            await unit.versions.append(a_version(1, cv=CvId("cv-2")), a_cv())
        async with begin() as unit:
            assert await unit.versions.content(CV, 1) == a_cv()
            assert await unit.versions.content(CV, 2) == a_cv()
            assert await unit.versions.content(CvId("cv-2"), 1) == a_cv()

    async def test_no_version_is_written_over(self, begin: Begin[AllStores]) -> None:
        await _add(begin, a_cv_record())
        async with begin() as unit:
            await unit.versions.append(a_version(1), a_cv("one"))
        with pytest.raises(StaleVersion):
            async with begin() as unit:
                await unit.versions.append(a_version(1, "hash-2"), a_cv("two"))
        async with begin() as unit:
            assert await unit.versions.content(CV, 1) == a_cv("one")


class ProposalContract(Contract):
    """Proposals in the order they were made, each decided once."""

    async def test_proposals_come_back_in_their_order(self, begin: Begin[AllStores]) -> None:
        stored = [
            a_stored_proposal(3, created_at=ODD),
            a_stored_proposal(1, created_at=ODD, offer=OfferId("offer-1")),
            a_stored_proposal(2, created_at=ODD),
        ]
        await _propose(begin, *stored)
        async with begin() as unit:
            assert list(await unit.proposals.of_cv(CV)) == stored
            assert list(await unit.proposals.of_cv(CV, lock=True)) == stored
            assert list(await unit.proposals.of_cv(CvId("cv-9"))) == []

    async def test_proposals_are_found_by_their_state(self, begin: Begin[AllStores]) -> None:
        one, two = a_stored_proposal(1), a_stored_proposal(2)
        await _propose(begin, one, two)
        rejected = _decided(one)
        async with begin() as unit:
            await unit.proposals.update(rejected)
        async with begin() as unit:
            assert list(await unit.proposals.of_cv(CV, state="pending")) == [two]
            assert list(await unit.proposals.of_cv(CV, state="rejected")) == [rejected]
            assert list(await unit.proposals.of_cv(CV)) == [rejected, two]

    async def test_a_proposal_is_decided_once(self, begin: Begin[AllStores]) -> None:
        stored = a_stored_proposal(1)
        await _propose(begin, stored)

        async def decide() -> None:
            async with begin() as unit:
                await unit.proposals.of_cv(CV)
                await unit.proposals.update(_decided(stored))

        results = await asyncio.gather(*(decide() for _ in range(4)), return_exceptions=True)
        assert sum(isinstance(result, StaleProposal) for result in results) == 3

    async def test_an_unknown_proposal_is_not_written(self, begin: Begin[AllStores]) -> None:
        await _propose(begin, a_stored_proposal(1))
        with pytest.raises(StaleProposal):
            async with begin() as unit:
                await unit.proposals.update(_decided(a_stored_proposal(2)))


def _decided(stored: StoredProposal) -> StoredProposal:
    return msgspec.structs.replace(
        stored,
        proposal=msgspec.structs.replace(stored.proposal, state="rejected"),
        reviewed_at=ODD,
        reviewed_by=ADA,
        into_version=2,
        seq=1,
    )


async def _add(begin: Begin[AllStores], *records: CvRecord) -> None:
    async with begin() as unit:
        for record in records:
            await unit.cvs.add(record)


async def _propose(begin: Begin[AllStores], *stored: StoredProposal) -> None:
    await _add(begin, a_cv_record())
    async with begin() as unit:
        await unit.versions.append(a_version(1), a_cv())
        await unit.proposals.add(stored)
