"""Fields an offer states as `label: value`: title, company, place, contract, pay, dates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

from cvcore.offline.offer_sections import fold

Label = Literal[
    "title", "company", "place", "contract", "salary", "experience", "education", "seniority",
    "published_on", "closes_on", "remote", "language", "reference",
]  # fmt: skip

_LABELS: tuple[tuple[Label, str], ...] = (
    (
        "title",
        r"(?:job|position|role|vacancy)[ -]?(?:title|name)|title|role|position|job|"
        r"(?:intitule|titre|nom|libelle)(?: (?:du|de l'?a?|de la|de l') ?(?:poste|offre|emploi|mission|"
        r"stage|annonce))?|poste(?: a pourvoir| propose)?|offre|stellenbezeichnung|pozice|"
        r"nazev pozice|stanowisko|puesto|functie|metier",
    ),
    (
        "company",
        r"company(?: name)?|employer|organi[sz]ation|hiring (?:company|organi[sz]ation)|client|"
        r"(?:nom (?:de l')?)?(?:entreprise|societe|employeur|etablissement)|raison sociale|recruteur|"
        r"unternehmen|arbeitgeber|firma|spolecnost|zamestnavatel|pracodawca|empresa|azienda|bedrijf",
    ),
    (
        "place",
        r"(?:job |work |office )?location(?:s|\(s\))?|place(?: of work)?|where|city|based in|"
        r"(?:lieu|localisation|ville|site)(?: (?:de|du) (?:travail|poste|mission|stage))?|localite|"
        r"(?:arbeits|stand)ort|einsatzort|misto(?: pracoviste| vykonu prace)?|lokalita|adresa|"
        r"miejsce pracy|lokalizacja|ubicacion|lugar|sede|locatie|work ?place|region",
    ),
    (
        "contract",
        r"(?:employment|contract|job|position|work)[ -]?type|type (?:de |d')?(?:contrat|emploi|poste)|"
        r"contrat|contract|nature du contrat|vertragsart|druh uvazku|typ (?:smlouvy|uvazku|umowy)|"
        r"pracovni pomer|duree|temps de travail|tipo de contrato|employment(?: status)?|status|"
        r"pracovni uvazek",
    ),
    (
        "salary",
        r"salary(?: range)?|compensation|pay(?: range| rate)?|rate|wage|remuneration|salaire|"
        r"gehalt|plat|mzda|wynagrodzenie|salario|tjm|package",
    ),
    (
        "experience",
        r"(?:required |work |years of )?experience(?: level| required)?|"
        r"experience (?:requise|souhaitee|professionnelle|exigee)|niveau d'experience",
    ),
    ("seniority", r"seniority(?: level)?|(?:career|job|experience) level|level|seniorite"),
    (
        "education",
        r"education(?: level)?|(?:niveau (?:de |d'))?(?:formation|etudes?|diplome)(?: requise?s?)?|"
        r"degree|vzdelani|pozadovane vzdelani",
    ),
    (
        "published_on",
        r"(?:date )?(?:posted|published)(?: on| date)?|posting date|open date|publi(?:ee?|e) le|"
        r"date de (?:publication|parution)|mise en ligne|zverejneno|datum zverejneni",
    ),
    (
        "closes_on",
        r"(?:closing|close|expiry|expiration|end|application) (?:date|deadline)|deadline|apply by|"
        r"applications? close|submission deadline|valid (?:through|until)|expires(?: on)?|"
        r"date (?:limite|de cloture|d'expiration)(?: (?:pour|de) (?:\w+ ?){1,3})?|"
        r"(?:postuler|candidater) avant(?: le)?|cloture(?: des candidatures)?|bewerbungsfrist|uzaverka",
    ),
    (
        "remote",
        r"remote|work(?:place)? (?:mode|model|arrangement)|teletravail|workplace type|homeoffice|"
        r"location options",
    ),
    ("reference", r"ref(?:erence)?(?: \w+)?|job ?id|requirement id|numero (?:d'|de l')offre|id"),
)
_COMPILED = tuple((label, re.compile(rf"^(?:{words})$")) for label, words in _LABELS)
_LINE = re.compile(
    r"^\W{0,3}(?P<label>[^\d:–=]{2,45}?)\s*(?::|\s[–=]\s|\s-\s(?=\S))\s*(?P<value>\S.*)$"
)
_NOTHING = re.compile(
    r"^[\W_]*$|^(?:n/?a|none|null|tbd|not specified|non (?:precise|renseigne)\w*)$"
)

VALUE_CHARACTERS_MAX = 160


def label_of(text: str) -> Label | None:
    """The field that a label names ("Lieu de travail :"), None where it is no label of ours."""
    folded = fold(text).strip(" :*-–•\t")
    return next((label for label, words in _COMPILED if words.match(folded)), None)


def labelled(line: str) -> tuple[Label, str] | None:
    """A line `label: value` as its field and value; None for any other line."""
    found = _LINE.match(line)
    if found is None:
        return None
    label, value = label_of(found["label"]), found["value"].strip(" *_\t")
    if label is None or is_nothing(value) or len(value) > VALUE_CHARACTERS_MAX:
        return None
    return label, value


def is_nothing(value: str) -> bool:
    """Whether a field's value only says that there is none: "-", "N/A", "non précisé"."""
    return bool(_NOTHING.match(fold(value).strip()))


def labels_in(lines: Iterable[str]) -> Mapping[Label, str]:
    """The first value of each labelled field."""
    found: dict[Label, str] = {}
    for line in lines:
        pair = labelled(line)
        if pair is not None:
            found.setdefault(*pair)
    return found


_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan janvier janv januar leden ledna", "february feb fevrier fevr februar unor unora",
            "march mar mars marz brezen brezna", "april apr avril avr duben dubna",
            "may mai kveten kvetna", "june jun juin juni cerven cervna",
            "july jul juillet juil juli cervenec cervence", "august aug aout srpen srpna",
            "september sep sept septembre zari", "october oct octobre oktober okt rijen rijna",
            "november nov novembre listopad listopadu", "december dec decembre dezember prosinec prosince",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_ISO_DATE = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"\b(\d{1,2})[./-]\s?(\d{1,2})[./-]\s?(\d{4})\b")
_WRITTEN = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th|er|\.|-)?[ -](?:of )?([a-z]{3,10})\.?,?[ -](\d{4})\b"
)
_AMERICAN = re.compile(r"\b([a-z]{3,10})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b")


def date_in(text: str, *, day_first: bool = True) -> date | None:
    """The first date written in `text`; `day_first` reads 03/04/2025 as 3 April."""
    folded = fold(text)
    if found := _ISO_DATE.search(folded):
        return _date(found[1], found[2], found[3])
    if found := _NUMERIC.search(folded):
        first, second = (found[1], found[2]) if day_first else (found[2], found[1])
        return _date(found[3], second, first) or _date(found[3], first, second)
    if (found := _WRITTEN.search(folded)) and found[2] in _MONTHS:
        return _date(found[3], str(_MONTHS[found[2]]), found[1])
    if (found := _AMERICAN.search(folded)) and found[1] in _MONTHS:
        return _date(found[3], str(_MONTHS[found[1]]), found[2])
    return None


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
