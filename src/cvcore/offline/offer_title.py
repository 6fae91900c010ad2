"""The title of an offer in running text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from cvcore.offline.offer_labels import Label, labelled
from cvcore.offline.offer_sections import section_of
from cvcore.offline.offer_text import Block, clean
from cvcore.offline.offer_wording import fold, wording
from cvcore.skills import find_skills

TITLE_CHARACTERS_MAX = 140
LINES_LOOKED_AT = 8

_NAMED = re.compile(
    r"(?:(?:looking|searching) for|seeking|hiring|recruiting|recrute|recherch(?:e|ons)|recrutons|"
    r"suchen|hledáme|szukamy|buscamos)(?: actuellement| currently| now)?"
    r"(?: an?| un\(?e?\)?| une| son| sa| notre| our| einen?| eine)?\s+"
    r"(?P<title>[A-ZÀ-Ý][^.,;:!?\n]{3,80}?)"
    r"(?=\s+(?:to|who|with|for|in|at|based|and will|join|pour|afin|qui|dans|en|à|au|basé)\b|"
    r"[.,;:!?]|$)"
)


def title_in(blocks: Sequence[Block], labels: Mapping[Label, str]) -> str | None:
    """The job's title: its field, else a short first line that names a job or stands above the
    offer's fields, else the sentence that says who is sought. None where the text gives none."""
    stated = labels.get("title")
    if stated and len(stated) <= TITLE_CHARACTERS_MAX:
        return clean(stated)
    first = blocks[:LINES_LOOKED_AT]
    for block in first[:3]:
        if _could_be_title(block) and wording("kind gender").search(fold(block.text)):
            return clean(block.text)
    for block in first:
        if _could_be_title(block) and any(f.kind == "title" for f in find_skills(block.text)):
            return clean(block.text)
    if _heads_labels(first):
        return clean(first[0].text)
    for block in blocks:
        found = _NAMED.search(block.text)
        if found:
            return clean(found["title"])
    for block in first[:2]:
        if _could_be_title(block) and block.kind == "heading":
            return clean(block.text)
    return None


def _heads_labels(first: Sequence[Block]) -> bool:
    """Whether the first line stands right above the fields ("Company: ...") it is the title of."""
    if not first or not _could_be_title(first[0]):
        return False
    named = [labelled(block.text) for block in first[1:4]]
    return (bool(named) and named[0] is not None) or sum(pair is not None for pair in named) >= 2


def _could_be_title(block: Block) -> bool:
    text = block.text
    return (
        block.kind != "item"
        and 3 <= len(text) <= 100
        and len(text.split()) <= 14
        and not text.endswith((".", ":", "?", "!", ";"))
        and labelled(text) is None
        and section_of(text, is_marked=False) is None
    )
