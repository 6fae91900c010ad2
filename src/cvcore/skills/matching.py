"""Finding terms in a text: one pass over its words, the longest name wins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cvcore.skills.fold import fold, fold_with_places
from cvcore.skills.model import Context, Found, Term
from cvcore.skills.names import feminine, spellings

_WORD = re.compile(r"[a-z0-9]+(?:\+\+|#|\+(?![a-z0-9]))?")
_JOINED = re.compile(r"\s*[-‐‑–/._&'’+*]?\s*")
_LIST_GAP = re.compile(r"[\s,;/|()•·*&+:\[\]–—‐-]*(?:\b(?:and|or|et|ou|und|y|e|o)\b[\s,(]*)?")
_ADDRESS = re.compile(r"://|@|\bwww\.")
_ADDRESS_CHARACTERS_MAX = 200
_END = ""
_ONLY_IN_A_LIST = Context()

Span = tuple[int, int, Term, Context | None]
"""First and last character (half-open) in the folded text, the term, its context if ambiguous."""


class Matcher:
    """Finds the terms of one lexicon; built once, then only read."""

    def __init__(self, terms: Iterable[Term], contexts: Mapping[str, Context]) -> None:
        self._first: dict[str, dict[str, Any]] = {}
        for term in terms:
            for name in (term.name, *term.aliases, *term.names_fr):
                context = contexts.get(fold(name), _usual_context(term, name))
                for spelling in spellings(name):
                    self._add(spelling, term, context, is_dotted=name.startswith("."))
                    if term.kind == "title" and name in term.names_fr:
                        for other in feminine(spelling):
                            self._add(other, term, context, is_dotted=False)

    def _add(
        self, words: tuple[str, ...], term: Term, context: Context | None, *, is_dotted: bool
    ) -> None:
        node = self._first
        for word in words:
            node = node.setdefault(word, {})
        node.setdefault(_END, (term, context, is_dotted))  # type: ignore[arg-type] # leaf

    def find(self, text: str) -> list[Found]:
        """The terms in `text`, in its order, none overlapping another."""
        folded, places = fold_with_places(text)
        spans = [span for span in self._spans(folded) if not _is_in_address(folded, span)]
        found = []
        for start, end, term, _ in _in_context(folded, spans):
            if places is None:
                at, to = start, end
            else:
                at, to = places.of(start), places.of(end - 1) + 1
            found.append(Found(at, to, term.id, term.name, term.kind))
        return found

    def _spans(self, folded: str) -> list[Span]:
        first = self._first
        words = _WORD.findall(folded)
        begun = [place for place, word in enumerate(words) if word in first]
        if not begun:
            return []
        places = [match.span() for match in _WORD.finditer(folded)]
        spans: list[Span] = []
        beyond = 0
        for place in begun:
            if place < beyond:
                continue
            longest = self._longest(folded, words, places, place)
            if longest is not None:
                span, beyond = longest
                spans.append(span)
        return spans

    def _longest(
        self, folded: str, words: Sequence[str], places: Sequence[tuple[int, int]], begin: int
    ) -> tuple[Span, int] | None:
        node = self._first[words[begin]]
        start, end = places[begin]
        best: tuple[Span, int] | None = None
        place = begin
        while True:
            entry = node.get(_END)
            if entry is not None:
                term, context, is_dotted = entry
                at = _dot_before(folded, start) if is_dotted else start
                if at is not None:
                    best = (at, end, term, context), place + 1
            place += 1
            if place == len(words):
                return best
            following = node.get(words[place])
            if following is None or not _JOINED.fullmatch(folded, end, places[place][0]):
                return best
            node, end = following, places[place][1]


def _usual_context(term: Term, name: str) -> Context | None:
    """A part's name that is one common word ("forge", "payments") counts only in context."""
    is_common_word = name.isalpha() and name == name.lower()
    return _ONLY_IN_A_LIST if term.broader and term.kind == "hard" and is_common_word else None


def _dot_before(folded: str, start: int) -> int | None:
    """Where the dot of `.NET` stands; None without one, or where it joins words (`example.net`)."""
    dot = start - 1
    if dot > 0 and folded[dot] == " ":
        dot -= 1
    if dot < 0 or folded[dot] != "." or (dot > 0 and folded[dot - 1].isalnum()):
        return None
    return dot


def _is_in_address(folded: str, span: Span) -> bool:
    """Whether the span stands within a URL or an e-mail address: no word of the person's."""
    start, end = span[0], span[1]
    before = folded[start - 1] if start else " "
    after = folded[end] if end < len(folded) else " "
    if before not in "./@:_-=&?" and after not in "./@:_-=&?":
        return False
    left = max(start - _ADDRESS_CHARACTERS_MAX, 0)
    head = folded[left:start].rsplit(maxsplit=1) if before.strip() else []
    tail = folded[end : end + _ADDRESS_CHARACTERS_MAX].split(maxsplit=1) if after.strip() else []
    chunk = (head[-1] if head else "") + folded[start:end] + (tail[0] if tail else "")
    return _ADDRESS.search(chunk) is not None


def _in_context(folded: str, spans: list[Span]) -> list[Span]:
    """The spans without the ambiguous ones that nothing around them speaks for."""
    if all(context is None for *_, context in spans):
        return spans
    sure = [_stands_alone(folded, span) for span in spans]
    for places in (range(len(spans)), range(len(spans) - 1, -1, -1)):
        for place in places:
            if sure[place] is None:
                sure[place] = _has_sure_neighbour(folded, spans, sure, place)
    return [span for span, is_sure in zip(spans, sure, strict=True) if is_sure]


def _stands_alone(folded: str, span: Span) -> bool | None:
    """Whether the span counts for what stands beside it; None where a neighbour must say."""
    start, end, _, context = span
    if context is None:
        return True
    before = _WORD.findall(folded, max(start - 40, 0), start)
    after = _WORD.search(folded, end, end + 40)
    last, following = before[-1] if before else "", after[0] if after else ""
    if last in context.not_before or following in context.not_after:
        return False
    if context.is_lenient or last in context.before or following in context.after:
        return True
    return True if _is_whole_text(folded, start, end) else None


def _is_whole_text(folded: str, start: int, end: int) -> bool:
    if len(folded) > end - start + _ADDRESS_CHARACTERS_MAX:
        return False
    return not (folded[:start].strip() or folded[end:].strip())


def _has_sure_neighbour(
    folded: str, spans: list[Span], sure: list[bool | None], place: int
) -> bool | None:
    """True where the next term in the same list is a sure skill; None where none is, yet."""
    start, end = spans[place][0], spans[place][1]
    gaps = []
    if place and sure[place - 1] and spans[place - 1][2].kind == "hard":
        gaps.append((spans[place - 1][1], start))
    if place + 1 < len(spans) and sure[place + 1] and spans[place + 1][2].kind == "hard":
        gaps.append((end, spans[place + 1][0]))
    return True if any(_LIST_GAP.fullmatch(folded, *gap) for gap in gaps) else None
