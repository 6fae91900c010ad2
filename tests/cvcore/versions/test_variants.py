"""Variants: made from a CV, and given what that CV changed since, overwriting nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from cvcore.cv import Cv, from_json_resume, paths
from cvcore.errors import NotFound
from cvcore.ids import CvId, OfferId, OwnerId
from cvcore.memory import MemoryUnits
from cvcore.testing.cvs import cvs, edited
from cvcore.versions import (
    CvBlocked,
    CvRecord,
    Decision,
    NoBase,
    StaleVersion,
    Variants,
    Versions,
    diff,
    merge,
)

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ADA, BOB, OFFER = OwnerId("ada"), OwnerId("bob"), OfferId("o1")
CV = from_json_resume(
    {
        "basics": {"name": "Ada", "summary": "Enginer"},
        "work": [{"name": "Acme", "highlights": ["Built A", "Built B"]}],
        "skills": [{"name": "Data", "keywords": ["SQL"]}],
    }
)
A, B = "work[w1].highlights[b1]", "work[w1].highlights[b2]"
POINTERS = {
    "basics.summary": "/basics/summary",
    A: "/work/0/highlights/0",
    B: "/work/0/highlights/1",
}


ORIGINS = "meta.x-cvcore.origins"


def standing_origins(cv: Cv) -> dict[str, str]:
    """Who wrote what stands in a CV; what is said of texts that are gone matters to nobody."""
    return {path: origin for path, origin in cv.origins.items() if paths.has(cv, path)}


class House:
    """A CV, a variant of it and both their histories, over memory."""

    def __init__(self) -> None:
        self.units, self.count = MemoryUnits(), 0
        self.versions = Versions(self.units.begin, clock=lambda: NOON, new_id=self.next_id)
        self.variants = Variants(self.units.begin, clock=lambda: NOON, versions=self.versions)

    def next_id(self) -> str:
        self.count += 1
        return f"cv-{self.count}"

    async def pair(self, cv: Cv = CV) -> tuple[CvRecord, CvRecord]:
        base = await self.versions.create(ADA, filename="ada.pdf", cv=cv)
        return base, await self.variants.make(ADA, base.id, offer=OFFER)

    async def write(self, id: CvId, path: str, text: str | None) -> None:
        kept = await self.versions.get(ADA, id)
        op = "remove" if text is None else "replace"
        patch = [{"op": op, "path": POINTERS[path], "value": text}]
        await self.versions.edit(ADA, id, patch, seen=kept.record.version)

    async def put(self, id: CvId, cv: Cv) -> None:
        kept = await self.versions.get(ADA, id)
        await self.versions.replace(ADA, id, cv, seen=kept.record.version)

    async def text(self, id: CvId, path: str) -> Any:
        return paths.get((await self.versions.get(ADA, id)).cv, path)


@pytest.fixture
def house() -> House:
    return House()


async def test_a_variant_remembers_where_it_is_from_and_leaves_it_alone(house: House) -> None:
    base = await house.versions.create(ADA, filename="ada.pdf", cv=CV)
    await house.write(base.id, "basics.summary", "Engineer")
    made = await house.variants.make(ADA, base.id, offer=OFFER)
    assert (made.base, made.base_version, made.offer) == (base.id, 2, OFFER)
    assert (made.filename, made.version) == ("ada (2).pdf", 1)
    await house.write(made.id, "basics.summary", "Data engineer")
    assert await house.text(base.id, "basics.summary") == "Engineer"


async def test_a_typo_mended_once_comes_to_the_variant(house: House) -> None:
    base, variant = await house.pair()
    await house.write(variant.id, A, "Built A for the offer")
    await house.write(base.id, "basics.summary", "Engineer")
    pulled = await house.variants.pull(ADA, variant.id)
    assert (pulled.conflicts, pulled.proposals, pulled.base_version) == ((), (), 2)
    assert paths.get(pulled.kept.cv, "basics.summary") == "Engineer"
    assert paths.get(pulled.kept.cv, A) == "Built A for the offer"
    newest = (await house.versions.versions(ADA, variant.id))[0]
    assert (newest.number, newest.author, newest.source) == (3, "merge", base.id)
    assert newest.reason == "pulled version 2 of ada.pdf"


async def test_a_second_pull_finds_nothing(house: House) -> None:
    base, variant = await house.pair()
    await house.write(base.id, "basics.summary", "Engineer")
    first = await house.variants.pull(ADA, variant.id)
    again = await house.variants.pull(ADA, variant.id)
    assert again.kept == first.kept
    assert again.kept.record.base_version == 2


async def test_what_both_changed_stays_and_the_bases_words_are_proposed(house: House) -> None:
    base, variant = await house.pair()
    await house.write(variant.id, "basics.summary", "Data engineer")
    await house.write(base.id, "basics.summary", "Engineer")
    await house.write(base.id, B, "Built B well")
    pulled = await house.variants.pull(ADA, variant.id)
    (conflict,) = pulled.conflicts
    assert (conflict.base, conflict.mine, conflict.theirs) == (
        "Enginer",
        "Data engineer",
        "Engineer",
    )
    assert await house.text(variant.id, "basics.summary") == "Data engineer"
    assert await house.text(variant.id, B) == "Built B well"
    (stored,) = await house.versions.proposals(ADA, variant.id, state="pending")
    assert stored == pulled.proposals[0]
    decision = Decision(id=stored.proposal.id, action="accept")
    done = await house.versions.review(ADA, variant.id, [decision])
    assert [each.state for each in done.results] == ["accepted"]
    assert done.cv.basics.summary == "Engineer"
    assert done.cv.origins.get("basics.summary") != "model"


async def test_what_the_variant_removed_can_be_removed_again(house: House) -> None:
    base, variant = await house.pair()
    await house.write(variant.id, B, None)
    await house.write(base.id, B, "Built B well")
    pulled = await house.variants.pull(ADA, variant.id)
    assert [each.mine for each in pulled.conflicts] == [None]
    assert paths.get(pulled.kept.cv, B) == "Built B well"
    (stored,) = pulled.proposals
    assert stored.proposal.op == "remove"
    done = await house.versions.review(
        ADA, variant.id, [Decision(id=stored.proposal.id, action="accept")]
    )
    assert not paths.has(done.cv, B)


async def test_without_a_base_there_is_nothing_to_pull(house: House) -> None:
    base, variant = await house.pair()
    with pytest.raises(NoBase, match="is no variant"):
        await house.variants.pull(ADA, base.id)
    await house.versions.delete(ADA, base.id)
    with pytest.raises(NoBase, match="which is gone"):
        await house.variants.pull(ADA, variant.id)


async def test_others_find_neither_and_a_stale_pull_changes_nothing(house: House) -> None:
    base, variant = await house.pair()
    with pytest.raises(NotFound):
        await house.variants.make(BOB, base.id)
    with pytest.raises(NotFound):
        await house.variants.pull(BOB, variant.id)
    await house.write(base.id, "basics.summary", "Engineer")
    with pytest.raises(StaleVersion):
        await house.variants.pull(ADA, variant.id, seen=7)
    assert await house.text(variant.id, "basics.summary") == "Enginer"


async def test_a_blocked_cv_has_no_new_variants_and_pulls_nothing(house: House) -> None:
    base, variant = await house.pair()
    async with house.units.begin() as unit:
        for record in (base, variant):
            blocked = replace(record, blocked=True, blocked_reason="downgrade")
            await unit.cvs.update(blocked, seen=record.version)
    with pytest.raises(CvBlocked):
        await house.variants.make(ADA, base.id)
    with pytest.raises(CvBlocked):
        await house.variants.pull(ADA, variant.id)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
async def test_a_pull_is_the_merge_and_every_conflict_is_told(data: st.DataObject) -> None:
    house, cv = House(), data.draw(cvs())
    base, variant = await house.pair(cv)
    await house.put(base.id, data.draw(edited(cv)))
    await house.put(variant.id, data.draw(edited(cv)))
    mine = (await house.versions.get(ADA, variant.id)).cv
    theirs = (await house.versions.get(ADA, base.id)).cv
    was = await house.versions.content(ADA, base.id, 1)
    pulled = await house.variants.pull(ADA, variant.id)
    merged = merge(was, mine, theirs)
    left = [one for one in diff(merged.cv, pulled.kept.cv) if one.path != ORIGINS]
    assert left == []
    assert standing_origins(pulled.kept.cv) == standing_origins(merged.cv)
    assert pulled.conflicts == merged.conflicts
    assert {each.proposal.path for each in pulled.proposals} <= {
        each.path for each in merged.conflicts
    }
