"""The work behind a score: evidence found, points counted, the receipt kept."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol

from cvcore.ids import CvId, OfferId
from cvcore.runs import Runs
from cvcore.scoring.ports import ScoreRecord
from cvcore.scoring.service import Scoring
from cvcore.tasks.model import Task
from cvcore.unit import Begin
from cvweb.ports import Unit

STEPS = 2


class Work(Protocol):
    """What this room's work needs."""

    @property
    def begin(self) -> Begin[Unit]:
        """Begins a unit."""
        ...

    @property
    def runs(self) -> Runs:
        """Runs, to tell how it goes and to end one."""
        ...

    @property
    def scoring(self) -> Scoring:
        """Scores what is kept."""
        ...


async def score(task: Task, work: Work) -> None:
    """Score the version the order was made for and keep the score.

    Raises:
        NotFound: the CV or the offer is gone.
        Unavailable: the matcher does not answer now.
    """
    payload = task.payload
    cv, offer = CvId(str(payload["cv"])), OfferId(str(payload["offer"]))
    number = int(payload["version"])
    inputs = await work.scoring.inputs(task.owner, cv, offer, version=number)
    await work.runs.progress(task.id, 0, STEPS, "comparing CV and offer", attempt=task.attempt)
    made = await work.scoring.scored(inputs)
    async with work.begin() as unit:
        record = await work.scoring.keep_within(unit, inputs, made, task=task.id)
        result = _result(record)
        await work.runs.complete_within(unit, task.id, result, attempt=task.attempt)


def _result(record: ScoreRecord) -> dict[str, Any]:
    return {
        "scoreId": record.id,
        "cvId": record.cv,
        "version": record.version,
        "offerId": record.offer,
        "value": record.score.value,
        "location": f"/api/v1/cvs/{record.cv}/scores/{record.id}",
    }


HANDLERS: Mapping[str, Callable[[Task, Work], Awaitable[None]]] = {"score": score}
