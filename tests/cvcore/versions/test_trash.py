"""The trash: what is deleted can be had back for 30 days, then it is gone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from cvcore.cv import Cv, from_json_resume
from cvcore.errors import NotFound
from cvcore.ids import CvId, OwnerId
from cvcore.memory import MemoryUnits
from cvcore.versions import CvRecord, Trash, Versions

ADA, BOB = OwnerId("ada"), OwnerId("bob")
CV = from_json_resume({"basics": {"name": "Ada"}})
DAY = timedelta(days=1)


class House:
    """Versions and their trash over memory; the clock is moved by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 12, tzinfo=UTC)
        begin, self.count = MemoryUnits().begin, 0
        self.versions = Versions(begin, clock=self.clock, new_id=self.next_id)
        self.trash = Trash(begin, clock=self.clock, days_max=30)

    def clock(self) -> datetime:
        return self.now

    def next_id(self) -> str:
        self.count += 1
        return f"cv-{self.count}"

    async def deleted(self, filename: str = "ada.pdf", cv: Cv = CV) -> CvRecord:
        record = await self.versions.create(ADA, filename=filename, cv=cv)
        await self.versions.delete(ADA, record.id)
        return record


@pytest.fixture
def house() -> House:
    return House()


async def test_what_is_taken_out_of_the_trash_is_as_it_was(house: House) -> None:
    record = await house.deleted()
    assert [each.id for each in await house.trash.list(ADA)] == [record.id]
    back = await house.trash.undelete(ADA, record.id)
    assert back.record == record
    assert back.cv == CV
    assert await house.versions.get(ADA, record.id) == back
    assert list(await house.trash.list(ADA)) == []


async def test_a_name_taken_meanwhile_becomes_another(house: House) -> None:
    record = await house.deleted()
    await house.versions.create(ADA, filename="ada.pdf", cv=CV)
    back = await house.trash.undelete(ADA, record.id)
    assert back.record.filename == "ada (2).pdf"


async def test_only_the_owner_finds_it_and_only_once(house: House) -> None:
    record = await house.deleted()
    for owner, id in ((BOB, record.id), (ADA, CvId("cv-9"))):
        with pytest.raises(NotFound):
            await house.trash.undelete(owner, id)
    await house.trash.undelete(ADA, record.id)
    with pytest.raises(NotFound):
        await house.trash.undelete(ADA, record.id)


async def test_a_purge_takes_what_is_older_than_thirty_days(house: House) -> None:
    old = await house.deleted("old.pdf")
    house.now += 30 * DAY
    young = await house.deleted("young.pdf")
    assert list(await house.trash.purge()) == []
    house.now += timedelta(seconds=1)
    assert list(await house.trash.purge()) == [old.id]
    assert list(await house.trash.purge()) == []
    assert [each.id for each in await house.trash.list(ADA)] == [young.id]


async def test_what_is_overdue_cannot_be_had_back_before_its_purge(house: House) -> None:
    record = await house.deleted()
    house.now += 31 * DAY
    with pytest.raises(NotFound):
        await house.trash.undelete(ADA, record.id)


async def test_a_purge_leaves_equal_documents_of_kept_cvs(house: House) -> None:
    await house.deleted("a.pdf")
    kept = await house.versions.create(ADA, filename="b.pdf", cv=CV)
    house.now += 31 * DAY
    await house.trash.purge()
    assert (await house.versions.get(ADA, kept.id)).cv == CV
