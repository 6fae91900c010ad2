"""The versions of a CV with the score each had."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from cvcore.ids import CvId, OwnerId
from cvcore.scoring.ports import ScoreRecord
from cvcore.unit import Begin
from cvcore.versions import VersionInfo, Versions
from cvweb.ports import Unit

SCORES_MAX = 200
"""How many of a CV's newest scores are looked through."""


async def scored_versions(
    begin: Begin[Unit], versions: Versions, owner: OwnerId, id: CvId
) -> list[VersionInfo]:
    """All versions of the CV, newest first, each with its newest score; see `with_scores`.

    Raises:
        NotFound: the owner has no such CV.
    """
    found = await versions.versions(owner, id)
    async with begin() as unit:
        scores = await unit.scores.of_cv(owner, id, limit=SCORES_MAX)
    return with_scores(found, scores)


def with_scores(found: Sequence[VersionInfo], scores: Sequence[ScoreRecord]) -> list[VersionInfo]:
    """The versions with the newest score of each (`scores` come newest first).

    A version that was never scored has the score of one with the same document: a restore brings
    its score back with it. One that has neither keeps what it has.
    """
    by_number: dict[int, int] = {}
    for record in scores:
        if record.score.value is not None:
            by_number.setdefault(record.version, record.score.value)
    by_content: dict[str, int] = {}
    for info in found:
        if info.number in by_number:
            by_content.setdefault(info.content, by_number[info.number])
    return [
        msgspec.structs.replace(
            info, score=by_number.get(info.number, by_content.get(info.content, info.score))
        )
        for info in found
    ]
