"""What a `ScoreStore` promises."""

from __future__ import annotations

from datetime import date

from cvcore.ids import CvId, OfferId, TaskId
from cvcore.scoring.ports import ScoreRecord
from cvcore.scoring.receipt import receipt_hash
from cvcore.testing.contracts.contract import ADA, BOB, AllStores, Contract
from cvcore.testing.samples import (
    a_cv,
    a_cv_record,
    a_score_record,
    a_version,
    an_offer_record,
)
from cvcore.unit import Begin

CV = CvId("cv-1")


class ScoreContract(Contract):
    """Scores to the last digit, newest first, and found again by their receipt."""

    async def test_a_score_comes_back_to_the_last_digit(self, begin: Begin[AllStores]) -> None:
        record = a_score_record(task=TaskId("task-1"))
        await _add(begin, record)
        async with begin() as unit:
            assert list(await unit.scores.of_cv(ADA, CV)) == [record]
            assert await unit.scores.get(ADA, record.id) == record

    async def test_scores_are_newest_first(self, begin: Begin[AllStores]) -> None:
        await _add(begin, *(a_score_record(n) for n in (2, 1, 3)))
        async with begin() as unit:
            scores = await unit.scores.of_cv(ADA, CV)
            assert [record.id for record in scores] == ["score-3", "score-2", "score-1"]
            assert len(await unit.scores.of_cv(ADA, CV, limit=2)) == 2

    async def test_scores_are_found_by_offer(self, begin: Begin[AllStores]) -> None:
        other = a_score_record(2, offer=OfferId("offer-2"))
        await _add(begin, a_score_record(1), other)
        async with begin() as unit:
            found = await unit.scores.of_cv(ADA, CV, offer=OfferId("offer-2"))
            assert list(found) == [other]

    async def test_scores_are_their_owners_only(self, begin: Begin[AllStores]) -> None:
        record = a_score_record()
        await _add(begin, record)
        async with begin() as unit:
            assert list(await unit.scores.of_cv(BOB, CV)) == []
            assert await unit.scores.get(BOB, record.id) is None
            assert await unit.scores.equal(BOB, receipt_hash(record.score.receipt)) is None

    async def test_an_equal_receipt_is_found(self, begin: Begin[AllStores]) -> None:
        march, april = a_score_record(1), a_score_record(2, date(2026, 4, 1))
        await _add(begin, march, april)
        async with begin() as unit:
            equal = unit.scores.equal
            assert await equal(ADA, receipt_hash(march.score.receipt)) == march
            assert await equal(ADA, receipt_hash(april.score.receipt)) == april
            assert await equal(ADA, "0" * 64) is None


async def _add(begin: Begin[AllStores], *records: ScoreRecord) -> None:
    async with begin() as unit:
        await unit.cvs.add(a_cv_record())
        await unit.versions.append(a_version(1), a_cv())
        await unit.offers.add(an_offer_record(1))
        await unit.offers.add(an_offer_record(2))
        for record in records:
            await unit.scores.add(record)
