"""Which language a text is in, and the names of languages and of how well they are spoken."""

from __future__ import annotations

import re

from cvcore.offline.cv_words import folded, word_list

_COMMON = {
    code: word_list(f"language {code}") for code in ("en", "fr", "de", "es", "it", "nl", "pt")
}
_LANGUAGES = word_list("spoken languages")
_FLUENCY = re.compile(
    r"\b(?:[ABC][12](?:\+|\b)|native|bilingual|fluent|fluency|mother tongue|proficient"
    r"|proficiency|advanced|"
    r"intermediate|upper|beginner|basic|elementary|conversational|working|professional|limited"
    r"|full|good|"
    r"natif|native|langue maternelle|maternelle|bilingue|courant|couramment|lu|écrit|parlé"
    r"|intermédiaire|"
    r"avancé|débutant|notions|scolaire|niveau|professionnel|technique|moyen|bon|bonne|opérationnel|"
    r"muttersprache|muttersprachler|verhandlungssicher|fließend|fliessend|gute?|sehr gut|"
    r"grundkenntnisse|konversationssicher|toeic|toefl|ielts|\d(?:[.,]\d)?)\b",
    re.IGNORECASE,
)


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of the language most of `text` is in, None where too little tells.

    >>> language_of("Développement d'une application pour la gestion des stocks avec une équipe")
    'fr'
    """
    words = folded(text[:30_000]).split()[:4000]
    scores = {code: sum(word in common for word in words) for code, common in _COMMON.items()}
    best = max(scores, key=lambda code: scores[code])
    rest = max(count for code, count in scores.items() if code != best)
    if scores[best] < 3 or scores[best] == rest:
        return None
    return best


def is_language_name(text: str) -> bool:
    """Whether `text` names a spoken language."""
    return folded(text) in _LANGUAGES


def is_language_list(text: str) -> bool:
    """Whether `text` lists spoken languages, with or without how well."""
    parts = [
        part
        for part in re.split(r"[,;/|•·\t]|\s[-–—:]\s|\band\b|\bet\b|\bund\b", text)
        if part.strip()
    ]
    named = sum(any(word in _LANGUAGES for word in folded(part).split()) for part in parts)
    return named >= 1 and named * 2 >= len(parts)


def fluency_at(text: str) -> re.Match[str] | None:
    """Where `text` says how well a language is spoken."""
    return _FLUENCY.search(text)


def language_word(text: str) -> tuple[int, int] | None:
    """Where the first name of a spoken language stands in `text`."""
    for match in re.finditer(r"[^\W\d_]+", text):
        if folded(match.group()) in _LANGUAGES:
            return match.start(), match.end()
    return None
