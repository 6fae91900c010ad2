"""The trash: what was deleted can be had back for a while, then it is really gone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from cvcore.clock import Clock
from cvcore.errors import NotFound
from cvcore.ids import CvId, OwnerId
from cvcore.unit import Begin
from cvcore.versions.keeping import KeptCv, VersionsUnit, content_of
from cvcore.versions.naming import free_filename
from cvcore.versions.ports import CvRecord

TRASH_DAYS_MAX = 30
"""How many days a deleted CV lies in the trash, unless told otherwise."""


def deleted_too_long(now: datetime, *, days_max: int) -> datetime:
    """What was deleted before this moment has lain in the trash for more than `days_max` days."""
    return now - timedelta(days=days_max)


class Trash:
    """The CVs that people deleted, each to be had back for `days_max` days.

    Somebody else's CV, an unknown one and one that is not in the trash are all `NotFound`.
    """

    def __init__(
        self, begin: Begin[VersionsUnit], *, clock: Clock, days_max: int = TRASH_DAYS_MAX
    ) -> None:
        self._begin, self._clock, self._days_max = begin, clock, days_max

    async def list(
        self, owner: OwnerId, *, limit: int = 50, before: CvId | None = None
    ) -> Sequence[CvRecord]:
        """The owner's deleted CVs, last deleted first, those after `before` in that order."""
        async with self._begin() as unit:
            return await unit.trash.page(owner, limit=limit, before=before)

    async def undelete(self, owner: OwnerId, id: CvId) -> KeptCv:
        """Take the CV out of the trash, whole, under its name or the next free one.

        Raises:
            NotFound: it is not in the trash, or has lain there for too long.
            FilenameTaken: somebody took the name meanwhile; repeat.
        """
        async with self._begin() as unit:
            record = await unit.trash.get(owner, id, lock=True)
            last = deleted_too_long(self._clock(), days_max=self._days_max)
            if record is None or record.deleted_at is None or record.deleted_at < last:
                raise NotFound("CV in the trash", id)
            name = free_filename(record.filename, await unit.cvs.filenames(owner))
            back = replace(record, filename=name, deleted_at=None)
            await unit.cvs.update(back, seen=record.version)
            return KeptCv(back, await content_of(unit, id, back.version))

    async def purge(self, *, limit: int = 100) -> Sequence[CvId]:
        """Take away for good what has lain in the trash for too long, at most `limit` CVs."""
        last = deleted_too_long(self._clock(), days_max=self._days_max)
        async with self._begin() as unit:
            return await unit.trash.purge(last, limit=limit)
