"""A score and its receipt: every point names the requirement, the evidence and the rule."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from cvcore.offers.model import Necessity

State = Literal["met", "partial", "missing", "unverifiable"]
Dimension = Literal["technicalSkills", "experience", "education", "softSkillsLanguages"]
Status = Literal["idle", "running", "done", "failed"]

WEIGHTS: dict[Dimension, int] = {
    "technicalSkills": 35,
    "experience": 30,
    "education": 20,
    "softSkillsLanguages": 15,
}
"""What each part weighs, in percent, before what the offer does not state is left out."""


class Part(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What every part of a score has: keywords only, camelCase on the wire."""


class Evidence(Part, frozen=True, kw_only=True):
    """Words of the CV: `quote` stands, letter for letter, in the text at `path`."""

    path: str
    quote: str


class Match(Part, frozen=True, kw_only=True):
    """What a matcher found for one requirement, before any point is given.

    `strength` 0..1 says how fully the evidence answers the requirement; `claimed` is the share of
    it that rests on lists and headlines alone, of which all criteria together earn no more than a
    cap. `rule` names how it was found (`skill_used`, `skill_listed`, `family`, `years`, `degree`,
    ...); `missing` are the ids of the skills that nothing was found for.
    """

    requirement: str
    strength: float
    rule: str
    evidence: tuple[Evidence, ...] = ()
    verifiable: bool = True
    claimed: float = 0.0
    missing: tuple[str, ...] = ()


class Criterion(Part, frozen=True, kw_only=True):
    """One line of the receipt. `weight` and `earned` are points of the 100; `requirement` is the
    requirement's id and `text` its words. `strength` and `claimed` are the match's, so that every
    point can be computed again from this line."""

    requirement: str
    text: str
    dimension: Dimension
    necessity: Necessity
    state: State
    weight: float
    earned: float
    rule: str
    evidence: tuple[Evidence, ...] = ()
    strength: float = 0.0
    claimed: float = 0.0


class SubScore(Part, frozen=True, kw_only=True):
    """0..100 or None where the offer states nothing to check; `weight` in percent, renormalised."""

    value: float | None
    weight: float


class Suggestion(Part, frozen=True, kw_only=True):
    """What would help: `gain` is exactly the points it adds if it is true and shown. `claimable`
    says that this CV already has words to build on; otherwise only a new fact can close the gap."""

    title: str
    detail: str
    gain: float
    criterion: str | None = None
    claimable: bool = False


class Flag(Part, frozen=True, kw_only=True):
    """Something seen that earned no points (`pasted_offer`, `listed_not_used`, ...)."""

    code: str
    detail: str
    path: str | None = None


class Receipt(Part, frozen=True, kw_only=True):
    """All that the score depends on. `at` is the first day of a UTC month."""

    engine: str
    lexicon: str
    weights: dict[str, int]
    at: date
    cv_hash: str
    offer_hash: str
    matcher: str


class Score(Part, frozen=True, kw_only=True):
    """How well a CV matches an offer: `value` 0..100, None where nothing can be checked; `exact`
    is the same unrounded, and the sum of what the criteria earned."""

    value: int | None
    exact: float | None
    breakdown: dict[str, SubScore]
    criteria: tuple[Criterion, ...]
    matching_skills: tuple[str, ...]
    missing_skills: tuple[str, ...]
    suggestions: tuple[Suggestion, ...]
    flags: tuple[Flag, ...]
    receipt: Receipt
