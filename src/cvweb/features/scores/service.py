"""Asking for a score, and the scores of a CV."""

from __future__ import annotations

from collections.abc import Sequence

from cvcore.errors import NotFound
from cvcore.ids import CvId, OfferId, OwnerId, RequestKey, ScoreId
from cvcore.runs import Runs, Started
from cvcore.scoring.ports import ScoreRecord
from cvcore.scoring.service import Scoring
from cvcore.unit import Begin
from cvweb.features.scores.wire import ScoreBody
from cvweb.ports import Unit

SCORE = "score"
FEATURE = "match_score"


class ScoreDesk:
    """Takes orders for scores; what an equal one has answered already is free."""

    def __init__(self, *, begin: Begin[Unit], runs: Runs, scoring: Scoring) -> None:
        self._begin = begin
        self._runs = runs
        self._scoring = scoring

    async def equal(self, owner: OwnerId, cv: CvId, body: ScoreBody) -> ScoreRecord | None:
        """The score that stands already for the very same CV text and offer, this month.

        Raises:
            NotFound: the owner has no such CV, version or offer.
        """
        offer = OfferId(body.offer_id)
        inputs = await self._scoring.inputs(owner, cv, offer, version=body.version)
        return await self._scoring.equal(inputs)

    async def request(
        self, owner: OwnerId, cv: CvId, body: ScoreBody, *, key: RequestKey, fingerprint: str
    ) -> Started:
        """Start the task that scores the version as it is at this moment.

        Raises:
            NotFound: the owner has no such CV, version or offer.
        """
        async with self._begin() as unit:
            record = await unit.cvs.get(owner, cv)
            offer = await unit.offers.get(owner, OfferId(body.offer_id))
        if record is None:
            raise NotFound("CV", cv)
        if offer is None:
            raise NotFound("offer", body.offer_id)
        return await self._runs.start(
            owner,
            feature=FEATURE,
            type=SCORE,
            title=f"Score {record.filename} for {offer.offer.title or 'the offer'}",
            payload={
                "cv": cv,
                "version": body.version or record.version,
                "offer": body.offer_id,
            },
            key=key,
            fingerprint=fingerprint,
        )

    async def read(self, owner: OwnerId, cv: CvId, id: str) -> ScoreRecord:
        """One score of a CV.

        Raises:
            NotFound: the owner has no such score of this CV.
        """
        async with self._begin() as unit:
            record = await unit.scores.get(owner, ScoreId(id))
        if record is None or record.cv != cv:
            raise NotFound("score", id)
        return record

    async def of_cv(
        self, owner: OwnerId, cv: CvId, *, offer: OfferId | None = None, limit: int = 50
    ) -> Sequence[ScoreRecord]:
        """The last scores of a CV, newest first.

        Raises:
            NotFound: the owner has no such CV.
        """
        async with self._begin() as unit:
            if await unit.cvs.get(owner, cv) is None:
                raise NotFound("CV", cv)
            return await unit.scores.of_cv(owner, cv, offer=offer, limit=limit)

    async def latest(self, owner: OwnerId, cv: CvId, *, offer: OfferId | None) -> ScoreRecord:
        """The newest score of a CV, for one offer where it is named.

        Raises:
            NotFound: the owner has no such CV, or it has no score yet.
        """
        found = await self.of_cv(owner, cv, offer=offer, limit=1)
        if not found:
            raise NotFound("score", "latest")
        return found[0]
