"""An installation with something of everything in it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest

from cvcore.cv.model import Basics, Cv, Line, Work
from cvcore.ids import CvId, OfferId, OwnerId, RequestKey, TaskId, random_id
from cvcore.ledger import Ledger
from cvcore.money import Credits
from cvcore.offers.model import Finding, Offer, Source
from cvcore.offers.ports import OfferRecord
from cvcore.plans import PLANS
from cvcore.plans.model import Subscription
from cvcore.runs import Runs
from cvcore.versions.model import Proposal, VersionInfo
from cvcore.versions.ports import CvRecord, StoredProposal
from cvweb.adapters.postgres import Database
from cvweb.adapters.postgres.units import PostgresUnit
from cvweb.ports import ApiKey, ExportRecord, RequestRecord, Session, StoredFile, User

NOON = datetime(2026, 11, 23, 12, 0, 0, 123456, tzinfo=UTC)
ADA = OwnerId("ada")
CV = Cv(
    basics=Basics(name='Ada É. \\ "quoted" 🎓', summary="Line one\nline two\tend"),
    work=(Work(id="w1", name="Analytical Engines", highlights=(Line("b1", "Wrote “notes”"),)),),
    extra={"zeta": 1, "alpha": [1.5, None, {"b": 2, "a": 1}]},
)


async def fill(database: Database) -> None:
    """Something of everything that the stores keep."""
    await _people_and_documents(database)
    clock = lambda: NOON + timedelta(minutes=5)  # noqa: E731
    ledger = Ledger(begin=database.begin, clock=clock)
    runs = Runs(begin=database.begin, clock=clock, new_id=random_id)
    await ledger.grant(ADA, Credits(15), kind="gift", key=RequestKey("welcome:ada"))
    await ledger.spend(ADA, Credits(1), key=RequestKey("spend"))
    for number in range(3):
        started = await runs.start(
            ADA,
            feature="match_score",
            type="score",
            title=f"Score {number}",
            payload={"cv": "cv1", "offer": "o1", "text": "\u2028 é"},
            key=RequestKey(f"run{number}"),
            fingerprint="f",
        )
        if number:
            task = await runs.begin_work(started.task.id, lease_seconds=60)
            assert task is not None
            await runs.progress(task.id, 1, 2, "halfway", attempt=1)
        if number == 2:
            await runs.complete(started.task.id, {"scoreId": "s1"}, attempt=1)


async def _people_and_documents(database: Database) -> None:
    async with database.begin() as unit:
        await unit.users.add(
            User(id=ADA, email="Ada@example.org", created_at=NOON, updated_at=NOON, role="admin")
        )
        await unit.sessions.add(
            Session(
                token_hash="t" * 64,
                owner=ADA,
                created_at=NOON,
                expires_at=NOON + timedelta(days=14),
            )
        )
        await unit.api_keys.add(
            ApiKey(id="k1", owner=ADA, name="k", key_hash="h", shown="cvk_1", created_at=NOON)
        )
        for plan in PLANS:
            await unit.plans.put_plan(plan)
        await unit.plans.put_subscription(
            Subscription(owner=ADA, plan=PLANS[0].id, anchor=NOON, customer="c1")
        )
        await unit.plans.count(ADA, "match_score", NOON, change=3, limit=-1)
        await _documents(unit)
        await _files(unit)


async def _files(unit: PostgresUnit) -> None:
    file = StoredFile(
        id="f1",
        owner=ADA,
        name="cv.pdf",
        media_type="application/pdf",
        sha256="0" * 64,
        size_bytes=256,
        created_at=NOON,
    )
    await unit.files.add(file, bytes(range(256)))
    await unit.exports.add(
        ExportRecord(
            id="e1",
            owner=ADA,
            cv=CvId("cv1"),
            version=1,
            format="pdf",
            file="f1",
            file_name="cv.pdf",
            sha256="0" * 64,
            media_type="application/pdf",
            size_bytes=256,
            created_at=NOON,
            options={"paper": "a4"},
        )
    )
    await unit.requests.add(
        RequestRecord(
            owner=ADA,
            key=RequestKey("r1"),
            fingerprint="f",
            status=201,
            location="/x",
            created_at=NOON,
        )
    )


async def _documents(unit: PostgresUnit) -> None:
    await unit.cvs.add(
        CvRecord(
            id=CvId("cv1"),
            owner=ADA,
            filename="cv.pdf",
            version=1,
            created_at=NOON,
            updated_at=NOON,
        )
    )
    info = VersionInfo(
        cv=CvId("cv1"),
        number=1,
        content="c" * 64,
        parents=(),
        author="import",
        reason="imported",
        created_at=NOON,
        created_by=ADA,
    )
    await unit.versions.append(info, CV)
    offer = Offer(title="Engineer", source=Source(kind="text", value="o.txt", content_hash="h"))
    await unit.offers.add(
        OfferRecord(
            id=OfferId("o1"),
            owner=ADA,
            offer=offer,
            created_at=NOON,
            updated_at=NOON,
            findings=(Finding(code="c", detail="d"),),
        )
    )
    proposal = Proposal(id="p1", path="basics.summary", op="replace", reason="r", after={"a": 1})
    stored = StoredProposal(
        cv=CvId("cv1"), task=TaskId("t1"), base_version=1, proposal=proposal, created_at=NOON
    )
    await unit.proposals.add([stored])


@pytest.fixture
def filled() -> Callable[[Database], Awaitable[None]]:
    """Fills a database with something of everything."""
    return fill
