"""How far a CV shows one skill: where it stands, how long ago, for how long, or what is akin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from cvcore.scoring.dates import months_in
from cvcore.scoring.facts import Facts, Hit, Place
from cvcore.scoring.overlap import Stretch
from cvcore.skills import Term, lexicon

STRENGTH: dict[Place, float] = {
    "job": 1.0,
    "job_list": 0.7,
    "undated": 0.75,
    "undated_list": 0.45,
    "profile": 0.4,
    "study": 0.4,
    "list": 0.28,
}
"""What a skill counts by its place: told of a dated job fully, only listed at most half."""
CLAIMS: frozenset[Place] = frozenset({"undated_list", "profile", "study", "list"})
"""Places that only claim: what rests on them alone shares one cap."""

DATED: frozenset[Place] = frozenset({"job", "job_list"})

BROADER_SHARE = 0.6
"""Who shows the whole ("Hadoop") may know the part asked ("Hive")."""
SIBLING_SHARE = 0.5
FAMILY_SHARE = 0.4
"""What a related skill of the same family counts (MySQL for PostgreSQL)."""
LOOSE_FAMILIES = frozenset({"software-engineering", "field", "business", "management"})

_RECENCY = ((24, 1.0), (60, 0.95), (120, 0.85))
_OLD = 0.7
_LENGTH = ((6, 0.85), (24, 0.95))
_LONG = 1.0
_QUOTES_MAX = 3


class Shown(msgspec.Struct, frozen=True):
    """How far something is shown, by which rule, with the words that show it. `proven` of the
    strength is told of in work; the rest only claimed."""

    strength: float
    rule: str
    hits: tuple[Hit, ...] = ()
    proven: float = 0.0

    @property
    def claimed(self) -> float:
        """The share of the strength that rests on lists and headlines alone."""
        return max(self.strength - self.proven, 0.0)


NOTHING = Shown(strength=0.0, rule="none")


def best(many: Iterable[Shown]) -> Shown:
    """The strongest, with the most that any of them proves; of equals the better proven."""
    shown = list(many)
    if not shown:
        return NOTHING
    top = max(shown, key=lambda one: (one.strength, one.proven))
    proven = max(one.proven for one in shown)
    return top if proven == top.proven else msgspec.structs.replace(top, proven=proven)


def usable(hits: Iterable[Hit], copied: Mapping[str, tuple[Stretch, ...]]) -> tuple[Hit, ...]:
    """The hits that do not stand in words copied from the offer."""
    if not copied:
        return tuple(hits)
    return tuple(
        hit
        for hit in hits
        if not any(start < hit.end and hit.start < end for start, end in copied.get(hit.path, ()))
    )


SOFT: dict[Place, float] = {
    "job": 0.8,
    "job_list": 0.3,
    "undated": 0.6,
    "undated_list": 0.2,
    "profile": 0.2,
    "study": 0.15,
    "list": 0.15,
}
"""What a soft skill counts by its place: who only says so proves next to nothing."""


def show_skill(skill: str, facts: Facts, copied: Mapping[str, tuple[Stretch, ...]]) -> Shown:
    """How far the CV shows `skill`: itself or a part of it, the whole it is part of, or its kin."""
    lex = lexicon()
    term = lex.get(skill)
    if term is None:
        return NOTHING
    own = [skill, *lex.parts_of(skill)]
    if term.kind == "soft":
        return _shown(_hits(own, facts, copied), facts, share=1.0, rule="soft", worths=SOFT)
    exact = _shown(_hits(own, facts, copied), facts, share=1.0, rule="skill")
    if exact.strength >= BROADER_SHARE or term.kind == "degree":
        return exact
    return best((exact, *_akin(term, facts, copied)))


def _akin(term: Term, facts: Facts, copied: Mapping[str, tuple[Stretch, ...]]) -> Iterable[Shown]:
    lex = lexicon()
    if term.broader:
        whole = _hits([term.broader], facts, copied)
        yield _shown(whole, facts, share=BROADER_SHARE, rule="broader")
        siblings = [one for one in lex.parts_of(term.broader) if one != term.id]
        yield _shown(_hits(siblings, facts, copied), facts, share=SIBLING_SHARE, rule="family")
    if term.kind == "hard" and term.family not in LOOSE_FAMILIES:
        kin = [
            hit
            for hits in facts.families.get(term.family, ())
            if hits[0].term != term.id
            for hit in hits
        ]
        yield _shown(usable(kin, copied), facts, share=FAMILY_SHARE, rule="family")


def _hits(
    skills: Iterable[str], facts: Facts, copied: Mapping[str, tuple[Stretch, ...]]
) -> tuple[Hit, ...]:
    found = [hit for skill in skills if skill in facts.hits for hit in facts.hits[skill]]
    return usable(found, copied)


def _shown(
    hits: tuple[Hit, ...],
    facts: Facts,
    *,
    share: float,
    rule: str,
    worths: Mapping[Place, float] = STRENGTH,
) -> Shown:
    if not hits:
        return NOTHING
    worth = {id(hit): worths[hit.place] * share for hit in hits}
    dated = [hit for hit in hits if hit.span is not None and hit.place in DATED]
    if dated:
        scaled = scale(dated, facts)
        worth.update({id(hit): worth[id(hit)] * scaled for hit in dated})
    ranked = sorted(hits, key=lambda hit: (-worth[id(hit)], -_end(hit), hit.path, hit.start))
    proven = max((worth[id(hit)] for hit in hits if hit.place not in CLAIMS), default=0.0)
    suffix = "listed" if ranked[0].place in CLAIMS else "used"
    kept = {hit.path: hit for hit in reversed(ranked[:_QUOTES_MAX])}
    return Shown(
        strength=worth[id(ranked[0])],
        rule=f"{rule}_{suffix}",
        hits=tuple(reversed(kept.values())),
        proven=proven,
    )


def _end(hit: Hit) -> int:
    return hit.span.end if hit.span is not None else 0


def scale(hits: Iterable[Hit], facts: Facts) -> float:
    """0.6 to 1 by how long ago something was last used and for how many months in all."""
    spans = [hit.span for hit in hits if hit.span is not None]
    ago = facts.at - max(span.end for span in spans)
    recency = next((value for months, value in _RECENCY if ago <= months), _OLD)
    months = months_in(spans)
    length = next((value for fewer, value in _LENGTH if months < fewer), _LONG)
    return recency * length
