"""What a word of a CV gives away: is this a title, an organisation, a degree, a place?

Lists of common words in English, French and German, compared without accents and case.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """`text` to compare by: no accents, no case, no punctuation, single spaces."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("œ", "oe"))
    plain = "".join(char for char in plain if not unicodedata.combining(char)).casefold()
    return re.sub(r"[^\w+#]+|_+", " ", plain).strip()


@cache
def _groups() -> dict[str, frozenset[str]]:
    found: dict[str, list[str]] = {}
    held: list[str] = []
    source = files("cvcore.offline") / "data" / "cv_words.txt"
    for line in source.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            held = found.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            held.append(line)
    return {
        name: frozenset(folded(word) for word in " ".join(lines).split("|") if word.strip())
        for name, lines in found.items()
    }


def word_list(name: str) -> frozenset[str]:
    """The words and phrases of one group of `data/cv_words.txt`, folded.

    Raises:
        KeyError: there is no such group.
    """
    return _groups()[name]


_TITLE = word_list("title")
_LEVEL = word_list("level")
_ORGANISATION = word_list("organisation")
_ORGANISATION_TAIL = word_list("organisation tail")
_INSTITUTION = word_list("institution")
_DEGREE = word_list("degree")
_STATES = word_list("states")
_COUNTRIES = word_list("countries")
_CITIES = word_list("cities")
_VERBS = word_list("verbs")
_STATE_CODE = re.compile(r"^(?:[A-Z]{2,3})(?:\s+\d{4,6}(?:-\d{4})?)?$")
_POSTCODE = re.compile(r"^(?:\d{4,5}\s+[A-ZÀ-Ý][\w'’.-]+(?:[\s-][\w'’.-]+){0,3}|.*\b\d{5}$)")


def words_of(text: str) -> list[str]:
    """The folded words of `text`."""
    return folded(text).split()


def _has(text: str, words: frozenset[str]) -> int:
    tokens = words_of(text)
    singles = sum(token in words for token in tokens)
    pairs = sum(f"{a} {b}" in words for a, b in itertools.pairwise(tokens))
    triples = sum(" ".join(tokens[i : i + 3]) in words for i in range(len(tokens) - 2))
    return singles + pairs + triples


def title_words(text: str) -> int:
    """How many words of `text` name a job (`engineer`, `chef de projet`, `Leiterin`)."""
    found = _has(text, _TITLE)
    return found + (1 if found or len(words_of(text)) <= 3 else 0) * _has(text, _LEVEL)


def title_strength(text: str) -> float:
    """How much `text` reads like a job's title rather than an organisation's name; over 0: rather
    a title. What stands first (French) or last (English, German) weighs most."""
    tokens = words_of(text)
    if not tokens:
        return 0.0
    titled = title_words(text)
    leads = tokens[0] in _TITLE or tokens[-1] in _TITLE
    return titled + (1.5 if leads else 0.0) - 1.5 * organisation_words(text)


def organisation_words(text: str) -> int:
    """How many words of `text` are those that companies and institutions bear in their names; some
    count only where they end it (`Acme Software`, not `Software Engineer`)."""
    ends = (words_of(part)[-1:] for part in text.split(","))
    return _has(text, _ORGANISATION) + sum(
        word in _ORGANISATION_TAIL for end in ends for word in end
    )


def institution_words(text: str) -> int:
    """How many words of `text` name a place of learning."""
    return _has(text, _INSTITUTION)


def degree_words(text: str) -> int:
    """How many words of `text` name a degree or a diploma."""
    return _has(re.sub(r"(?<=\b\w)\.\s?(?=\w\b)", "", text), _DEGREE) or _has(text, _DEGREE)


def is_place(text: str) -> bool:
    """Whether `text` as a whole is a place: `Lyon`, `San Jose, CA`, `Pohang, S.Korea`, `Remote`."""
    text = text.strip(" \t()[],;.")
    if not text or len(text) > 60 or title_words(text) or institution_words(text):
        return False
    if organisation_words(text):
        return False
    parts = [part.strip() for part in re.split(r"[,;/]|\s[-–—]\s", text) if part.strip()]
    if len(parts) == 1:
        return is_known_place(parts[0]) or bool(re.match(r"^\d{5}\s+[A-ZÀ-Ý]", parts[0]))
    if not 0 < len(parts) <= 4 or not all(part[0].isupper() or part[0].isdigit() for part in parts):
        return False
    if re.search(r"\s[-–—]\s", text) and not is_known_place(parts[0]):
        return False
    last = parts[-1]
    if len(parts) == 2 and folded(last) in _CITIES - _COUNTRIES and not is_known_place(parts[0]):
        return False
    if len(parts) > 2 and folded(parts[1]) in _CITIES and not is_known_place(parts[0]):
        return False
    is_city_first = len(parts) == 2 and is_known_place(parts[0]) and len(words_of(last)) <= 3
    return is_known_place(last) or _is_state(last) or is_city_first


def is_known_place(text: str) -> bool:
    """Whether `text` is a country, a region or a large city by name."""
    plain = re.sub(
        r"\s*\(.*\)$|\s+(?:area|region|city)$|^(?:greater|région)\s+|^\d{5}\s+",
        "",
        text,
        flags=re.IGNORECASE,
    )
    return folded(plain) in _COUNTRIES or folded(plain) in _CITIES


def is_country(text: str) -> bool:
    """Whether `text` is a country or a region by name."""
    return folded(text) in _COUNTRIES


def _is_state(text: str) -> bool:
    return bool(_STATE_CODE.match(text)) and folded(text.split(maxsplit=1)[0]) in _STATES


def is_state(text: str) -> bool:
    """Whether `text` is the code of a state or province, with or without its postal code."""
    return _is_state(text.strip())


def begins_with_verb(text: str) -> bool:
    """Whether `text` begins as a task does, not as a name: `Developed ...`, `Mise en place ...`."""
    tokens = words_of(text)
    if not tokens:
        return False
    first = tokens[0]
    is_past = len(first) > 4 and first.endswith("ed") and len(tokens) > 2
    is_doing = len(first) > 5 and first.endswith("ing") and len(tokens) > 3
    return first in _VERBS or is_past or is_doing
