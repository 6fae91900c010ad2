"""The history of CVs in a store: edits, restores and reviews by people at the same time."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from cvcore.cv import Cv, InvalidPatch, document_hash, from_json_resume, paths
from cvcore.errors import NotFound
from cvcore.ids import CvId, OfferId, OwnerId, TaskId, derived_id
from cvcore.memory import MemoryUnits
from cvcore.versions import (
    CvBlocked,
    CvRecord,
    Decision,
    Proposal,
    StaleVersion,
    Versions,
)

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ADA, BOB = OwnerId("ada"), OwnerId("bob")
CV = from_json_resume(
    {
        "basics": {"name": "Ada", "summary": "Engineer"},
        "work": [{"name": "Acme", "highlights": ["Built A", "Built B"]}],
        "skills": [{"name": "Data", "keywords": ["SQL"]}],
    }
)
SUMMARY = Proposal(id="p1", path="basics.summary", op="replace", reason="r", after="Data engineer")
KEYWORD = Proposal(id="p2", path="skills[s1].keywords", op="insert", reason="r", after="Postgres")


class House:
    """Versions over memory, with ids that count."""

    def __init__(self) -> None:
        self.units = MemoryUnits()
        self.count = 0
        self.versions = Versions(self.units.begin, clock=lambda: NOON, new_id=self.next_id)

    def next_id(self) -> str:
        self.count += 1
        return f"cv-{self.count}"

    async def create(self, cv: Cv = CV, filename: str = "ada.pdf") -> CvRecord:
        return await self.versions.create(ADA, filename=filename, cv=cv, source_type="pdf")

    async def propose(self, record: CvRecord, *proposals: Proposal) -> None:
        kept = await self.versions.get(ADA, record.id)
        async with self.units.begin() as unit:
            await self.versions.propose_within(
                unit, kept, proposals, task=TaskId("t1"), offer=OfferId("o1")
            )

    async def block(self, record: CvRecord) -> None:
        async with self.units.begin() as unit:
            blocked = replace(record, blocked=True, blocked_reason="downgrade")
            await unit.cvs.update(blocked, seen=record.version)


@pytest.fixture
def house() -> House:
    return House()


def summary_patch(text: str) -> list[dict[str, str]]:
    return [{"op": "replace", "path": "/basics/summary", "value": text}]


def stored_id(id: str) -> str:
    """The id that proposal `id` of the task has in the store."""
    return derived_id("proposal", "t1", id)


def accept(*ids: str) -> list[Decision]:
    return [Decision(id=stored_id(id), action="accept") for id in ids]


def reject(id: str) -> Decision:
    return Decision(id=stored_id(id), action="reject")


async def test_a_second_file_of_the_same_name_is_numbered(house: House) -> None:
    names = [(await house.create()).filename for _ in range(3)]
    assert names == ["ada.pdf", "ada (2).pdf", "ada (3).pdf"]


async def test_two_uploads_at_once_both_stay(house: House) -> None:
    made = await asyncio.gather(*(house.create() for _ in range(3)))
    assert len({record.filename for record in made}) == 3


async def test_an_edit_makes_a_version_that_says_who_and_when(house: House) -> None:
    record = await house.create()
    kept = await house.versions.edit(ADA, record.id, summary_patch("Analyst"), seen=1)
    newest, first = await house.versions.versions(ADA, record.id)
    assert (newest.number, newest.parents, newest.author) == (2, (1,), "person")
    assert (newest.created_by, newest.created_at) == (ADA, NOON)
    assert newest.content == document_hash(kept.cv)
    assert first.content == document_hash(CV)
    assert kept.cv.origins == {"basics.summary": "person"}
    assert await house.versions.content(ADA, record.id, 1) == CV


async def test_an_edit_that_changes_nothing_makes_no_version(house: House) -> None:
    record = await house.create()
    kept = await house.versions.edit(ADA, record.id, summary_patch("Engineer"), seen=1)
    assert kept.record.version == 1


async def test_an_edit_of_an_older_version_is_refused_and_changes_nothing(house: House) -> None:
    record = await house.create()
    await house.versions.edit(ADA, record.id, summary_patch("Analyst"), seen=1)
    with pytest.raises(StaleVersion) as caught:
        await house.versions.edit(ADA, record.id, summary_patch("Cook"), seen=1)
    assert (caught.value.seen, caught.value.now) == (1, 2)
    assert (await house.versions.get(ADA, record.id)).cv.basics.summary == "Analyst"


async def test_of_two_edits_at_once_one_is_kept_and_the_other_is_told(house: House) -> None:
    record = await house.create()
    results = await asyncio.gather(
        *(
            house.versions.edit(ADA, record.id, summary_patch(text), seen=1)
            for text in ("Analyst", "Cook")
        ),
        return_exceptions=True,
    )
    assert sum(isinstance(result, StaleVersion) for result in results) == 1
    assert len(await house.versions.versions(ADA, record.id)) == 2


async def test_a_broken_patch_leaves_the_cv_as_it_was(house: House) -> None:
    record = await house.create()
    with pytest.raises(InvalidPatch):
        await house.versions.edit(ADA, record.id, [{"op": "remove", "path": "/work/9"}], seen=1)
    assert (await house.versions.get(ADA, record.id)).record.version == 1


async def test_restoring_makes_a_new_version_and_destroys_none(house: House) -> None:
    record = await house.create()
    await house.versions.edit(ADA, record.id, summary_patch("Analyst"), seen=1)
    kept = await house.versions.restore(ADA, record.id, 1)
    assert (kept.record.version, kept.cv) == (3, CV)
    newest, *older = await house.versions.versions(ADA, record.id)
    assert (newest.author, newest.parents) == ("restore", (2, 1))
    assert [each.number for each in older] == [2, 1]
    with pytest.raises(NotFound):
        await house.versions.restore(ADA, record.id, 9)


async def test_a_newer_file_keeps_the_ids_of_what_it_shares(house: House) -> None:
    record = await house.create()
    work = [{"name": "Acme", "highlights": ["Built B", "Built A", "Built D"]}]
    newer = from_json_resume({"basics": {"name": "Ada"}, "work": work})
    kept = await house.versions.replace(ADA, record.id, newer, seen=1, author="import")
    assert paths.ids_at(kept.cv, "work[w1].highlights")[:2] == ("b2", "b1")


async def test_somebody_elses_cv_and_one_in_the_trash_are_not_found(house: House) -> None:
    record = await house.create()
    for attempt in (
        house.versions.get(BOB, record.id),
        house.versions.edit(BOB, record.id, [], seen=1),
        house.versions.versions(BOB, record.id),
        house.versions.review(BOB, record.id, []),
        house.versions.get(ADA, CvId("unknown")),
    ):
        with pytest.raises(NotFound):
            await attempt
    await house.versions.delete(ADA, record.id)
    with pytest.raises(NotFound):
        await house.versions.get(ADA, record.id)
    assert (await house.create()).filename == "ada.pdf"


async def test_a_blocked_cv_is_read_but_not_changed(house: House) -> None:
    record = await house.create()
    await house.propose(record, SUMMARY)
    await house.block(record)
    assert (await house.versions.get(ADA, record.id)).cv == CV
    kept = await house.versions.get(ADA, record.id)
    async with house.units.begin() as unit:
        for attempt in (
            house.versions.edit(ADA, record.id, summary_patch("x"), seen=1),
            house.versions.restore(ADA, record.id, 1),
            house.versions.review(ADA, record.id, accept("p1")),
            house.versions.replace(ADA, record.id, CV, seen=1),
            house.versions.propose_within(unit, kept, [KEYWORD], task=TaskId("t2")),
        ):
            with pytest.raises(CvBlocked):
                await attempt


async def test_a_review_after_an_edit_merges_and_says_where_each_change_came_from(
    house: House,
) -> None:
    record = await house.create()
    await house.propose(record, SUMMARY, KEYWORD)
    patch = [{"op": "replace", "path": "/work/w1/highlights/b1", "value": "Built A alone"}]
    await house.versions.edit(ADA, record.id, patch, seen=1)
    outcome = await house.versions.review(ADA, record.id, [*accept("p2"), reject("p1")])
    assert [(each.id, each.state) for each in outcome.results] == [
        (stored_id("p2"), "accepted"),
        (stored_id("p1"), "rejected"),
    ]
    assert paths.get(outcome.cv, "skills[s1].keywords") == ["SQL", "Postgres"]
    assert paths.get(outcome.cv, "work[w1].highlights[b1]") == "Built A alone"
    newest = (await house.versions.versions(ADA, record.id))[0]
    assert (newest.number, newest.author, newest.source) == (3, "tailoring", stored_id("p2"))
    assert newest.parents == (2, 1)
    stored = {each.proposal.id: each for each in await house.versions.proposals(ADA, record.id)}
    assert (stored[stored_id("p2")].into_version, stored[stored_id("p2")].reviewed_by) == (3, ADA)
    assert (stored[stored_id("p1")].into_version, stored[stored_id("p1")].proposal.state) == (
        None,
        "rejected",
    )


async def test_two_browsers_at_once_are_both_told_what_became_of_it(house: House) -> None:
    record = await house.create()
    await house.propose(record, SUMMARY, KEYWORD)
    one, other = await asyncio.gather(
        house.versions.review(ADA, record.id, accept("p1")),
        house.versions.review(ADA, record.id, [reject("p1"), *accept("p2")]),
    )
    now = await house.versions.get(ADA, record.id)
    states = {each.id: each.state for each in [*one.results, *other.results]}
    stored = {
        each.proposal.id: each.proposal.state
        for each in await house.versions.proposals(ADA, record.id)
    }
    assert states == stored
    assert now.cv.basics.summary == (
        "Data engineer" if stored[stored_id("p1")] == "accepted" else "Engineer"
    )
    assert paths.get(now.cv, "skills[s1].keywords") == ["SQL", "Postgres"]


async def test_a_review_that_accepts_nothing_makes_no_version(house: House) -> None:
    record = await house.create()
    await house.propose(record, SUMMARY)
    outcome = await house.versions.review(ADA, record.id, [reject("p1")])
    assert outcome.version == 1


async def test_a_review_that_names_an_unknown_proposal_decides_nothing(house: House) -> None:
    record = await house.create()
    await house.propose(record, SUMMARY)
    with pytest.raises(NotFound):
        await house.versions.review(ADA, record.id, accept("p1", "p9"))
    (stored,) = await house.versions.proposals(ADA, record.id)
    assert stored.proposal.state == "pending"


async def test_proposals_of_one_task_are_kept_once(house: House) -> None:
    record = await house.create()
    await house.propose(record, SUMMARY)
    await house.propose(record, SUMMARY)
    assert len(await house.versions.proposals(ADA, record.id)) == 1


async def test_a_renamed_cv_keeps_its_version(house: House) -> None:
    record = await house.create()
    await house.create(filename="other")
    assert (await house.versions.rename(ADA, record.id, "other")).filename == "other (2)"
    assert (await house.versions.rename(ADA, record.id, "other (2)")).filename == "other (2)"
    assert [each.filename for each in await house.versions.list(ADA)]


async def test_characters_that_no_database_keeps_are_left_out(house: House) -> None:
    cv = from_json_resume({"basics": {"name": "A\x00da"}, "x\x00": ["\x00", 1]})
    record = await house.create(cv)
    kept = await house.versions.get(ADA, record.id)
    assert kept.cv == from_json_resume({"basics": {"name": "Ada"}, "x": ["", 1]})
    patch = [{"op": "add", "path": "/basics/label", "value": "Co\x00ok"}]
    assert (await house.versions.edit(ADA, record.id, patch, seen=1)).cv.basics.label == "Cook"
