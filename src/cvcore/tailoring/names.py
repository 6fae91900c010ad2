"""Names in a text that no lexicon knows: whatever is written like one must stand in the CV."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cvcore.skills import Found
from cvcore.skills.fold import fold
from cvcore.tailoring.evidence import Scope, stem
from cvcore.tailoring.numbers import Covered, numbers_in
from cvcore.tailoring.wordlists import MONTHS, OPENERS, ORDINARY_ENDINGS, STOP
from cvcore.versions.model import RefusedClaim

ACRONYM_LETTERS_MAX = 5
NAME_CHARACTERS_MAX = 200
LEAD_CHARACTERS = 3
"""How many characters before a word are looked at for the end of a sentence."""

_TOKEN = re.compile(r"[^\s,;:()\[\]{}\"“”«»|·•/]+")
_SENTENCE_END = re.compile(r"(?:^|[.!?:;•·|\n(–—-]\s*)$")
_AT = frozenset({"at", "chez", "for", "pour", "by", "from"})


def unknown_names(text: str, scope: Scope, supported: tuple[Found, ...]) -> Iterator[RefusedClaim]:
    """The names in `text` that no text of `scope` has; `supported` terms are proved already."""
    figures = Covered(numbers_in(text))
    before = ""
    for match in _TOKEN.finditer(text):
        token = match[0].strip(".!?'’*_–—-…")
        start = text.index(token, match.start()) if token else match.start()
        lead = text[max(match.start() - LEAD_CHARACTERS, 0) : match.start()]
        is_first = _SENTENCE_END.search(lead) is not None
        is_covered = any(term.start <= start < term.end for term in supported)
        is_figure = start in figures
        is_open = bool(token) and not (is_covered or is_figure)
        if is_open and _is_name(token, is_first=is_first) and not _is_known(token, scope):
            yield RefusedClaim(rule="employer" if before in _AT else "name", claim=token)
        before = fold(token)


def _is_name(token: str, *, is_first: bool) -> bool:
    letters = [letter for letter in token if letter.isalpha()]
    if not letters:
        return False
    if any(letter.isdigit() for letter in token) or any(sign in token for sign in "@+#_&"):
        return True
    if "." in token or any(letter.isupper() for letter in token[1:]):
        return True
    if not token[0].isupper() or len(token) == 1:
        return False
    return not is_first or not _is_ordinary(fold(token))


def _is_ordinary(word: str) -> bool:
    """Whether a word that begins a sentence is an ordinary one, not a name."""
    plain = word.replace("’", "'").partition("'")[2] or word
    return plain in OPENERS or plain in STOP or plain.endswith(ORDINARY_ENDINGS)


def _is_known(token: str, scope: Scope) -> bool:
    folded = fold(token).replace("’", "'")
    parts = [part for part in re.split(r"[-'.&_]", folded) if len(part) > 1]
    if folded in scope.words or folded in MONTHS or folded in OPENERS:
        return True
    if len(folded) > NAME_CHARACTERS_MAX:
        return False
    pattern = re.compile(rf"(?<!\w){re.escape(folded)}(?!\w)")
    if any(folded in one.folded and pattern.search(one.folded) for one in scope.said):
        return True
    if token.isupper() and len(token) <= ACRONYM_LETTERS_MAX and _is_acronym(folded, scope):
        return True
    return bool(parts) and all(
        part in scope.words or (part.isalpha() and stem(part) in scope.stems) for part in parts
    )


def _is_acronym(folded: str, scope: Scope) -> bool:
    """Whether neighbouring words of a text begin with these letters: CA, chiffre d'affaires."""
    return any(folded in initials for initials in scope.once("initials", _initials))


def _initials(scope: Scope) -> list[str]:
    return ["".join(word[0] for word in re.findall(r"[a-z]{4,}", one.folded)) for one in scope.said]
