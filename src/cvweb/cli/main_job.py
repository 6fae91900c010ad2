"""The main job on two files: read both, score, draft, verify, review, score again, export."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from cvcore.cv import Cv, cv_hash, to_json_resume
from cvcore.offers.model import Finding, Offer
from cvcore.offline.writer import OfflineWriter
from cvcore.scoring import Score, score
from cvcore.tailoring import Proposal, Tailoring
from cvcore.versions import Decision, Reviewed, review
from cvweb.cli import inputs
from cvweb.cli.outputs import make_folder, write_bytes

T = TypeVar("T")
COPIES = ("pdf", "docx", "md", "json")
"""The formats that the new version is written in."""


class Step(msgspec.Struct, frozen=True):
    """One step of the job: what was done, what came of it, and how long it took."""

    name: str
    result: str
    seconds: float


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """All that the job came to. `reviewed.cv` is the new version, with every supported proposal
    accepted; `findings` is what the readers noticed."""

    cv: Cv
    offer: Offer
    proposals: tuple[Proposal, ...]
    reviewed: Reviewed
    before: Score
    after: Score
    steps: tuple[Step, ...]
    findings: tuple[Finding, ...] = ()


class Clock:
    """Times the steps of a job, and tells each as it ends."""

    def __init__(self, tell: Callable[[Step], None]) -> None:
        self._tell = tell
        self.steps: list[Step] = []

    def step(self, name: str, work: Callable[[], T], result: Callable[[T], str]) -> T:
        """What `work` gives, timed."""
        begun = time.perf_counter()
        done = work()
        self.steps.append(Step(name, result(done), time.perf_counter() - begun))
        self._tell(self.steps[-1])
        return done


def do_job(cv_name: str, offer_name: str, *, at: date, tell: Callable[[Step], None]) -> Outcome:
    """Read both files, score, propose, accept all that the CV supports, and score again.

    Raises:
        Refusal: one of them cannot be read, or is no CV or no offer.
    """
    clock = Clock(tell)
    cv, seen = clock.step("Read the CV", lambda: inputs.read_cv(cv_name), lambda r: cv_words(r[0]))
    offer, noticed = clock.step(
        "Read the offer",
        lambda: inputs.offer_of(offer_name, at=at),
        lambda r: offer_words(r[0]),
    )
    before = clock.step("Score", lambda: score(cv, offer, at=at), score_words)
    tailoring = Tailoring(writer=OfflineWriter())
    draft = clock.step(
        "Propose and verify",
        lambda: asyncio.run(tailoring.draft(cv, offer, at=at)),
        lambda made: proposals_words(made.proposals),
    )
    supported = [each for each in draft.proposals if each.verdict == "supported"]
    decisions = [Decision(id=each.id, action="accept") for each in supported]
    reviewed = clock.step(
        "Review: accept all",
        lambda: review(cv, cv, draft.proposals, decisions),
        reviewed_words,
    )
    after = clock.step("Score again", lambda: score(reviewed.cv, offer, at=at), score_words)
    return Outcome(
        cv=cv,
        offer=offer,
        proposals=reviewed.proposals,
        reviewed=reviewed,
        before=before,
        after=after,
        steps=tuple(clock.steps),
        findings=(*seen, *noticed),
    )


def write_outcome(
    outcome: Outcome, folder: Path, *, template: str, tell: Callable[[Step], None]
) -> list[Path]:
    """Write the new CV in each format, the offer, the scores and the proposals into `folder`.

    Raises:
        FileNotWritable: the folder cannot be made or written.
    """
    from cvweb.adapters.files.export import export_cv

    make_folder(folder)
    clock = Clock(tell)
    written: list[Path] = []
    for format in COPIES:
        exported = clock.step(
            f"Export {format.upper()}",
            partial(export_cv, outcome.reviewed.cv, format, template=template),
            lambda made: f"{len(made.data):,} bytes",
        )
        written.append(folder / f"cv.{format}")
        write_bytes(written[-1], exported.data)
    for name, value in documents(outcome).items():
        written.append(folder / name)
        write_bytes(written[-1], msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n")
    return written


def documents(outcome: Outcome) -> dict[str, Any]:
    """The JSON files that go beside the new CV."""
    return {
        "cv-before.json": to_json_resume(outcome.cv),
        "offer.json": outcome.offer,
        "score.json": {"before": outcome.before, "after": outcome.after},
        "proposals.json": outcome.proposals,
    }


def as_json(outcome: Outcome) -> dict[str, Any]:
    """The whole job as one document."""
    return {
        "proposals": outcome.proposals,
        "scoreBefore": outcome.before,
        "scoreAfter": outcome.after,
        "cv": to_json_resume(outcome.reviewed.cv),
        "findings": outcome.findings,
        "steps": [{"name": each.name, "seconds": round(each.seconds, 4)} for each in outcome.steps],
    }


def cv_words(cv: Cv) -> str:
    """A CV in one line."""
    skills = sum(len(group.keywords) or 1 for group in cv.skills)
    parts = [cv.basics.name or "no name", counted(len(cv.work), "job"), counted(skills, "skill")]
    return ", ".join(parts)


def offer_words(offer: Offer) -> str:
    """An offer in one line."""
    named = " at ".join(part for part in (offer.title, offer.company) if part) or "no title"
    return f"{named}, {counted(len(offer.requirements), 'requirement')}, {offer.status}"


def score_words(result: Score) -> str:
    """A score in one line."""
    if result.value is None:
        return "nothing can be checked"
    met = sum(each.state == "met" for each in result.criteria)
    return f"{result.value} of 100, {met} of {len(result.criteria)} criteria met"


def proposals_words(proposals: tuple[Proposal, ...]) -> str:
    """A draft in one line."""
    refused = sum(each.verdict == "refused" for each in proposals)
    return f"{counted(len(proposals), 'proposal')}, {refused} refused by the verifier"


def reviewed_words(reviewed: Reviewed) -> str:
    """A review in one line."""
    accepted = sum(each.state == "accepted" for each in reviewed.results)
    return f"{accepted} accepted, new version {cv_hash(reviewed.cv)[:12]}"


def counted(number: int, noun: str) -> str:
    """A number with its noun."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
