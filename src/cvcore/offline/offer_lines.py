"""One line of an offer as the requirements it states: skills, years, degree, languages, others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from cvcore.offers.model import Necessity, Requirement, RequirementKind
from cvcore.offline.offer_sections import Section
from cvcore.offline.offer_terms import degree_in, fluency_in, speaks_of_degree, years_in
from cvcore.offline.offer_wording import fold, wording
from cvcore.skills import Found, find_skills, lexicon

TEXT_CHARACTERS_MAX = 400
OTHER_CHARACTERS_MAX = 220

STATED: frozenset[Section] = frozenset({"required", "preferred", "education"})
"""The parts in which every line asks something, whatever its wording."""

_CLAUSES = re.compile(r"[;()\[\]]|(?<=[a-z])\.\s|\s[–—-]\s")
_AND = re.compile(r"[\s,/&+()]*(?:\b(?:and|et|und|y|e|i|a)\b)?[\s,/&+()]*")
_OR = re.compile(r"[\s,/()]*\b(?:or|ou|oder|nebo|lub|o|and/or|et/ou)\b[\s,/()]*")
_SUCH_AS = re.compile(
    r"[\s,:(]*"
    r"(?:\be\.?g\.?|such as|tels? que|telles? que|par exemple|\blike|comme|one of|at least one of|"
    r"any of|either|l'un des?|l'une des?|z\.?b\.?)[\s,:(]*$"
)
_SEPARATORS = re.compile(r"[\s,;/|•&.()+:-]|\b(?:and|et|or|ou)\b")


_OF_PROSE = frozenset({"software", "infrastructure", "data"})
"""Trades whose fields go by words that any sentence about the work has: API, cloud, data."""


class Line:
    """One sentence or item: its words, the part it stands in, and what the lexicon finds in it."""

    def __init__(self, text: str, section: Section) -> None:
        self.text, self.section = text, section
        self.folded = fold(text)
        named = find_skills(text)
        self.found = _distinct(_with_skills_of_titles(text, named))
        self.named = frozenset(one.skill for one in named)
        self.necessity = necessity_of(self.folded, section)

    @property
    def is_stated(self) -> bool:
        """Whether the line stands among the requirements."""
        return self.section in STATED

    @property
    def asks(self) -> bool:
        """Whether the words themselves ask something of a candidate."""
        return wording("ask asks").search(self.folded) is not None

    def of_kind(self, kind: str) -> list[Found]:
        """What was found of one kind, each term once, in the order of the line."""
        return [one for one in self.found if one.kind == kind]


def necessity_of(folded: str, section: Section) -> Necessity:
    """Required unless the part or the (folded) words say otherwise; the words win over the part."""
    if wording("ask preferred").search(folded):
        return "preferred"
    if section == "preferred" and not wording("ask required").search(folded):
        return "preferred"
    return "required"


def asked_in(line: Line) -> Iterator[Requirement]:
    """Everything that `line` asks, without ids; nothing where it only tells."""
    soft = line.of_kind("soft")
    hard = [one for one in line.of_kind("hard") if not _is_field_of_study(line, one)]
    if not line.is_stated and not hard and not line.asks:
        return
    if line.text.endswith(":") and not line.found and years_in(line.text) is None:
        return
    facts = list(_facts(line, hard))
    yield from facts
    if any(one.kind == "experience" for one in facts):
        hard = [one for one in hard if one.skill in line.named or not _is_field(one)]
    yield from _skills(line, hard)
    if soft and (line.is_stated or line.asks):
        yield draft(line, "softSkill", soft)
    nothing = not (facts or hard or soft) and not wording("experience none").search(line.folded)
    if nothing and line.is_stated and len(line.text) <= OTHER_CHARACTERS_MAX:
        yield draft(line, "other", [])


def skills_in(line: Line, seen: set[str]) -> Iterator[Requirement]:
    """The hard skills of a line that are not `seen` yet, as one requirement; they are seen then."""
    fresh = [one for one in line.of_kind("hard") if one.skill not in seen]
    seen.update(one.skill for one in fresh)
    if fresh:
        yield draft(line, "skill", fresh)


def skills_of_duty(line: Line, seen: set[str]) -> Iterator[Requirement]:
    """As `skills_in`, of a line that tells what is done: a field that it names in a word of its
    prose ("our shipment API") is what the work is about, not a skill it asks."""
    line.found = [one for one in line.found if not _is_vague(line, one)]
    return skills_in(line, seen)


def _is_field(found: Found) -> bool:
    """Whether a skill is a field of work ("backend development"), not a thing of its own."""
    return found.name.split()[-1].islower()


def _is_vague(line: Line, found: Found) -> bool:
    term = lexicon().get(found.skill)
    is_word = len(line.text[found.start : found.end].split()) == 1
    return is_word and _is_field(found) and term is not None and term.trade in _OF_PROSE


def draft(
    line: Line,
    kind: RequirementKind,
    found: Iterable[Found],
    *,
    necessity: Necessity | None = None,
    level: str | None = None,
    any_of: bool = False,
    text: str | None = None,
) -> Requirement:
    """A requirement with the line's words, yet without its id."""
    return Requirement(
        id="",
        text=_short(text or line.text),
        kind=kind,
        skills=tuple(one.skill for one in found),
        necessity=necessity or line.necessity,
        level=level,
        any_of=any_of,
    )


