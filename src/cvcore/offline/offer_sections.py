"""Which part of an offer a heading opens: wording in English and French, and the usual others."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from cvcore.offline.offer_text import Block

Section = Literal[
    "none",
    "required",
    "preferred",
    "responsibilities",
    "benefits",
    "company",
    "education",
    "process",
    "other",
]

_PATTERNS: tuple[tuple[Section, str], ...] = (
    (
        "other",
        r"equal (?:employment )?opportunit\w+|eeo|diversity|disclaimer|privacy|physical (?:demands|"
        r"requirements)|working conditions|work environment|must[- ]not|similar jobs|more jobs|"
        r"(?:about|what is) this page|offres similaires|egalite des chances|cookies",
    ),
    (
        "preferred",
        r"(?:\w+[- ])?nice[- ]to[- ]ha\w+|preferred(?: \w+)*|bonus(?: points| skills)?|pluses|"
        r"desir(?:ed|able)(?: \w+)*|good[- ]to[- ]have|(?:would be |considered )?(?:a |an )?(?:big )?"
        r"(?:plus|asset|advantage)|ideally|extra credit|additional (?:skills|qualifications)|"
        r"competences? (?:souhaitees?|appreciees?)|(?:serait|serai(?:en)?t|sont) un (?:vrai )?plus|"
        r"(?:les |vos )?(?:petits? )?plus|atouts?|souhaite\w*|apprecie\w*|idealement|"
        r"von vorteil|wunschenswert|idealerweise|vyhodou|vitame|oceni\w+|mile widzian\w+|"
        r"se valora(?:ra)?|deseable\w*|valorable|gradit\w+|diferenciais",
    ),
    (
        "benefits",
        r"(?:our |key |employee )?benefits(?: \w+)*|perks(?: \w+)*|what(?:'?s| is) in it for you|"
        r"(?:what )?we(?:'re| are)? (?:can )?offer(?:ing)?(?: you)?|compensation(?: \w+)*|why (?:join|"
        r"work|you|us)\b.*|what you(?:'ll| will)? (?:get|receive|love)|salary(?: \w+)*|pay range|"
        r"total rewards|(?:nos |vos |les )?avantages(?: \w+)*|(?:ce que )?nous (?:vous )?"
        r"(?:offrons|proposons)|remuneration(?: \w+)*|pourquoi (?:nous|rejoindre)\b.*|on (?:vous )?"
        r"offre|conditions(?: de travail| proposees)?|wir bieten|das bieten wir|unser angebot|"
        r"benefity|nabizime|co nabizime|oferujemy|ofrecemos|que ofrecemos|offriamo|beneficios|"
        r"wat wij bieden|wat bieden wij",
    ),
    (
        "education",
        r"(?:minimum |required )?education(?:al)?(?: \w+){0,3}|degree|formation(?: requise| initiale)?|"
        r"(?:niveau d.?)?etudes?|diplomes?(?: requis)?|vzdelani|ausbildung|studium|formacion",
    ),
    (
        "required",
        r"(?:\w+[- ]){0,3}(?:requirements?|qualifications?|pre-?requisites?)(?: \w+){0,4}|"
        r"must[- ]haves?(?: \w+)*|(?:key |core |technical |required |hard |soft |your |the |essential |"
        r"main |desired )*(?:skills?|competenc\w+|abilities|expertise|experience|attributes|"
        r"knowledge|technologies|tech stack|languages)(?: ?[,&+/] ?\w+| and \w+| required| needed| set)*|"
        r"what (?:will )?you(?:'ll| will)?(?: need to)? (?:bring|need|have)(?: \w+)*|"
        r"what (?:we(?:'re| are)? )?(?:look(?:ing)?(?: for)?|expect|need)(?: \w+)*|"
        r"who (?:you are|we(?:'re| are) looking for)|(?:what )?makes you\b.*|"
        r"you (?:have|are|bring|should have|might be)\b.*|about you|your (?:profile|background)|"
        r"(?:the )?(?:ideal |successful )?(?:candidate|person|profile)(?: profile| will have| has)?|"
        r"(?:le |votre |ton |notre )?profil(?: \w+){0,3}|qualifications? requises?|pre-?requis|"
        r"competences?(?: \w+){0,4}|savoir[- ](?:faire|etre)|vous (?:avez|etes|justifiez|possedez)\b.*|"
        r"qui etes[- ]vous|exigences?|experiences?(?: requise| souhaitee)?|qualites?(?: \w+){0,2}|"
        r"ce que nous (?:re)?cherchons|nous (?:re)?cherchons|connaissances|langues|"
        r"anforderungen|(?:ihr|dein|das) profil|(?:das )?bring(?:en|st) (?:sie|du)\b.*|"
        r"was (?:du|sie) mitbring\w+|qualifikation\w*|voraussetzungen|pozadujeme|pozadavky|"
        r"(?:co )?(?:od tebe|ocekavame|potrebujeme)\b.*|znalosti|wymagania|oczekujemy|requisitos|"
        r"perfil|requisiti|functie-?eisen|wat (?:wij )?vragen|krav|kvalifikationer",
    ),
    (
        "responsibilities",
        r"(?:\w+[- ]){0,3}(?:responsibilit\w+|duties|accountabilities|functions)(?: \w+){0,4}|"
        r"what (?:will )?you(?:'ll| will)?(?: be)? (?:do|doing|work\w*)(?: \w+)*|"
        r"(?:in this role,? )?you (?:will|'ll)(?: be)?(?: \w+)?|(?:the |your |about the )?"
        r"(?:role|mission|missions|tasks|position|opportunity|job)(?: (?:overview|summary|"
        r"description|purpose|details))?|(?:job|role|position|project) (?:overview|summary|"
        r"description|details)|job descriptionjob description|a day in\b.*|day[- ]to[- ]day\b.*|"
        r"how you.?ll\b.*|(?:vos |tes |les |vos principales |principales )?(?:missions?|"
        r"responsabilites|activites|taches)(?: \w+){0,3}|(?:le |votre )?(?:poste|role)|"
        r"descript(?:ion|if) (?:du poste|de l.?offre|de la mission)|vous (?:serez|devrez)\b.*|"
        r"(?:deine |ihre )?aufgaben(?:gebiet)?|stellenbeschreibung|napln prace|co te ceka|"
        r"co budes delat|popis pozice|(?:twoje )?obowiazki|zakres obowiazkow|funciones|"
        r"responsabilidades|mansioni|attivita|taken|arbetsuppgifter|informace o pozici",
    ),
    (
        "company",
        r"about (?:us|the (?:company|team)|our \w+)|who (?:we are|are we)|(?:the |our )?(?:company|"
        r"team|story|mission|culture|values)(?: \w+){0,2}|(?:company|team) (?:description|overview|"
        r"profile)|meet the team|(?:a propos(?: de \w+)?|qui sommes[- ]nous)(?: \w+)*|"
        r"(?:notre |l.?|presentation de l.?|la )?(?:entreprise|societe|equipe)(?: \w+){0,3}|"
        r"contexte(?: \w+)*|uber uns|wer wir sind|o nas|kdo jsme|sobre nosotros|chi siamo|over ons|"
        r"informations sur l.?entreprise",
    ),
    (
        "process",
        r"how to apply|apply(?: now| here)?|(?:the |our )?(?:application|interview|hiring|recruitment|"
        r"selection) process|next steps|contact(?: \w+){0,3}|(?:comment )?postuler|candidature|"
        r"(?:le )?processus de recrutement|modalites(?: \w+)*|bewerbung|kontakt",
    ),
)
_COMPILED = tuple((section, re.compile(rf"\b(?:{pattern})\b")) for section, pattern in _PATTERNS)
_LABELLED = re.compile(r"^(?P<heading>[^:.!?]{3,60}?)\s*:\s+(?P<rest>\S.*)$")
HEADING_CHARACTERS_MAX = 90


class Placed(msgspec.Struct, frozen=True):
    """A block and the part of the offer it stands in; headings themselves are left out."""

    block: Block
    section: Section


def fold(text: str) -> str:
    """Lower case without accents, typographic apostrophes straight."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").replace("\u2010", "-"))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def section_of(heading: str, *, is_marked: bool) -> Section | None:
    """The part that `heading` opens; None where its words open none.

    A heading the page marks needs the words anywhere in it; an unmarked line must be little else.
    """
    text = fold(heading).strip(" .:?!*#-–—•\t")
    if not text or len(text) > HEADING_CHARACTERS_MAX:
        return None
    if not is_marked and len(text.split()) > 9:
        return None
    best: tuple[float, Section] | None = None
    for section, pattern in _COMPILED:
        covered = max((len(found.group()) for found in pattern.finditer(text)), default=0)
        share = covered / len(text)
        if share >= (0.3 if is_marked else 0.62) and (best is None or share > best[0] + 0.15):
            best = (share, section)
    return best[1] if best else None


def placed(blocks: Sequence[Block]) -> Iterator[Placed]:
    """Every block that is no heading, with its part; before the first heading it is `none`."""
    section: Section = "none"
    for block in blocks:
        opened, rest = _opens(block)
        if opened is not None:
            section = opened
            if rest:
                yield Placed(Block("text", rest), section)
        elif block.kind == "heading" and 0 < block.level <= 3:
            section = "none"
        else:
            yield Placed(block, section)


def _opens(block: Block) -> tuple[Section | None, str]:
    if block.kind == "heading":
        return section_of(block.text, is_marked=True), ""
    if block.kind == "text" or block.text.endswith(":"):
        if block.text.rstrip().endswith((".", ";", ",")):
            return None, ""
        opened = section_of(block.text, is_marked=block.text.endswith(":"))
        if opened is not None:
            return opened, ""
    labelled = _LABELLED.match(block.text)
    if labelled is not None and block.kind == "text":
        opened = section_of(labelled["heading"], is_marked=False)
        if opened is not None:
            return opened, labelled["rest"]
    return None, ""
