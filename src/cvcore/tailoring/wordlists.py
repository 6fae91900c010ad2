"""Words that claim something, in English and French, read from `data/words.txt` once.

All are folded: small letters without accents.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def _sections() -> dict[str, tuple[str, ...]]:
    text = files("cvcore.tailoring").joinpath("data/words.txt").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    words: list[str] = []
    for line in text.splitlines():
        if line.startswith("["):
            words = found.setdefault(line.strip("[]"), [])
        elif not line.startswith("#"):
            words += (word.replace("_", " ") for word in line.split())
    return {name: tuple(words) for name, words in found.items()}


def listed(section: str) -> tuple[str, ...]:
    """The words of a section, in their order."""
    return _sections()[section]


def words(section: str) -> frozenset[str]:
    """The words of a section."""
    return frozenset(_sections()[section])


def valued(section: str) -> dict[str, str]:
    """The words of a section that gives each a value."""
    pairs = (word.partition("=") for word in _sections()[section])
    return {word: value for word, _, value in pairs}


def numbered(section: str) -> dict[str, float]:
    """The words of a section that gives each a number."""
    return {word: float(value) for word, value in valued(section).items()}


NUMBER_WORDS = numbered("numbers")
TENS = {word: n for word, n in NUMBER_WORDS.items() if n % 10 == 0 and 20 <= n < 100}
MULTIPLES = numbered("multiples")
VAGUE_WORDS = numbered("vague")
SCALES = numbered("scales")
UNITS = valued("units")
QUALIFIERS = listed("qualifiers")
MONTHS = {word: int(n) for word, n in numbered("months").items()}
LEADING = words("leading")
"""Words that say somebody was in charge."""
PEOPLE = words("people")
"""Words for what is done with people: each is a claim of its own."""
HELPING = words("helping")
"""Words that say somebody had a part in what others did."""
RESULTS = {
    **dict.fromkeys(words("result-up"), "more"),
    **dict.fromkeys(words("result-down"), "less"),
    **dict.fromkeys(words("result-won"), "won"),
}
"""Words that say what came of it, and in which direction."""
SUPERLATIVES = words("superlatives")
SENIORITY = valued("seniority")
"""Words of rank, with the rank that English and French share."""
HEDGES = words("hedges")
"""Words that limit a claim: leaving one out makes the claim greater."""
LEVELS = {word: int(n) for word, n in numbered("levels").items()}
"""Words for how well a language is spoken, on one scale."""
STOP = words("stop")
OPENERS = words("openers")
"""Words that may begin a sentence with a capital without naming anything."""
GROUP_NAMES = words("group-names")
"""What a group of skills may be called without naming one."""
DOING_ENDINGS = listed("doing-endings")
"""How words end that say what was done, not with what."""
ORDINARY_ENDINGS = listed("ordinary-endings")

FIXED: dict[str, frozenset[str]] = {
    "basics": frozenset({"name", "email", "phone", "url", "image"}),
    "location": frozenset({"address", "postalCode", "city", "countryCode", "region"}),
    "profiles": frozenset({"network", "username", "url"}),
    "work": frozenset({"name", "location", "url", "startDate", "endDate"}),
    "volunteer": frozenset({"organization", "url", "startDate", "endDate"}),
    "education": frozenset(
        {"institution", "url", "area", "studyType", "startDate", "endDate", "score"}
    ),
    "awards": frozenset({"title", "date", "awarder"}),
    "certificates": frozenset({"name", "date", "issuer", "url"}),
    "publications": frozenset({"name", "publisher", "releaseDate", "url"}),
    "languages": frozenset({"language", "fluency"}),
    "references": frozenset({"name", "reference"}),
    "projects": frozenset({"name", "url", "startDate", "endDate", "entity", "type"}),
}
"""Fields that state a fact and are never reworded, by section."""
