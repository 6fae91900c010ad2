"""What happens, as it happens: server-sent events over a real server, resumed where they broke."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
import uvicorn

from cvweb.samples import sample

pytestmark = pytest.mark.journey

SECONDS_MAX = 40


class AnnouncedServer(uvicorn.Server):
    """A server that says when it answers."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.is_up = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self.is_up.set()


@asynccontextmanager
async def served(app: Any) -> AsyncIterator[str]:
    """The application behind a real server; its address."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1)
    server = AnnouncedServer(config)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    await asyncio.wait_for(server.is_up.wait(), SECONDS_MAX)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        await serving


async def told_of(
    client: httpx.AsyncClient, task: str, *, until: set[str], last_id: str | None = None
) -> list[tuple[str, dict[str, Any]]]:
    """The events of a task with their ids, until it has one of these states."""
    headers = {} if last_id is None else {"Last-Event-ID": last_id}
    seen: list[tuple[str, dict[str, Any]]] = []
    id = ""
    async with (
        asyncio.timeout(SECONDS_MAX),
        client.stream("GET", "/api/v1/events", headers=headers) as stream,
    ):
        assert stream.headers["content-type"].startswith("text/event-stream")
        async for line in stream.aiter_lines():
            if line.startswith("id:"):
                id = line[3:].strip()
            if line.startswith("data:"):
                data = json.loads(line[5:])
                if data["id"] == task:
                    seen.append((id, data))
                    if data["status"] in until:
                        break
    return seen


async def test_a_task_is_followed_and_the_stream_resumed_where_it_broke(home: Any) -> None:
    ada = await home.newcomer()
    async with (
        served(home.app) as address,
        home.worker(),
        httpx.AsyncClient(
            base_url=address, cookies=ada.http.cookies, timeout=SECONDS_MAX
        ) as client,
    ):
        client.cookies.set("cvweb", next(iter(ada.http.cookies.jar)).value or "")
        file = {"file": ("ada.pdf", sample("en").cv_pdf.read_bytes())}
        answer = await client.post(
            "/api/v1/cvs",
            files=file,
            headers={"Idempotency-Key": "k", "origin": address},
        )
        task = answer.json()["id"]
        first = await told_of(client, task, until={"running", "completed"}, last_id="0")
        rest = await told_of(client, task, until={"completed"}, last_id=first[-1][0])
    everything = first + rest
    ids = [int(id) for id, _ in everything]
    assert ids == sorted(set(ids)), "in order, none twice"
    states = [data["status"] for _, data in everything]
    assert states[0] == "queued"
    assert states[-1] == "completed"
    assert "reading the file" in {data["progress"]["step"] for _, data in everything}
    assert all("result" not in data for _, data in everything), "texts are read, not broadcast"


async def test_nobody_hears_of_somebody_elses_things(home: Any) -> None:
    await home.newcomer("ada@example.org")
    bob = await home.newcomer("bob@example.org")
    made = await bob.post("/api/v1/cvs", json={"filename": "b", "content": {}})
    await bob.post(f"{made.headers['location']}/exports", json={"format": "md"})
    async with home.services.begin() as unit:
        user = await unit.users.by_email("ada@example.org")
        other = await unit.users.by_email("bob@example.org")
        assert await unit.events.after(user.id, 0) == []
        assert len(await unit.events.after(other.id, 0)) == 1
