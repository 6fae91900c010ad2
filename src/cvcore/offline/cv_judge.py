"""Is this a CV at all? A letter, a job offer, a bill or a page of something else is refused."""

from __future__ import annotations

import re

from cvcore.cv.errors import NotACv
from cvcore.offline.cv_dates import find_dates
from cvcore.offline.cv_outline import Section

WORDS_MIN = 8

_LETTER = re.compile(
    r"^[^\w\n]*(?:dear\s+(?:mr|mrs|ms|dr|sir|madam|hiring|recruit\w*|team|all|\w+)\b"
    r"|to whom it may concern|"
    r"(?:chère?\s+)?(?:madame|monsieur)[\s,]|cher(?:e|s)?\s+\w+|sehr geehrte|liebe[rs]?\s\w+"
    r"|hello\s+\w+\s+team)",
    re.IGNORECASE | re.MULTILINE,
)
_CLOSING = re.compile(
    r"\b(?:sincerely|yours (?:faithfully|truly)|(?:best|kind|warm) regards|i look forward to"
    r"|thank you for (?:your )?"
    r"(?:time|consider)|salutations (?:distinguées|respectueuses)|cordialement|veuillez agréer"
    r"|je vous prie|"
    r"dans l[’']attente|mit freundlichen grüßen|hochachtungsvoll|i am writing to"
    r"|job application for|"
    r"lettre de motivation|cover letter|candidature au poste|bewerbung als|enclosed)\b",
    re.IGNORECASE,
)
_OFFER = re.compile(
    r"\b(?:we are (?:looking|seeking|hiring)|we(?:’|')re (?:looking|hiring)|you will (?:be|work"
    r"|join|have)|apply now|your profile|"
    r"what (?:we offer|you(?:’|')ll do|you will do)|about the (?:role|job|company|team)"
    r"|the ideal candidate|the successful candidate|join our team|"
    r"job description|equal opportunity employer|how to apply|your responsibilities|who you are|"
    r"nous recherchons|nous recrutons|votre profil|vos missions|rejoignez|profil recherché|"
    r"poste à pourvoir|nous offrons|wir suchen|ihr profil|ihre aufgaben|wir bieten|deine aufgaben|"
    r"dein profil|bewerben sie sich|job title:|employment type)\b",
    re.IGNORECASE,
)
_BILL = re.compile(
    r"\b(?:invoice|receipt|amount due|subtotal|total due|bill to|order number|vat number"
    r"|payment terms|qty|unit price|"
    r"facture|montant ttc|total ttc|total ht|tva|bon de commande|numéro de commande"
    r"|rechnung(?:snummer)?|"
    r"mehrwertsteuer|gesamtbetrag|mwst|terms and conditions|contract between|ci-après)\b",
    re.IGNORECASE,
)
_CORE = ("work", "education", "skills", "projects", "certificates", "volunteer", "publications")


def judge(text: str, sections: list[Section], *, has_contact: bool) -> None:
    """Return where the text may be a CV.

    Raises:
        NotACv: it is empty, a letter, a job offer, a bill, or nothing in it speaks of a career.
    """
    words = len(text.split())
    if words < WORDS_MIN:
        raise NotACv(why=f"it has {words} words, and {WORDS_MIN} are needed to say anything")
    core = {one.kind for one in sections if one.kind in _CORE and (one.lines or one.title)}
    sign = len(core) * 2 + (1 if has_contact else 0) + min(3, len(find_dates(text)) // 2)
    opening = _LETTER.search(text[:3000]) if len(core) <= 1 else None
    if opening and (_CLOSING.search(text) or words < 900):
        raise NotACv(why=f"it reads like a letter ({opening.group().strip()!r})")
    if len(set(_CLOSING.findall(text))) >= 2 and not core:
        raise NotACv(why="it reads like a letter")
    said = {match.casefold() for match in _OFFER.findall(text)}
    if len(said) >= 2 and "work" not in core and len(core) <= 2 and sign <= 4 + (len(said) >= 4):
        raise NotACv(why=f"it reads like a job offer ({min(said)!r})")
    bill = {match.casefold() for match in _BILL.findall(text)}
    if len(bill) >= 2 and "work" not in core and len(core) <= 1:
        raise NotACv(why=f"it reads like a bill or a contract ({min(bill)!r})")
    if sign < 2 and not _career(text):
        raise NotACv(why="no work, studies or skills stand in it, nor any way to reach a person")


def _career(text: str) -> bool:
    """Whether a text without headings still speaks of what somebody did or can do."""
    found = re.findall(
        r"\b(?:experience|exprience|skills?|education|university|degree|developer|engineer"
        r"|manager|worked|responsib\w+|"
        r"expérience|compétences|formation|université|diplôme|développeur|ingénieur|stage|poste|"
        r"erfahrung|kenntnisse|ausbildung|universität|entwickler)\b",
        text,
        re.IGNORECASE,
    )
    return len({one.casefold() for one in found}) >= 2