def _facts(line: Line, hard: Sequence[Found]) -> Iterator[Requirement]:
    """Years, degree, languages and certificates that the line states; what may stand instead of
    another is asked of nobody."""
    if wording("ask instead").search(line.folded):
        return
    years = years_in(line.text, is_asked=line.is_stated)
    if years is not None:
        first = next(iter(_necessities(line, hard)), line.necessity)
        yield draft(line, "experience", hard, level=str(years.low), necessity=first)
    elif _asks_experience(line):
        yield draft(line, "experience", hard)
    degree = degree_in(line.text)
    is_certain = wording("ask required").search(line.folded) is not None
    if degree is not None or (
        (line.section == "education" or is_certain) and speaks_of_degree(line.text)
    ):
        degrees, any_of = line.of_kind("degree"), len(line.of_kind("degree")) > 1
        is_replaceable = wording("ask or-experience").search(line.folded) is not None
        yield draft(
            line, "education", degrees, level=degree, any_of=any_of,
            necessity="preferred" if is_replaceable else None,
        )  # fmt: skip
    for spoken in line.of_kind("language"):
        yield draft(line, "language", [spoken], level=_fluency(line, spoken))
    is_certain = is_certain or line.is_stated
    if degree is None and is_certain and wording("ask certification").search(line.folded):
        yield draft(line, "certification", hard)


def _asks_experience(line: Line) -> bool:
    """Whether a line asks for experience without a number of years."""
    if wording("experience none").search(line.folded):
        return False
    return wording("experience asked").search(line.folded) is not None


def _fluency(line: Line, spoken: Found) -> str | None:
    """The level beside a language: within its own commas, else anywhere in the line."""
    before = re.split(r"[,;/]|\band\b|\bet\b", line.text[: spoken.start])[-1]
    after = re.split(r"[,;/]|\band\b|\bet\b", line.text[spoken.end :])[0]
    named = line.text[spoken.start : spoken.end]
    return fluency_in(f"{before}{named}{after}") or fluency_in(line.text)


def _skills(line: Line, hard: Sequence[Found]) -> Iterator[Requirement]:
    """The hard skills of a line: alternatives together, a plain list one by one, others as one;
    the merely welcome ones apart ("Python (Django a plus)")."""
    is_list = _is_list(line.text, hard)
    for necessity, many in _necessities(line, hard).items():
        alone: list[Found] = []
        for run, any_of in _runs(line, many):
            if any_of:
                yield draft(line, "skill", run, necessity=necessity, any_of=True)
            elif is_list:
                for one in run:
                    words = line.text[one.start : one.end]
                    yield draft(line, "skill", [one], necessity=necessity, text=words)
            else:
                alone += run
        if alone:
            yield draft(line, "skill", alone, necessity=necessity)


