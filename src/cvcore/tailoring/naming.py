"""Drafts that name a skill: as the offer names it, or so that it cannot be misread."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cvcore.cv.text import texts
from cvcore.skills import Term, find_skills, lexicon
from cvcore.skills.fold import fold
from cvcore.tailoring.sketch import Sketch
from cvcore.tailoring.wanted import Seen, Wanted
from cvcore.versions.model import Citation, Proposal
from cvcore.versions.reviewing import origin_of

ALIASES_MAX = 8
MET = 0.85


def alias_proposals(sketch: Sketch) -> Iterator[Proposal]:
    """The offer's name for a skill beside the CV's, once per skill: in its list, else in a job."""
    said = [fold(each.text) for each in texts(sketch.cv)]
    made = 0
    for wanted in sketch.wanted:
        seen = [each for each in sketch.seen_of(wanted.skill) if each.section in _NAMING]
        seen.sort(key=lambda each: _NAMING.index(each.section))
        if not seen or made == ALIASES_MAX or any(_has(text, wanted.name) for text in said):
            continue
        chosen = seen[0]
        if _is_variant(chosen.words, wanted.name):
            continue
        made += 1
        yield _renamed(sketch, chosen, wanted)


_NAMING = ("skills", "work", "projects")


def _has(folded: str, name: str) -> bool:
    return re.search(rf"(?<![\w]){re.escape(fold(name))}(?![\w])", folded) is not None


def _is_variant(words: str, name: str) -> bool:
    """Whether a name says the other already, or differs in letters that no reader minds."""
    one, other = (re.sub(r"[\W_]", "", fold(each)).rstrip("s") for each in (words, name))
    return other in one


def _renamed(sketch: Sketch, seen: Seen, wanted: Wanted) -> Proposal:
    text, found = seen.at.text, seen.found
    both = f"{_as_written(wanted.name, seen.words)} ({seen.words})"
    return Proposal(
        id="",
        path=seen.at.path,
        op="replace",
        before=text,
        after=f"{text[: found.start]}{both}{text[found.end :]}",
        reason=sketch.reason("alias", name=wanted.name, words=seen.words),
        criterion=wanted.requirement,
        citations=(seen.citation,),
    )


def _as_written(name: str, words: str) -> str:
    """The offer's name with a capital where the CV's words have one."""
    if words[:1].isupper() and name.islower():
        return name[:1].upper() + name[1:]
    return name


def plain_proposals(sketch: Sketch) -> Iterator[Proposal]:
    """A name that is also a common word, made plain in the job that uses it.

    Only where the CV lists the skill by a name that can mean nothing else, and writes the word in
    the job with its very letters.
    """
    strengths = {each.requirement: each.strength for each in sketch.score.criteria}
    for wanted in sketch.wanted:
        term = lexicon().get(wanted.skill)
        listed = [each for each in sketch.seen_of(wanted.skill) if each.section == "skills"]
        is_weak = strengths.get(wanted.requirement, 0.0) < MET
        if term is not None and listed and is_weak:
            proposal = _made_plain(sketch, wanted, term, listed[0])
            if proposal is not None:
                yield proposal


def _made_plain(sketch: Sketch, wanted: Wanted, term: Term, listed: Seen) -> Proposal | None:
    for word in dict.fromkeys((listed.words, term.name, *term.aliases)):
        if fold(word) not in lexicon().contexts or not word[:1].isupper():
            continue
        pattern = re.compile(rf"(?<![\w+#.]){re.escape(word)}(?![\w+#])")
        for at in texts(sketch.cv):
            is_own = origin_of(sketch.cv.origins, at.path) != "model"
            if at.kind != "text" or not at.path.startswith(("work[", "projects[")) or not is_own:
                continue
            match = pattern.search(at.text, 1)
            if match is None or any(one.skill == term.id for one in find_skills(at.text)):
                continue
            after, name = _plainly(at.text, match, term)
            if after is None:
                continue
            return Proposal(
                id="",
                path=at.path,
                op="replace",
                before=at.text,
                after=after,
                reason=sketch.reason("plain", words=word, name=name),
                criterion=wanted.requirement,
                citations=(Citation(path=at.path, quote=at.text), listed.citation),
            )
    return None


def _plainly(text: str, match: re.Match[str], term: Term) -> tuple[str | None, str]:
    """`text` with a name of `term` that the lexicon finds there; None where it has none."""
    for name in (term.name, *term.aliases):
        both = name if _has(fold(name), match[0]) else f"{match[0]} ({name})"
        after = f"{text[: match.start()]}{both}{text[match.end() :]}"
        if both != match[0] and any(one.skill == term.id for one in find_skills(after)):
            return after, name
    return None, ""
