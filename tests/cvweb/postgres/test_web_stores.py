"""What cvweb's own ports promise, kept in memory and on PostgreSQL alike."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from cvcore.ids import CvId, OwnerId, RequestKey, TaskId
from cvcore.offers.model import Finding
from cvcore.tasks.model import Paid, Progress, Task, TaskError
from cvcore.unit import Begin
from cvweb.adapters.memory import WebUnits
from cvweb.adapters.postgres import Database
from cvweb.ports import (
    ApiKey,
    EmailTaken,
    ExportRecord,
    RequestRecord,
    Session,
    StoredFile,
    Unit,
    User,
    task_event,
)

NOON = datetime(2026, 11, 23, 12, 0, 0, 123456, tzinfo=UTC)
ADA, BOB = OwnerId("ada"), OwnerId("bob")


@pytest.fixture(params=["memory", "postgres"])
async def begin(request: pytest.FixtureRequest) -> AsyncIterator[Begin[Unit]]:
    if request.param == "memory":
        yield WebUnits().begin
        return
    async with Database(request.getfixturevalue("clean_url")) as database:
        yield database.begin


def user(id: OwnerId, email: str | None = None) -> User:
    return User(id=id, email=email or f"{id}@example.org", created_at=NOON, updated_at=NOON)


async def with_users(begin: Begin[Unit]) -> None:
    async with begin() as unit:
        await unit.users.add(user(ADA))
        await unit.users.add(user(BOB))


async def test_an_account_comes_back_as_it_was_kept(begin: Begin[Unit]) -> None:
    full = msgspec.structs.replace(
        user(ADA, "Ada@Example.org"), name="Ada É", password_hash="h", role="admin", language="fr"
    )
    async with begin() as unit:
        await unit.users.add(full)
    async with begin() as unit:
        assert await unit.users.get(ADA) == full
        assert await unit.users.by_email("aDA@example.ORG") == full
        assert await unit.users.get(BOB) is None
        assert await unit.users.by_email("bob@example.org") is None


async def test_an_address_is_one_account_s_whatever_its_case(begin: Begin[Unit]) -> None:
    await with_users(begin)
    with pytest.raises(EmailTaken):
        await _add(begin, user(OwnerId("eve"), "ADA@example.org"))
    with pytest.raises(EmailTaken):
        async with begin() as unit:
            await unit.users.update(user(BOB, "Ada@example.org"))
    async with begin() as unit:
        await unit.users.update(user(ADA, "ADA@EXAMPLE.ORG"))
        assert (await unit.users.get(ADA)) == user(ADA, "ADA@EXAMPLE.ORG")


async def test_a_refused_address_leaves_the_unit_usable(begin: Begin[Unit]) -> None:
    await with_users(begin)
    async with begin() as unit:
        with pytest.raises(EmailTaken):
            await unit.users.update(user(BOB, "ada@example.org"))
        await unit.users.add(user(OwnerId("eve")))
    async with begin() as unit:
        assert await unit.users.get(OwnerId("eve")) is not None


async def test_two_that_take_an_address_at_once_are_one(begin: Begin[Unit]) -> None:
    adding = (_add(begin, user(OwnerId(f"u{n}"), "same@example.org")) for n in range(5))
    done = await asyncio.gather(*adding, return_exceptions=True)
    assert sum(one is None for one in done) == 1
    assert sum(isinstance(one, EmailTaken) for one in done) == 4


async def _add(begin: Begin[Unit], new: User) -> None:
    async with begin() as unit:
        await unit.users.add(new)


async def test_sessions_end(begin: Begin[Unit]) -> None:
    await with_users(begin)
    short = Session(
        token_hash="a" * 64, owner=ADA, created_at=NOON, expires_at=NOON + timedelta(hours=1)
    )
    long = msgspec.structs.replace(
        short, token_hash="b" * 64, expires_at=NOON + timedelta(hours=2), user_agent="Browser"
    )
    async with begin() as unit:
        await unit.sessions.add(short)
        await unit.sessions.add(long)
        assert await unit.sessions.get(short.token_hash) == short
    async with begin() as unit:
        assert await unit.sessions.remove_ended(NOON + timedelta(hours=1)) == 1
    async with begin() as unit:
        assert await unit.sessions.get(short.token_hash) is None
        assert await unit.sessions.get(long.token_hash) == long
        await unit.sessions.remove(long.token_hash)
        await unit.sessions.remove(long.token_hash)
        assert await unit.sessions.get(long.token_hash) is None


async def test_keys_are_their_owners_and_newest_first(begin: Begin[Unit]) -> None:
    await with_users(begin)
    keys = [
        ApiKey(
            id=f"k{n}",
            owner=ADA,
            name=f"key {n}",
            key_hash=f"h{n}",
            shown="cvk_1",
            created_at=NOON + timedelta(seconds=n),
        )
        for n in range(3)
    ]
    async with begin() as unit:
        for key in keys:
            await unit.api_keys.add(key)
    async with begin() as unit:
        assert list(await unit.api_keys.of_owner(ADA)) == keys[::-1]
        assert list(await unit.api_keys.of_owner(BOB)) == []
        assert await unit.api_keys.by_hash("h1") == keys[1]
        assert await unit.api_keys.by_hash("other") is None
        assert await unit.api_keys.remove(BOB, "k1") is False
        await unit.api_keys.used("k1", NOON)
        used = await unit.api_keys.by_hash("h1")
        assert used == msgspec.structs.replace(keys[1], last_used_at=NOON)
        assert await unit.api_keys.remove(ADA, "k1") is True
        assert await unit.api_keys.by_hash("h1") is None


def file(id: str, owner: OwnerId, data: bytes) -> StoredFile:
    return StoredFile(
        id=id,
        owner=owner,
        name=f"{id}.pdf",
        media_type="application/pdf",
        sha256=hashlib.sha256(data).hexdigest(),
        size_bytes=len(data),
        created_at=NOON,
    )


async def test_bytes_come_back_and_outlive_the_twin_that_is_removed(begin: Begin[Unit]) -> None:
    data = bytes(range(256)) * 100
    hers, his = file("f1", ADA, data), file("f2", BOB, data)
    async with begin() as unit:
        await unit.files.add(hers, data)
        await unit.files.add(his, data)
    async with begin() as unit:
        assert await unit.files.get(ADA, "f1") == hers
        assert await unit.files.get(BOB, "f1") is None
        assert await unit.files.data(BOB, "f1") is None
        assert await unit.files.remove(BOB, "f1") is False
        assert await unit.files.remove(ADA, "f1") is True
    async with begin() as unit:
        assert await unit.files.data(ADA, "f1") is None
        assert await unit.files.data(BOB, "f2") == data
        assert await unit.files.remove(BOB, "f2") is True


async def test_exports_come_back_newest_first(begin: Begin[Unit]) -> None:
    exports = [
        ExportRecord(
            id=f"e{n}",
            owner=ADA,
            cv=CvId("cv1"),
            version=n,
            format="pdf",
            file="f1",
            file_name="cv.pdf",
            sha256="0" * 64,
            media_type="application/pdf",
            size_bytes=5_000_000_000,
            created_at=NOON + timedelta(seconds=n),
            template="modern",
            options={"sections": ["work"], "paper": "a4"},
            findings=(Finding(code="c", detail="d", page=1),),
            task=TaskId("t1"),
        )
        for n in range(1, 4)
    ]
    async with begin() as unit:
        for export in exports:
            await unit.exports.add(export)
    async with begin() as unit:
        assert await unit.exports.get(ADA, "e1") == exports[0]
        assert await unit.exports.get(BOB, "e1") is None
        assert list(await unit.exports.of_cv(ADA, CvId("cv1"), limit=2)) == exports[:0:-1]
        assert list(await unit.exports.of_cv(BOB, CvId("cv1"))) == []


def answer(fingerprint: str) -> RequestRecord:
    return RequestRecord(
        owner=ADA,
        key=RequestKey("k"),
        fingerprint=fingerprint,
        status=202,
        location="/x",
        created_at=NOON,
        subject="task:t1",
    )


async def test_the_first_answer_under_a_key_stays(begin: Begin[Unit]) -> None:
    async with begin() as unit:
        assert await unit.requests.get(ADA, RequestKey("k")) is None
        assert await unit.requests.add(answer("first")) == answer("first")
    async with begin() as unit:
        assert await unit.requests.add(answer("second")) == answer("first")
        assert await unit.requests.get(ADA, RequestKey("k")) == answer("first")
        assert await unit.requests.get(BOB, RequestKey("k")) is None


async def test_answers_that_race_agree_on_one(begin: Begin[Unit]) -> None:
    async def keep(n: int) -> RequestRecord:
        async with begin() as unit:
            return await unit.requests.add(answer(f"f{n}"))

    kept = await asyncio.gather(*(keep(n) for n in range(6)))
    assert len({record.fingerprint for record in kept}) == 1


def task(**changes: object) -> Task:
    plain = Task(
        id=TaskId("t1"),
        owner=ADA,
        key=RequestKey("k"),
        fingerprint="f",
        type="score",
        feature="match_score",
        title="Score",
        status="queued",
        paid=Paid(by="credits", credits=1),
        payload={},
        created_at=NOON,
        updated_at=NOON,
    )
    return msgspec.structs.replace(plain, **changes)


async def test_every_write_of_a_task_is_told_with_it_or_not_at_all(begin: Begin[Unit]) -> None:
    added = task()
    running = task(status="running", seq=1, progress=Progress(done=1, total=2, step="reading"))
    failed = task(status="failed", seq=2, error=TaskError(code="c", message="m"))

    async def undone() -> None:
        async with begin() as unit:
            await unit.tasks.update(failed)
            raise ZeroDivisionError

    async with begin() as unit:
        await unit.tasks.add(added)
    async with begin() as unit:
        await unit.tasks.update(running)
    with pytest.raises(ZeroDivisionError):
        await undone()
    async with begin() as unit:
        events = await unit.events.after(ADA, 0)
        assert [(event.kind, event.data) for event in events] == [
            ("task", task_event(added)),
            ("task", task_event(running)),
        ]
        assert await unit.events.last(ADA) == events[-1].id
        assert list(await unit.events.after(ADA, events[0].id)) == [events[1]]
        assert list(await unit.events.after(ADA, 0, limit=1)) == [events[0]]
        assert list(await unit.events.after(BOB, 0)) == []
        assert await unit.events.last(BOB) == 0
