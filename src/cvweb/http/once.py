"""One answer per key: the first is kept, later ones repeat its status and `Location`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import msgspec
from litestar import Response

from cvcore.clock import Clock
from cvcore.ids import OwnerId, RequestKey
from cvcore.ledger.errors import KeyReused
from cvcore.unit import Begin
from cvweb.http.failures import problem_response
from cvweb.ports import RequestRecord, Unit
from cvweb.problems import Problem

REPLAYED = "Idempotency-Replayed"


class Asking(msgspec.Struct, frozen=True, kw_only=True):
    """One intent of somebody: under which key, for exactly which request."""

    owner: OwnerId
    key: RequestKey
    fingerprint: str


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept of an answer: `subject` says from what its body is rendered."""

    status: int
    location: str | None = None
    subject: str | None = None
    is_replay: bool | None = None
    """Whether the effect stood already, though its answer was not kept; None where nothing tells:
    then the answer that is kept was the first."""


Render = Callable[[Answer], Awaitable[Any]]
"""The body of an answer as things stand now: an object to encode, or a `Problem`."""


class Answers:
    """Answers once per key."""

    def __init__(self, *, begin: Begin[Unit], clock: Clock) -> None:
        self._begin = begin
        self._clock = clock

    async def once(
        self,
        asking: Asking,
        *,
        first: Callable[[], Awaitable[Answer]],
        render: Render,
        headers: Mapping[str, str] | None = None,
    ) -> Response[Any]:
        """The answer to `asking`: `first` carries it out and is called where no answer is kept.

        `first` must itself be safe to repeat under the key: a process may die between its effect
        and the keeping of its answer.

        Raises:
            KeyReused: the key stands for another request.
        """
        async with self._begin() as unit:
            kept = await unit.requests.get(asking.owner, asking.key)
        is_replay = kept is not None
        if kept is None:
            answer = await first()
            mine = self._record(asking, answer)
            async with self._begin() as unit:
                kept = await unit.requests.add(mine)
            is_replay = kept != mine if answer.is_replay is None else answer.is_replay
        if kept.fingerprint != asking.fingerprint:
            raise KeyReused(owner=asking.owner, key=asking.key)
        return await _response(kept, render, is_replay=is_replay, headers=headers or {})

    async def together(
        self, asking: Asking, *, effect: Callable[[Unit], Awaitable[Answer]], render: Render
    ) -> Response[Any]:
        """The answer to `asking`, its effect and the keeping of its answer being one unit.

        Raises:
            KeyReused: the key stands for another request.
        """
        is_replay = True
        async with self._begin() as unit:
            kept = await unit.requests.get(asking.owner, asking.key)
        if kept is None:
            try:
                async with self._begin() as unit:
                    mine = self._record(asking, await effect(unit))
                    kept = await _claim(unit, mine)
                is_replay = False
            except _Raced as raced:
                kept = raced.kept
        if kept.fingerprint != asking.fingerprint:
            raise KeyReused(owner=asking.owner, key=asking.key)
        return await _response(kept, render, is_replay=is_replay, headers={})

    def _record(self, asking: Asking, answer: Answer) -> RequestRecord:
        return RequestRecord(
            owner=asking.owner,
            key=asking.key,
            fingerprint=asking.fingerprint,
            status=answer.status,
            location=answer.location,
            created_at=self._clock(),
            subject=answer.subject,
        )


class _Raced(Exception):  # nobody sees it: it undoes the later of two equal calls
    def __init__(self, kept: RequestRecord) -> None:
        super().__init__()
        self.kept = kept


async def _claim(unit: Unit, mine: RequestRecord) -> RequestRecord:
    kept = await unit.requests.add(mine)
    if kept != mine:
        raise _Raced(kept)
    return kept


async def _response(
    kept: RequestRecord, render: Render, *, is_replay: bool, headers: Mapping[str, str]
) -> Response[Any]:
    answer = Answer(status=kept.status, location=kept.location, subject=kept.subject)
    body = await render(answer)
    sent = dict(headers)
    if kept.location is not None:
        sent["Location"] = kept.location
    if is_replay:
        sent[REPLAYED] = "true"
    if isinstance(body, Problem):
        response = problem_response(body)
        for name, value in sent.items():
            response.set_header(name, value)
        return response
    return Response(body, status_code=kept.status, headers=sent)
