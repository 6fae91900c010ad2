"""Server-sent events: what happens to one's things, as it happens, resumable by `Last-Event-ID`."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator

import msgspec
from litestar.response import ServerSentEvent, ServerSentEventMessage

from cvcore.ids import OwnerId
from cvcore.unit import Begin
from cvweb.http.errors import TooManyRequests
from cvweb.ports import Events, Unit

STREAMS_PER_OWNER_MAX = 10
STREAM_SECONDS_MAX = 600
QUIET_SECONDS_MAX = 15
RETRY_MILLISECONDS = 2000


class Streams:
    """Opens streams, at most ten at a time for one owner.

    A stream ends by itself after ten minutes: the browser comes back with the last id it saw and
    misses nothing.
    """

    def __init__(self, *, begin: Begin[Unit], events: Events) -> None:
        self._begin = begin
        self._events = events
        self._open: Counter[OwnerId] = Counter()

    async def open(self, owner: OwnerId, *, last_id: str | None) -> ServerSentEvent:
        """The stream of what happens to the owner's things after `last_id`, from now on without.

        Raises:
            TooManyRequests: the owner has ten streams open.
        """
        if self._open[owner] >= STREAMS_PER_OWNER_MAX:
            raise TooManyRequests(
                kind="open event stream",
                count_max=STREAMS_PER_OWNER_MAX,
                window_seconds=STREAM_SECONDS_MAX,
                wait=QUIET_SECONDS_MAX,
            )
        if last_id is not None and last_id.isascii() and last_id.isdigit():
            seen = int(last_id[:18])
        else:
            async with self._begin() as unit:
                seen = await unit.events.last(owner)
        return ServerSentEvent(self._follow(owner, seen))

    async def _follow(self, owner: OwnerId, seen: int) -> AsyncIterator[ServerSentEventMessage]:
        self._open[owner] += 1
        try:
            yield ServerSentEventMessage(data=None, comment="open", retry=RETRY_MILLISECONDS)
            loop = asyncio.get_running_loop()
            until = loop.time() + STREAM_SECONDS_MAX
            while loop.time() < until:
                async with self._begin() as unit:
                    found = await unit.events.after(owner, seen)
                for event in found:
                    seen = event.id
                    data = msgspec.json.encode(event.data, enc_hook=str).decode()
                    yield ServerSentEventMessage(data=data, event=event.kind, id=str(event.id))
                if not found and not await self._events.wait(owner, seconds=QUIET_SECONDS_MAX):
                    yield ServerSentEventMessage(data=None, comment="quiet")
        finally:
            self._open[owner] -= 1
            if not self._open[owner]:
                del self._open[owner]
