"""How far a CV shows a trade by its titles."""

from __future__ import annotations

import re

from cvcore.scoring.criteria import Asked, Demand
from cvcore.scoring.facts import Facts, Hit, Place
from cvcore.scoring.nearness import Copied
from cvcore.scoring.skillmatch import CLAIMS, Shown, best, scale, usable
from cvcore.skills import lexicon
from cvcore.skills.fold import fold

TITLE_STRENGTH: dict[Place, float] = {
    "job": 1.0,
    "job_list": 1.0,
    "undated": 0.9,
    "undated_list": 0.9,
    "profile": 0.6,
    "study": 0.5,
    "list": 0.4,
}
SAME_TITLE, SAME_FAMILY, SAME_TRADE = 1.0, 0.6, 0.2
"""What the same title counts, one of its family, one of the same trade at large."""
WORDS_SHARE = 0.7
"""What the words of a title count where the lexicon does not know it."""

_WORD = re.compile(r"[a-z][a-z0-9+#]{2,}")
_HOLLOW = frozenset(
    ("and", "the", "for", "with", "senior", "junior", "lead", "confirme", "chef", "one", "two")
)
_HOLLOW |= {"remote", "hybrid", "full", "time", "part", "cdi", "cdd", "des", "les", "pour", "avec"}


def show_title(asked: Asked, demand: Demand, facts: Facts, copied: Copied) -> Shown:
    """Whether the person has done this trade: the title, its family, its trade, or its words."""
    lex = lexicon()
    wanted = [term for one in demand.titles if (term := lex.get(one.skill))]
    shown = []
    for hit in usable(facts.titles, copied):
        held = lex.get(hit.term)
        if held is None:
            continue
        for term in wanted:
            if held.id == term.id:
                share, rule = SAME_TITLE, "title"
            elif held.family == term.family:
                share, rule = SAME_FAMILY, "title_family"
            elif held.trade == term.trade:
                share, rule = SAME_TRADE, "title_trade"
            else:
                continue
            shown.append(_titled(hit, facts, share=share, rule=rule))
    if not wanted or not shown:
        shown += _by_words(asked.text, facts, copied)
    return best(shown)


def _titled(hit: Hit, facts: Facts, *, share: float, rule: str) -> Shown:
    strength = TITLE_STRENGTH[hit.place] * share
    if not hit.is_title_field:
        strength *= 0.8
    if hit.span is not None:
        strength *= scale([hit], facts)
    proven = strength if hit.place not in CLAIMS else 0.0
    return Shown(strength=strength, rule=rule, hits=(hit,), proven=proven)


def _by_words(title: str, facts: Facts, copied: Copied) -> list[Shown]:
    wanted = _content(title)
    if not wanted:
        return []
    shown = []
    for hit in usable(facts.positions, copied):
        shared = wanted & _content(hit.quote)
        if shared:
            share = WORDS_SHARE * len(shared) / len(wanted)
            shown.append(_titled(hit, facts, share=share, rule="title_words"))
    return shown


def _content(text: str) -> set[str]:
    return {word for word in _WORD.findall(fold(text)) if word not in _HOLLOW}
