"""An installation on PostgreSQL: the application, a real worker, somebody who uses them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from cvweb.adapters.saq import prepare_queue
from cvweb.app import create_app
from cvweb.settings import Settings
from cvweb.wiring import Services, create_services
from cvweb.worker import work

PASSWORD = "correct horse battery"
TASK_SECONDS_MAX = 60


@dataclass
class Person:
    """Somebody signed in, with the habits of an integrator: keys, waiting, following Locations."""

    http: httpx.AsyncClient
    count: int = 0

    async def post(self, path: str, *, key: str | None = None, **sent: Any) -> httpx.Response:
        self.count += 1
        headers = {"Idempotency-Key": key or f"key-{self.count}", **sent.pop("headers", {})}
        return await self.http.post(path, headers=headers, **sent)

    async def get(self, path: str, **params: Any) -> Any:
        answer = await self.http.get(path, params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def ended(self, answer: httpx.Response) -> dict[str, Any]:
        """The task of a 202, once it has ended."""
        assert answer.status_code == 202, answer.text
        location = answer.headers["location"]
        async with asyncio.timeout(TASK_SECONDS_MAX):
            while True:
                task: dict[str, Any] = await self.get(location)
                if task["status"] in {"completed", "failed", "cancelled"}:
                    return task
                await asyncio.sleep(0.05)

    async def done(self, path: str, **sent: Any) -> dict[str, Any]:
        """What the completed task of a POST came to."""
        task = await self.ended(await self.post(path, **sent))
        assert task["status"] == "completed", task
        result: dict[str, Any] = task["result"]
        return result

    async def credits(self) -> dict[str, Any]:
        account: dict[str, Any] = await self.get("/api/v1/credits")
        return account


class Home:
    """The installation under test."""

    def __init__(self, settings: Settings, services: Services) -> None:
        self.settings, self.services = settings, services
        self.app: Any = create_app(services, rates={})

    async def newcomer(self, email: str = "ada@example.org") -> Person:
        client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=self.app),
            base_url="http://testserver",
            headers={"origin": "http://testserver"},
            timeout=60,
        )
        body = {"email": email, "password": PASSWORD}
        answer = await client.post("/api/v1/auth/register", json=body)
        assert answer.status_code == 201, answer.text
        return Person(client)

    @asynccontextmanager
    async def worker(self) -> AsyncIterator[None]:
        """A worker of its own database connections and queue, stopped at the end of the block."""
        stop = asyncio.Event()
        working = asyncio.create_task(work(self.settings, stop))
        try:
            yield
        finally:
            stop.set()
            await asyncio.wait_for(working, 30)


@pytest.fixture
def settings(clean_url: str) -> Settings:
    """Short leases and quick sweeps, so that what is lost is found within a test."""
    return Settings(
        database_url=clean_url,
        secret="s" * 32,
        task_lease_seconds=2,
        sweep_seconds=0.5,
        stop_seconds_max=5,
    )


@pytest.fixture
async def home(settings: Settings) -> AsyncIterator[Home]:
    """An installation without a worker."""
    assert settings.database_url is not None
    await prepare_queue(settings.database_url)
    async with create_services(settings) as opened:
        yield Home(settings, opened.services)
