"""One valid specimen of each thing a store keeps; say only what matters to the test."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from cvcore.cv.model import Basics, Cv, Line, Work
from cvcore.ids import CvId, OfferId, OwnerId, RequestKey, ScoreId, TaskId
from cvcore.money import Money
from cvcore.offers.model import Finding, Offer, Requirement, Source
from cvcore.offers.ports import OfferRecord
from cvcore.plans.model import Allowance, Plan, Subscription
from cvcore.scoring.model import Criterion, Evidence, Receipt, Score, SubScore
from cvcore.scoring.ports import ScoreRecord
from cvcore.tasks.model import Paid, Progress, Task
from cvcore.testing.clocks import NOON
from cvcore.versions.model import Citation, Proposal, VersionInfo
from cvcore.versions.ports import CvRecord, StoredProposal

_ADA = OwnerId("ada")


def a_task(number: int = 1, **changes: Any) -> Task:
    """A queued task of Ada's, one second younger than the one before."""
    moment = NOON + timedelta(seconds=number)
    task = Task(
        id=TaskId(f"task-{number}"),
        owner=_ADA,
        key=RequestKey(f"key-{number}"),
        fingerprint="f" * 32,
        type="score",
        feature="match_score",
        title="Score “Développeuse” – été",
        status="queued",
        paid=Paid(by="free"),
        payload={"cv": "cv-1", "words": ["a", "é", None, 1.5]},
        created_at=moment,
        updated_at=moment,
        progress=Progress(done=1, total=3, step="reading"),
    )
    return msgspec.structs.replace(task, **changes)


def a_plan(tier: int = 1, **changes: Any) -> Plan:
    """A plan with a limit, an unlimited and a disabled feature."""
    plan = Plan(
        id=f"plan-{tier}",
        name=f"Plan {tier}",
        tier=tier,
        price_monthly=Money(999 * tier, "EUR"),
        price_yearly=Money(9990 * tier, "EUR"),
        allowances=(
            Allowance(feature="match_score", usage_limit=25),
            Allowance(feature="edit_cv", usage_limit=-1),
            Allowance(feature="translate_cv", is_enabled=False, usage_limit=0),
        ),
        description="What it is for",
        is_popular=tier == 1,
    )
    return msgspec.structs.replace(plan, **changes)


def a_subscription(**changes: Any) -> Subscription:
    """Ada's first, active, billed monthly."""
    subscription = Subscription(
        owner=_ADA,
        plan="plan-1",
        anchor=NOON,
        customer="customer-1",
        reference="subscription-1",
    )
    return msgspec.structs.replace(subscription, **changes)


def a_cv(summary: str = "Ten years of “careful” work – été") -> Cv:
    """A small document with an id on every item."""
    job = Work(
        id="w1",
        name="Moulin & Filles",
        position="Engineer",
        start_date="2020-01",
        highlights=(Line("b1", "Cut the waste by 30 %"), Line("b2", "Trained four people")),
        extra={"unknown": {"kept": True}},
    )
    return Cv(
        basics=Basics(name="Ada Moulin", summary=summary),
        work=(job,),
        language="en",
        origins={"basics.summary": "person"},
        meta={"version": "v1.0.0"},
    )


def a_cv_record(number: int = 1, **changes: Any) -> CvRecord:
    """Ada's CV, one second younger than the one before."""
    moment = NOON + timedelta(seconds=number)
    record = CvRecord(
        id=CvId(f"cv-{number}"),
        owner=_ADA,
        filename=f"cv {number}.pdf",
        version=1,
        created_at=moment,
        updated_at=moment,
        language="fr",
        source_type="pdf",
        source_value="mon cv.pdf",
    )
    return msgspec.structs.replace(record, **changes)


def a_version(number: int = 1, content: str = "hash-1", **changes: Any) -> VersionInfo:
    """A version of Ada's first CV."""
    info = VersionInfo(
        cv=CvId("cv-1"),
        number=number,
        content=content,
        parents=(number - 1,) if number > 1 else (),
        author="person",
        reason="edited by hand",
        created_at=NOON + timedelta(seconds=number),
        created_by=_ADA,
    )
    return msgspec.structs.replace(info, **changes)


def a_stored_proposal(number: int = 1, **changes: Any) -> StoredProposal:
    """A pending proposal for Ada's first CV."""
    proposal = Proposal(
        id=f"proposal-{number}",
        path="work[w1].highlights[b1]",
        op="replace",
        reason="says it in the offer's words",
        before="Cut the waste by 30 %",
        after="Reduced waste by 30 %",
        citations=(Citation(path="work[w1].highlights[b1]", quote="waste by 30 %"),),
    )
    stored = StoredProposal(
        cv=CvId("cv-1"),
        task=TaskId("task-1"),
        base_version=1,
        proposal=proposal,
        created_at=NOON + timedelta(seconds=number),
    )
    return msgspec.structs.replace(stored, **changes)


def an_offer_record(number: int = 1, **changes: Any) -> OfferRecord:
    """An offer of Ada's, one second younger than the one before."""
    moment = NOON + timedelta(seconds=number)
    offer = Offer(
        title="Développeuse (H/F)",
        company="Fonderie d’Été",
        requirements=(Requirement(id="r1", text="Python", kind="skill", skills=("python",)),),
        language="fr",
        description="Un poste à pourvoir.",
        source=Source(kind="url", value=f"https://example.org/{number}", content_hash="c" * 64),
    )
    record = OfferRecord(
        id=OfferId(f"offer-{number}"),
        owner=_ADA,
        offer=offer,
        created_at=moment,
        updated_at=moment,
        findings=(Finding(code="hidden_text", detail="white on white", page=1),),
    )
    return msgspec.structs.replace(record, **changes)


def a_score_record(number: int = 1, at: date = date(2026, 3, 1), **changes: Any) -> ScoreRecord:
    """A score of Ada's first CV for her first offer."""
    evidence = Evidence(path="work[w1].highlights[b1]", quote="waste")
    criterion = Criterion(
        requirement="r1",
        text="Python",
        dimension="technicalSkills",
        necessity="required",
        state="partial",
        weight=35.0,
        earned=12.345678901234567,
        rule="skill_listed",
        evidence=(evidence,),
    )
    score = Score(
        value=12,
        exact=12.345678901234567,
        breakdown={"technicalSkills": SubScore(value=35.3, weight=100.0)},
        criteria=(criterion,),
        matching_skills=("python",),
        missing_skills=(),
        suggestions=(),
        flags=(),
        receipt=_receipt(at),
    )
    record = ScoreRecord(
        id=ScoreId(f"score-{number}"),
        owner=_ADA,
        cv=CvId("cv-1"),
        version=1,
        offer=OfferId("offer-1"),
        score=score,
        created_at=datetime.combine(at, NOON.timetz()) + timedelta(seconds=number),
    )
    return msgspec.structs.replace(record, **changes)


def _receipt(at: date) -> Receipt:
    return Receipt(
        engine="1",
        lexicon="1",
        weights={"technicalSkills": 35},
        at=at,
        cv_hash="a" * 64,
        offer_hash="b" * 64,
        matcher="offline/1",
    )
