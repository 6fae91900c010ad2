"""`/health/live`, `/health/ready` and `/metrics`, at the root."""

from __future__ import annotations

import asyncio

from litestar import MediaType, get
from litestar.types import ControllerRouterHandler

from cvcore.clock import Clock
from cvcore.errors import Unavailable
from cvcore.unit import Begin
from cvweb.http.given import Given
from cvweb.http.meters import Meters
from cvweb.ports import Unit

READY_SECONDS_MAX = 3.0
DUE_COUNTED_MAX = 1000


class NotReady(Unavailable):
    """The database does not answer."""

    code = "not_ready"

    def __init__(self) -> None:
        super().__init__("the database does not answer; try again in a moment")


@get("/health/live")
async def live() -> dict[str, str]:
    """This process answers."""
    return {"status": "live"}


@get("/health/ready")
async def ready(begin: Given[Begin[Unit]]) -> dict[str, str]:
    """This process can work: its database answers, its tables stand."""
    try:
        async with asyncio.timeout(READY_SECONDS_MAX), begin() as unit:
            await unit.plans.plans()
    except Exception as error:
        raise NotReady from error
    return {"status": "ready"}


@get("/metrics", media_type=MediaType.TEXT)
async def metrics(begin: Given[Begin[Unit]], clock: Given[Clock], meters: Given[Meters]) -> str:
    """Counts and durations of this process, and how many tasks wait (1,000 at most are counted)."""
    async with begin() as unit:
        due = await unit.tasks.due(clock(), limit=DUE_COUNTED_MAX)
    return meters.text({"cvweb_tasks_due": float(len(due))})


ROUTES: list[ControllerRouterHandler] = [live, ready, metrics]
