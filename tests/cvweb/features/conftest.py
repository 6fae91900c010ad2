"""A house over memory: the whole application, its work done when a test says so."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import msgspec
import pytest
from litestar import Litestar

from cvcore.cv import from_json_resume, to_json_resume, to_markdown
from cvcore.cv.model import Cv
from cvcore.errors import Refusal
from cvcore.ids import TaskId
from cvcore.offers.model import OfferReading
from cvcore.offline import read_cv, reading_of
from cvweb.adapters.memory import WebUnits
from cvweb.app import create_app, furnish
from cvweb.http.passwords import PasswordCost
from cvweb.http.rates import Rate
from cvweb.ports import CvFileReading, FetchedPage, MadeFile
from cvweb.settings import Settings
from cvweb.wiring import Services, services_over
from cvweb.wiring.documents import CvFileWriter
from cvweb.worker import Workshop

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
CHEAP = PasswordCost(rounds=1, memory_kibibytes=64, lanes=1)
PASSWORD = "correct horse battery"

CV_TEXT = """Ada Example
ada@example.org

Work experience
Engineer, Example Ltd, January 2021 - Present
- Built services in Python and PostgreSQL

Skills
Python, PostgreSQL, Docker
"""
OFFER_TEXT = """Backend engineer
Example Works, Lyon

Requirements
- 3 years of experience with Python
- PostgreSQL
Nice to have
- Kubernetes
"""


class TickingClock:
    """Each look at it is a millisecond later, so that no two things happen at once."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now


class NoSuchPage(Refusal):
    code = "url_refused"

    def __init__(self, url: str) -> None:
        super().__init__(f"{url} is no public address")


@dataclass
class Pages:
    """The web, as far as this house can see it."""

    bodies: dict[str, bytes] = field(default_factory=dict)

    def check(self, url: str) -> None:
        if "//127." in url or "//localhost" in url:
            raise NoSuchPage(url)

    async def __call__(self, url: str) -> FetchedPage:
        self.check(url)
        return FetchedPage(url=url, content_type="text/html", body=self.bodies[url])


async def read_cv_file(name: str, data: bytes) -> CvFileReading:
    del name
    if data.startswith(b"{"):
        return CvFileReading(cv=from_json_resume(json.loads(data)), kind="json")
    return CvFileReading(cv=read_cv(data.decode()), kind="text")


async def read_offer_file(
    name: str, data: bytes, *, url: str | None = None, charset: str | None = None
) -> OfferReading:
    del charset
    reading = reading_of(data.decode(), at=NOON.date())
    if reading.offer is None:
        return reading
    source = msgspec.structs.replace(
        reading.offer.source,
        kind="url" if url else "text",
        value=url or name,
        content_hash=data.hex()[:64],
    )
    offer = msgspec.structs.replace(reading.offer, source=source)
    return msgspec.structs.replace(reading, offer=offer)


class WriteCvFile(CvFileWriter):
    """What can be asked for is as ever; the files themselves are made quickly."""

    async def __call__(
        self, cv: Cv, format: str, *, template: str | None, options: Mapping[str, Any]
    ) -> MadeFile:
        del template, options
        if format == "json":
            data = json.dumps(to_json_resume(cv)).encode()
            return MadeFile(data=data, media_type="application/json", name="résumé.json")
        kind = "text/markdown; charset=utf-8"
        return MadeFile(data=to_markdown(cv).encode(), media_type=kind, name="cv.md")


MADE: list[Litestar] = []
"""The application, made once: that takes longer than most tests."""


def application(services: Services, rates: Mapping[str, Rate]) -> Litestar:
    """The application, handed these services."""
    if not MADE:
        MADE.append(create_app(services))
    furnish(MADE[0], services, rates=rates)
    return MADE[0]


class House:
    """Everything a test needs: clients, the worker in its hand, the stores behind."""

    def __init__(self) -> None:
        self.units = WebUnits()
        self.clock = TickingClock()
        self.pages = Pages()
        self.queue: list[TaskId] = []
        over = services_over(
            self.units.begin,
            settings=Settings(secret="s" * 32),
            dispatch=self.dispatch,
            events=self.units.bells,
            clock=self.clock,
            fetch_page=self.pages,
            password_cost=CHEAP,
        )
        self.services = replace(
            over,
            read_cv_file=read_cv_file,
            read_offer_file=read_offer_file,
            write_cv_file=WriteCvFile(),
        )
        self.read_cv_file = read_cv_file
        self.workshop = Workshop(self.services)
        self.app = application(self.services, {})
        self.works_at_once = False
        self._work: set[asyncio.Task[None]] = set()

    def allows(self, rates: Mapping[str, Rate]) -> None:
        """Limit how often things may be done."""
        self.app = application(self.services, rates)

    def takes(self, **parts: Any) -> None:
        """Give the worker other parts to work with."""
        self.workshop = Workshop(replace(self.services, **parts))

    async def dispatch(self, task: TaskId) -> None:
        self.queue.append(task)
        if self.works_at_once:
            work = asyncio.create_task(self.work())
            self._work.add(work)
            work.add_done_callback(self._work.discard)

    async def work(self) -> None:
        """Do all the work that waits."""
        while self.queue:
            await self.workshop.run(self.queue.pop(0))

    def client(self) -> httpx.AsyncClient:
        """Somebody's browser or program; who signs in keeps the cookie."""
        transport = httpx.ASGITransport(app=self.app)  # type: ignore[arg-type]  # both are ASGI
        return httpx.AsyncClient(
            transport=transport,
            base_url="http://testserver",
            headers={"origin": "http://testserver"},
        )

    async def newcomer(self, email: str = "ada@example.org") -> httpx.AsyncClient:
        """A client of somebody who has just registered."""
        client = self.client()
        body = {"email": email, "password": PASSWORD}
        answer = await client.post("/api/v1/auth/register", json=body)
        assert answer.status_code == 201, answer.text
        return client


@pytest.fixture
def house() -> House:
    """A house of its own for each test."""
    return House()


@pytest.fixture
async def ada(house: House) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody with 15 welcome credits."""
    client = await house.newcomer()
    yield client
    await client.aclose()


def key(name: str) -> dict[str, str]:
    """The header that makes a call safe to repeat."""
    return {"Idempotency-Key": name}
