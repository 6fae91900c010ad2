"""Scoring what is kept: read, matched with no transaction open, kept as history."""

from __future__ import annotations

from datetime import date
from typing import Protocol

import msgspec

from cvcore.clock import Clock
from cvcore.cv.model import Cv
from cvcore.errors import NotFound
from cvcore.ids import CvId, NewId, OfferId, OwnerId, ScoreId, TaskId
from cvcore.offers.model import Offer
from cvcore.offers.ports import OfferStore
from cvcore.scoring.model import WEIGHTS, Receipt, Score
from cvcore.scoring.ports import Matcher, ScoreRecord, ScoreStore
from cvcore.scoring.receipt import kept_cv_hash, offer_hash, receipt_hash
from cvcore.scoring.rules import ENGINE
from cvcore.scoring.scorer import score
from cvcore.skills import LEXICON
from cvcore.unit import Begin
from cvcore.versions.ports import CvStore, VersionStore


class ScoringUnit(Protocol):
    """The slice of a transaction that scoring needs."""

    @property
    def cvs(self) -> CvStore:
        """The CVs."""
        ...

    @property
    def versions(self) -> VersionStore:
        """Their versions."""
        ...

    @property
    def offers(self) -> OfferStore:
        """The offers."""
        ...

    @property
    def scores(self) -> ScoreStore:
        """The scores."""
        ...


class Inputs(msgspec.Struct, frozen=True, kw_only=True):
    """What a score is made from: one version of a CV, and an offer as it is now."""

    owner: OwnerId
    cv: CvId
    version: int
    document: Cv
    offer: OfferId
    content: Offer
    at: date


class Scoring:
    """Scores versions of CVs for offers; an equal score is never computed twice."""

    def __init__(
        self, *, begin: Begin[ScoringUnit], matcher: Matcher, clock: Clock, new_id: NewId
    ) -> None:
        self._begin, self._matcher = begin, matcher
        self._clock, self._new_id = clock, new_id

    async def inputs(
        self, owner: OwnerId, cv: CvId, offer: OfferId, *, version: int | None = None
    ) -> Inputs:
        """What a score would be made from; without `version`, the CV's newest.

        Raises:
            NotFound: the owner has no such CV, version or offer.
        """
        async with self._begin() as unit:
            record = await unit.cvs.get(owner, cv)
            if record is None:
                raise NotFound("CV", cv)
            number = record.version if version is None else version
            document = await unit.versions.content(cv, number)
            if document is None:
                raise NotFound("version", str(number))
            kept = await unit.offers.get(owner, offer)
            if kept is None:
                raise NotFound("offer", offer)
        return Inputs(
            owner=owner,
            cv=cv,
            version=number,
            document=document,
            offer=offer,
            content=kept.offer,
            at=self._clock().date().replace(day=1),
        )

    async def equal(self, inputs: Inputs) -> ScoreRecord | None:
        """The owner's score that stands already for the very same receipt, or None."""
        receipt = Receipt(
            engine=ENGINE,
            lexicon=LEXICON,
            weights={str(name): weight for name, weight in WEIGHTS.items()},
            at=inputs.at,
            cv_hash=kept_cv_hash(inputs.document),
            offer_hash=offer_hash(inputs.content),
            matcher=self._matcher.name,
        )
        async with self._begin() as unit:
            return await unit.scores.equal(inputs.owner, receipt_hash(receipt))

    async def scored(self, inputs: Inputs) -> Score:
        """The score itself, kept nowhere; no transaction is open meanwhile.

        Raises:
            Unavailable: the matcher does not answer now.
        """
        matches = await self._matcher.match(inputs.document, inputs.content, at=inputs.at)
        return score(
            inputs.document,
            inputs.content,
            at=inputs.at,
            matches=matches,
            matcher=self._matcher.name,
        )

    async def keep_within(
        self, unit: ScoringUnit, inputs: Inputs, made: Score, *, task: TaskId | None = None
    ) -> ScoreRecord:
        """Keep a score in the caller's unit."""
        record = ScoreRecord(
            id=ScoreId(self._new_id()),
            owner=inputs.owner,
            cv=inputs.cv,
            version=inputs.version,
            offer=inputs.offer,
            score=made,
            created_at=self._clock(),
            task=task,
        )
        await unit.scores.add(record)
        return record

    async def compute(
        self, owner: OwnerId, cv: CvId, offer: OfferId, *, version: int | None = None
    ) -> ScoreRecord:
        """The score of a version for an offer: an equal one that stands already, else a new one.

        Raises:
            NotFound: the owner has no such CV, version or offer.
            Unavailable: the matcher does not answer now.
        """
        inputs = await self.inputs(owner, cv, offer, version=version)
        known = await self.equal(inputs)
        if known is not None:
            return known
        made = await self.scored(inputs)
        async with self._begin() as unit:
            return await self.keep_within(unit, inputs, made)