def _is_field_of_study(line: Line, found: Found) -> bool:
    """Whether a skill is only what a degree is in ("a Bachelor's in computer science")."""
    clause = _clause(line.text, found)
    return degree_in(clause) is not None and years_in(clause, is_asked=True) is None


def _necessities(line: Line, hard: Sequence[Found]) -> dict[Necessity, list[Found]]:
    """The skills by necessity, clause by clause where the line calls some of them a plus."""
    if line.necessity == "required" or line.section == "preferred" or not hard:
        return {line.necessity: list(hard)} if hard else {}
    groups: dict[Necessity, list[Found]] = {}
    for one in hard:
        clause = fold(_clause(line.text, one))
        groups.setdefault(necessity_of(clause, line.section), []).append(one)
    return groups if "preferred" in groups else {"preferred": list(hard)}


def _clause(text: str, found: Found) -> str:
    start, end = 0, len(text)
    for cut in _CLAUSES.finditer(text):
        if cut.end() <= found.start:
            start = cut.end()
        elif cut.start() >= found.end:
            end = cut.start()
            break
    return text[start:end]


def _runs(line: Line, many: Sequence[Found]) -> Iterator[tuple[list[Found], bool]]:
    """The skills enumerated together, and whether one of them is enough ("React or Vue").

    What examples are given for counts as one of them ("message brokers such as Kafka").
    """
    run: list[Found] = []
    is_any = False
    for one in many:
        gap = fold(line.text[run[-1].end : one.start]) if run else ""
        if run and _SUCH_AS.fullmatch(gap):
            if run[:-1]:
                yield run[:-1], is_any and len(run) > 2
            run, is_any = [run[-1]], True
        elif run and not _AND.fullmatch(gap) and not _OR.fullmatch(gap):
            yield run, is_any and len(run) > 1
            run, is_any = [], _is_example(line, one)
        elif not run:
            is_any = _is_example(line, one)
        is_any = is_any or bool(run and _OR.fullmatch(gap))
        run.append(one)
    if run:
        yield run, is_any and len(run) > 1


def _is_example(line: Line, first: Found) -> bool:
    return _SUCH_AS.search(fold(line.text[max(0, first.start - 30) : first.start])) is not None


def _is_list(text: str, found: Sequence[Found]) -> bool:
    named = sum(one.end - one.start for one in found)
    return len(found) >= 3 and named >= 0.55 * len(_SEPARATORS.sub("", text))


def _with_skills_of_titles(text: str, found: Sequence[Found]) -> Iterator[Found]:
    """What was found, and the skills within the titles: a "Python developer" knows Python."""
    for one in found:
        words = [match.span() for match in re.finditer(r"[^\s-]+", text[one.start : one.end])]
        if one.kind == "title" and len(words) > 1:
            for begin, end in ((words[0][0], words[-2][1]), (words[1][0], words[-1][1])):
                at = one.start + begin
                for part in find_skills(text[at : one.start + end]):
                    if part.kind == "hard":
                        yield Found(at + part.start, at + part.end, part.skill, part.name, "hard")
        yield one


def _distinct(found: Iterable[Found]) -> list[Found]:
    first: dict[str, Found] = {}
    for one in found:
        first.setdefault(one.skill, one)
    return list(first.values())


def _short(text: str) -> str:
    text = text.strip(" •-–;,")
    if len(text) <= TEXT_CHARACTERS_MAX:
        return text
    return text[: TEXT_CHARACTERS_MAX - 1].rsplit(" ", 1)[0] + "…"
