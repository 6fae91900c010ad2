"""Whether a text is a job offer, whether it still stands, and in which language it is written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from cvcore.offline.offer_sections import Placed, Section, fold

_SIGNS = re.compile(
    r"\b(?:we(?:'re| are) (?:looking for|hiring|seeking|searching)|(?:is|are) (?:looking for|hiring|"
    r"seeking)|you will|you'll|join (?:our|us|the)|your (?:role|mission|profile|responsibilities)|"
    r"responsib\w+|requirements?|qualifications?|years? of (?:\w+ )?experience|candidates?|"
    r"apply|applicants?|full[- ]time|part[- ]time|salary|equal opportunity|job (?:title|type|"
    r"description|summary)|position|benefits|the role|must have|nice to have|hiring|employment|"
    r"nous (?:recherchons|recrutons)|(?:recherche|recrute)(?:ns)? (?:un|une|son|sa|des|actuellement)|"
    r"vous (?:serez|aurez|etes|avez|justifiez|assurez|intervenez|participe(?:re)?z|devrez)|"
    r"vos (?:missions|responsabilites)|missions?|profil|poste|cdi|cdd|alternance|stage|interim|"
    r"postul\w+|candidature|salaire|remuneration|candidat\w*|h/f|f/h|debutant accepte|"
    r"wir suchen|aufgaben|anforderungen|bewerb\w+|stelle|m/w/d|hledame|pozadujeme|nabizime|"
    r"pozice|uvazek|szukamy|wymagania|oferujemy|buscamos|requisitos|ofrecemos|cerchiamo|vacature)\b"
)
_CLOSED = re.compile(
    r"(?:no longer (?:accepting|available|open|active|taking)|(?:job|position|posting|offer|vacancy|"
    r"role|listing)(?: \w+){0,3} (?:has (?:been )?(?:expired|closed|filled|removed|ended)|"
    r"(?:is|are) (?:now |currently )?(?:closed|expired|filled|inactive|paused|archived|not active|"
    r"unavailable)|have closed)|this (?:job|position|posting) (?:expired|closed)|applications? "
    r"(?:are|is|have)(?: now)? closed|position (?:has been )?filled|"
    r"(?:offre|annonce|poste)(?: \w+){0,4} (?:n'est plus|a (?:expire|ete (?:pourvu|retire|cloture|"
    r"supprime|desactive))|est (?:desormais |maintenant )?(?:expiree?|pourvue?|cloturee?|fermee?|"
    r"archivee?|desactivee?|indisponible))|(?:offre|annonce) (?:expiree|pourvue|cloturee|archivee|"
    r"indisponible)|plus disponible|candidatures? (?:sont |est )?(?:closes?|cloturees?|fermees?)|"
    r"nicht mehr (?:verfugbar|aktiv|online)|stelle (?:ist )?(?:bereits )?besetzt|"
    r"(?:nabidka|pozice|inzerat)(?: \w+){0,4} (?:neni|uz neni|jiz neni|byla (?:ukoncena|stazena|"
    r"obsazena|pozastavena)|je (?:pozastavena|ukoncena|neaktivni|obsazena|deaktivovana|archivovana|"
    r"vyprsela)|vyprsela|expirovala|skoncila)|(?:oferta|ogloszenie)(?: \w+){0,3} (?:wygasl\w+|"
    r"nieaktual\w+|ya no|caducad\w+|no esta disponible|scadut\w+|archiwaln\w+))"
)
_PERSON = re.compile(
    r"\b(?:curriculum vitae|resume of|my experience|date of birth|nationality|marital status|"
    r"references available|i am a|i have|je suis|mon experience|permis b|ne\(?e?\)? le|loisirs|"
    r"centres d'interet|hobbies|career objective)\b"
)
_HISTORY = re.compile(
    r"\b(?:19|20)\d\d\s*(?:-|–|—|to|a)\s*(?:present|current|now|aujourd'hui|ce jour|(?:19|20)\d\d)\b"
)
_LETTER = re.compile(
    r"\b(?:dear (?:hiring|sir|madam|recruit\w+|mr|ms)|sincerely|yours faithfully|madame,? monsieur|"
    r"je vous prie|veuillez agreer|i am writing to)\b"
)
_LISTING = re.compile(
    r"\b(?:\d[\d ,.]*\+? (?:jobs?|offres?(?: d'emploi)?|vacancies|results|resultats|positions|"
    r"annonces|stellenangebote|nabidek)(?: (?:found|trouvee?s?|match\w*|available|disponibles?|in|"
    r"pour|for|a))|page \d+ (?:of|sur|de) \d+|sort by|trier par|filter results|jobs matching|"
    r"latest jobs|dernieres offres|browse jobs|appliquer les filtres|aucun resultat trouve)\b"
)
_WORDS: dict[str, frozenset[str]] = {
    "en": frozenset(
        ["the", "and", "of", "to", "in", "for", "with", "you", "our", "are", "will", "is", "your", "we", "this", "that", "be", "from"]
    ),
    "fr": frozenset(
        ["le", "la", "les", "des", "et", "de", "du", "un", "une", "vous", "nous", "pour", "dans", "au", "aux", "sur", "est", "en", "votre"]
    ),
    "de": frozenset(
        ["der", "die", "das", "und", "mit", "fur", "sie", "wir", "ist", "ein", "eine", "den", "zu", "von", "bei", "deine", "auf", "im"]
    ),
    "es": frozenset(["el", "los", "las", "y", "de", "para", "con", "una", "que", "en", "por", "se", "del", "como", "nuestro", "tu", "su", "al"]),
    "it": frozenset(
        ["il", "di", "e", "per", "con", "una", "che", "del", "della", "nel", "gli", "sono", "nostra", "al", "alla", "si", "da", "le"]
    ),
    "nl": frozenset(
        ["de", "het", "een", "en", "van", "voor", "met", "je", "wij", "zijn", "op", "te", "dat", "bij", "aan", "jij", "ons", "onze"]
    ),
    "pt": frozenset(["o", "os", "e", "de", "para", "com", "uma", "que", "em", "por", "do", "da", "nos", "das", "dos", "voce", "ao", "seu", "mais"]),
    "cs": frozenset(["a", "v", "na", "se", "je", "s", "pro", "o", "z", "do", "ve", "jsme", "k", "za", "i", "od", "nebo", "ze", "si", "te", "mas"]),
    "pl": frozenset(["w", "i", "na", "z", "do", "sie", "oraz", "dla", "jest", "o", "od", "nie", "lub", "za", "ze", "jako", "po", "przez"]),
    "sv": frozenset(["och", "att", "du", "i", "som", "en", "for", "vi", "med", "pa", "av", "ar", "till", "det", "har", "dig", "om", "ett"]),
}
_ASKING: frozenset[Section] = frozenset({"required", "preferred", "responsibilities", "benefits"})

SIGNS_MIN = 3
CLOSED_WINDOW_CHARACTERS = 3_000


def language_of(text: str) -> str | None:
    """ISO 639-1 of the language most of the text is in; None for too few words to tell."""
    counted = Counter(re.findall(r"[a-z]+", fold(text[:20_000])))
    total = sum(counted.values())
    if total < 8:
        return None
    shares = {code: sum(counted[word] for word in words) for code, words in _WORDS.items()}
    best = max(shares, key=lambda code: shares[code])
    return best if shares[best] >= max(2, 0.06 * total) else None


def is_closed_wording(text: str) -> bool:
    """Whether the words of a notice say that the offer is over ("no longer accepting")."""
    return bool(_CLOSED.search(fold(text)))


def why_no_offer(parts: Sequence[Placed], text: str, *, has_fields: bool) -> str | None:
    """Why a text is no job offer, in words that complete "this is no job offer: ..."; None if it is.

    `has_fields` says that the source names a title and who hires, in fields or structured data.
    """
    folded = fold(text)
    if len(folded.split()) < 6:
        return "it holds next to no text"
    sections = {part.section for part in parts} & _ASKING
    signs = set(_SIGNS.findall(folded))
    if _LETTER.search(folded) and len(sections) < 2:
        return "it reads like a letter of application"
    if not has_fields and len(sections) < 2:
        if len(_LISTING.findall(folded)) >= 2:
            return "it is a list of offers, open one of them"
        if len(_HISTORY.findall(folded)) >= 2 or len(set(_PERSON.findall(folded))) >= 2:
            return "it reads like a CV"
    weight = len(signs) + 2 * len(sections) + (3 if has_fields else 0)
    if weight < SIGNS_MIN:
        return "it neither says what the work is nor what it asks"
    return None
