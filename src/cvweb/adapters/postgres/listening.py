"""Hears of events as they are committed, by LISTEN on a connection of its own."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections import defaultdict
from typing import Any, Self

import asyncpg

from cvcore.ids import OwnerId
from cvweb.adapters.postgres.events import CHANNEL

RECONNECT_SECONDS = 1.0
CHECK_SECONDS = 5.0
ECHO_SECONDS = 0.5
"""For so long after an event, whoever begins to wait is woken soon: it may have been committed
after they read and heard before they waited."""
ECHO_PAUSE_SECONDS = 0.1
OWNERS_REMEMBERED_MAX = 10_000
logger = logging.getLogger(__name__)


class PostgresListening:
    """`Events` of one process: one connection, however many listen.

    While the connection is lost everybody who waits is woken once a second, so that what is
    committed meanwhile is read late, not missed.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._bells: defaultdict[OwnerId, set[asyncio.Event]] = defaultdict(set)
        self._heard_at: dict[OwnerId, float] = {}
        self._task: asyncio.Task[None] | None = None
        self._is_listening = asyncio.Event()

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._listen())
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._is_listening.wait(), RECONNECT_SECONDS)
        return self

    async def __aexit__(self, *_: object) -> None:
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def wait(self, owner: OwnerId, *, seconds: float) -> bool:
        """Return once something happened to the owner's things, True; False after `seconds`."""
        if self._is_echo(owner):
            await asyncio.sleep(min(seconds, ECHO_PAUSE_SECONDS))
            return True
        bell = asyncio.Event()
        self._bells[owner].add(bell)
        try:
            async with asyncio.timeout(seconds):
                await bell.wait()
        except TimeoutError:
            return False
        finally:
            self._bells[owner].discard(bell)
            if not self._bells[owner]:
                del self._bells[owner]
        return True

    async def _listen(self) -> None:
        while True:
            try:
                await self._listen_once()
            except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                logger.warning("events: the connection is lost (%s); trying again", error)
            self._is_listening.clear()
            self._ring_all()
            await asyncio.sleep(RECONNECT_SECONDS)

    async def _listen_once(self) -> None:
        connection = await asyncpg.connect(self._url, timeout=10, command_timeout=10)
        try:
            is_cut = asyncio.Event()
            connection.add_termination_listener(lambda _connection: is_cut.set())
            await connection.add_listener(CHANNEL, self._heard)
            self._is_listening.set()
            self._ring_all()  # what was committed before we listened
            while not is_cut.is_set():
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(is_cut.wait(), CHECK_SECONDS)
                await connection.execute("SELECT 1")
        finally:
            connection.terminate()

    def _heard(self, _connection: Any, _pid: int, _channel: str, owner: str) -> None:
        if len(self._heard_at) >= OWNERS_REMEMBERED_MAX:
            self._heard_at.clear()
        self._heard_at[OwnerId(owner)] = time.monotonic()
        for bell in self._bells.get(OwnerId(owner), ()):
            bell.set()

    def _is_echo(self, owner: OwnerId) -> bool:
        heard_at = self._heard_at.get(owner)
        return heard_at is not None and time.monotonic() - heard_at < ECHO_SECONDS

    def _ring_all(self) -> None:
        for bells in self._bells.values():
            for bell in bells:
                bell.set()
