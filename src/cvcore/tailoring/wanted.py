"""What an offer asks that the lexicon knows, in the offer's words, and where a CV shows it."""

from __future__ import annotations

import msgspec

from cvcore.cv.model import Cv
from cvcore.cv.text import TextAt, texts
from cvcore.offers.model import Offer
from cvcore.scoring.model import Score
from cvcore.skills import Found, find_skills, lexicon
from cvcore.versions.model import Citation
from cvcore.versions.reviewing import origin_of

QUOTE_CHARACTERS_MAX = 200
KINDS = frozenset({"skill", "softSkill", "certification"})


class Wanted(msgspec.Struct, frozen=True):
    """One skill that the offer asks: the requirement, the offer's words for it, what it weighs."""

    skill: str
    requirement: str
    name: str
    weight: float


class Seen(msgspec.Struct, frozen=True):
    """A term in a text of the CV."""

    at: TextAt
    found: Found

    @property
    def words(self) -> str:
        """The words as they stand in the CV."""
        return self.at.text[self.found.start : self.found.end]

    @property
    def citation(self) -> Citation:
        """The words around the term, letter for letter."""
        return Citation(path=self.at.path, quote=quoted(self.at.text, self.found))

    @property
    def section(self) -> str:
        """The section the text is in."""
        return self.at.path.partition("[")[0].partition(".")[0]


def wanted_skills(offer: Offer, score: Score) -> tuple[Wanted, ...]:
    """The skills that `offer` asks, each once, the weightiest first."""
    weights = {each.requirement: each.weight for each in score.criteria}
    found: dict[str, Wanted] = {}
    for requirement in offer.requirements:
        if requirement.kind not in KINDS:
            continue
        words = {one.skill: requirement.text[one.start : one.end]
                 for one in find_skills(requirement.text)}  # fmt: skip
        for skill in requirement.skills:
            term = lexicon().get(skill)
            weight = weights.get(requirement.id, 0.0) / max(len(requirement.skills), 1)
            if term is not None and (skill not in found or found[skill].weight < weight):
                name = words.get(skill, term.name)
                found[skill] = Wanted(skill, requirement.id, name, weight)
    return tuple(sorted(found.values(), key=lambda each: (-each.weight, each.skill)))


def seen_in(cv: Cv) -> tuple[Seen, ...]:
    """Every term in the CV's texts that a person wrote, in reading order."""
    return tuple(
        Seen(at, found)
        for at in texts(cv)
        if at.kind == "text" and origin_of(cv.origins, at.path) != "model"
        for found in find_skills(at.text)
    )


def quoted(text: str, found: Found) -> str:
    """The words around a term, at most 200 characters, cut between words, letter for letter."""
    if len(text) <= QUOTE_CHARACTERS_MAX:
        return text
    room = (QUOTE_CHARACTERS_MAX - (found.end - found.start)) // 2
    start = max(found.start - room, 0)
    end = min(found.end + room, len(text))
    if start:
        start = text.find(" ", start, found.start) + 1 or found.start
    if end < len(text):
        cut = text.rfind(" ", found.end, end)
        end = cut if cut > 0 else found.end
    return text[start:end]
