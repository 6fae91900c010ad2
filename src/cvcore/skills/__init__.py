"""The lexicon: names, aliases in English and French, families; finding skills in text."""

from cvcore.skills.errors import LexiconInvalid
from cvcore.skills.lexicon import LEXICON, Lexicon, find_skills, lexicon
from cvcore.skills.model import Context, Found, Kind, Term

__all__ = [
    "LEXICON",
    "Context",
    "Found",
    "Kind",
    "Lexicon",
    "LexiconInvalid",
    "Term",
    "find_skills",
    "lexicon",
]
