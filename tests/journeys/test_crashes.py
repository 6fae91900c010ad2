"""A worker is killed in the middle of its work: the work is done once all the same."""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path
from typing import Any

import pytest

from cvweb.samples import sample

pytestmark = pytest.mark.journey

SLOW_WORKER = Path(__file__).with_name("slow_worker.py")
BEGUN_SECONDS_MAX = 40


async def test_a_killed_worker_loses_nothing_and_charges_once(home: Any) -> None:
    ada = await home.newcomer()
    file = {"file": ("ada.pdf", sample("en").cv_pdf.read_bytes())}
    answer = await ada.post("/api/v1/cvs", files=file, key="k")
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(SLOW_WORKER),
        home.settings.database_url,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        begun = await asyncio.wait_for(process.stdout.readline(), BEGUN_SECONDS_MAX)
        assert begun.decode().strip() == answer.json()["id"]
        task = await ada.get(answer.headers["location"])
        assert (task["status"], task["progress"]["step"]) == ("running", "half done")
        assert (await ada.credits())["held"] == 2
    finally:
        process.send_signal(signal.SIGKILL)
        await process.wait()

    async with home.worker():
        task = await ada.ended(answer)
    assert (task["status"], task["creditsCharged"]) == ("completed", 2), task
    assert len((await ada.get("/api/v1/cvs"))["items"]) == 1
    account = await ada.credits()
    assert (account["available"], account["held"], account["totalUsed"]) == (13, 0, 2)
    again = await ada.post("/api/v1/cvs", files=file, key="k")
    assert again.headers["location"] == answer.headers["location"]
    assert (await ada.credits())["available"] == 13


async def test_what_was_never_dispatched_is_found_by_the_sweeper(home: Any) -> None:
    ada = await home.newcomer()
    made = await ada.post("/api/v1/cvs", json={"filename": "a", "content": {}})
    answer = await ada.post(f"{made.headers['location']}/exports", json={"format": "md"})
    async with home.services.begin() as unit:
        task = await unit.tasks.get(answer.json()["id"])
    assert task.status == "queued"
    async with _connection(home.settings.database_url) as connection:
        await connection.execute("DELETE FROM saq_jobs")
    async with home.worker():
        assert (await ada.ended(answer))["status"] == "completed"


def _connection(url: str) -> Any:
    import asyncpg

    return _Connected(asyncpg.connect(url))


class _Connected:
    def __init__(self, connecting: Any) -> None:
        self._connecting = connecting

    async def __aenter__(self) -> Any:
        self._connection = await self._connecting
        return self._connection

    async def __aexit__(self, *_: object) -> None:
        await self._connection.close()
