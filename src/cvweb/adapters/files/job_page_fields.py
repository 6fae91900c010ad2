"""Title, company and place of a page without structured data: every sign votes, the most wins."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from cvcore.offers import Place
from cvcore.offline import Hints
from cvcore.offline.offer_kind import is_closed_wording
from cvcore.offline.offer_labels import Label, date_in, label_of, labelled
from cvcore.offline.offer_sections import section_of
from cvcore.offline.offer_terms import contract_in, remote_in, salary_in
from cvcore.offline.offer_text import clean
from cvcore.offline.offer_wording import fold, wording
from cvweb.adapters.files.job_page_head import Head, remainders, stated_in
from cvweb.adapters.files.job_page_tree import Node

TITLE_CHARACTERS_MAX = 160
NAME_CHARACTERS_MAX = 90
LEAVES_AFTER_TITLE = 4

_TITLE_NAMES = re.compile(
    r"(?:job|position|posting|vacancy|offer|topcard|top-card|offre|poste|annonce|opening|jd)[\w-]*?"
    r"[-_]*(?:title|name|titre|intitule|headline)|\bapp-title\b",
    re.IGNORECASE,
)
_COMPANY_NAMES = re.compile(
    r"(?:company|employer|organi[sz]ation|\borg\b|org-name|recruiter|entreprise|societe|hiring)"
    r"[-_]*(?:name|title|link|nom|label)?(?![-_]*(?:logo|size|info|desc|about|industr|url|overview))",
    re.IGNORECASE,
)
_PLACE_NAMES = re.compile(
    r"location|locality|\bcity\b|\blieu\b|localisation|job-?place|workplace|region\b", re.IGNORECASE
)
_COMPANY_LINK = re.compile(
    r"/(?:company|companies|entreprises?|employers?|cmp|firmy?|societes?)/\S"
)
_MAP_LINK = re.compile(
    r"(?:maps?\.google|google\.\w+/maps|mapy\.cz|openstreetmap|maps\.apple|/maps?/)"
)
_LEAD = re.compile(r"^(?:at|@|chez|by|bei|via)\s+(?=\S)", re.IGNORECASE)
_NOT_A_NAME = re.compile(
    r"\bago\b|il y a\b|\bpred\b|\btoday|\bapply|\bpostul|\bsave\b|\bshare\b|\bsign\b|\bjobs?\b|"
    r"\boffres?\b|\bsee who\b|\bview\b|\bvoir\b|^\W*\d+\W*$|\?|https?:|\bapplicants?\b|\bcandidat|"
    r"\bfollow|\bread more|\bback to|\bretour|\bnew\b$|\bfirst \d|\bmenu\b|^(?:home|about|contact)$"
)


def fields_of(tree: Node, head: Head, pairs: Mapping[Label, str], hints: Hints) -> Hints:
    """`hints` with what the page shows of title, company and place where they do not state it."""
    title = hints.title or _title(tree, head, pairs.get("title"))
    company, place = hints.company or pairs.get("company"), hints.place.text or pairs.get("place")
    if title:
        leaves = list(_leaves_after(tree, title))
        company = hints.company or _company(tree, head, title, leaves, pairs.get("company"))
        if not hints.place.city:
            place = _place(tree, head, company, leaves, pairs.get("place")) or place
    return Hints(
        title=title,
        company=company,
        place=Place(
            text=place, city=hints.place.city, region=hints.place.region,
            country=hints.place.country, remote=hints.place.remote,
        ),
        contract=hints.contract or pairs.get("contract"),
        salary=hints.salary or salary_in(f"salary {pairs.get('salary', '')}"),
        seniority=hints.seniority or pairs.get("seniority"),
        experience=hints.experience or pairs.get("experience"),
        education=hints.education or pairs.get("education"),
        skills=hints.skills,
        language=hints.language or head.language,
        published_on=hints.published_on or _day(pairs.get("published_on")),
        closes_on=hints.closes_on or _day(pairs.get("closes_on")),
        is_posting=hints.is_posting,
        is_closed=hints.is_closed,
    )  # fmt: skip


def _day(text: str | None) -> str | None:
    found = date_in(text) if text else None
    return found.isoformat() if found else None


class _Votes:
    """Points per wording; the first seen of equals wins."""

    def __init__(self) -> None:
        self._points: dict[str, int] = defaultdict(int)
        self._text: dict[str, str] = {}

    def add(self, text: str | None, points: int) -> None:
        text = clean(text or "").strip(" ,;|–-")
        if text:
            self._text.setdefault(fold(text), text)
            self._points[fold(text)] += points

    def best(self, *, at_least: int) -> str | None:
        best = max(self._points, key=lambda key: self._points[key], default=None)
        if best is None or self._points[best] < at_least:
            return None
        return self._text[best]


def _title(tree: Node, head: Head, labelled: str | None) -> str | None:
    votes = _Votes()
    votes.add(labelled, 4)
    lines = [fold(line) for line in head.lines]
    for stated in stated_in(head):
        votes.add(_worthy_title(stated.title, head), 3)
    for node in _named(tree, _TITLE_NAMES, 8):
        votes.add(_worthy_title(clean(node.text_content()), head), 3)
    headings = [node for tag in ("h1", "h2") for node in tree.iter(tag)][:12]
    for node in headings:
        text = _worthy_title(clean(node.text_content()), head)
        if text is None:
            continue
        votes.add(text, 2 if node.tag == "h1" else 1)
        if any(fold(text) in line for line in lines):
            votes.add(text, 2)
    for line in head.lines:
        pieces = [piece for piece in re.split(r"\s+[|–—·•]\s+|\s+-\s+", line) if piece.strip()]
        votes.add(_worthy_title(pieces[0] if pieces else None, head), 1)
    return votes.best(at_least=1)


def _worthy_title(text: str | None, head: Head) -> str | None:
    """`text` where it could name one job: not the site, a section, a list or a label."""
    if not text or not 3 <= len(text) <= TITLE_CHARACTERS_MAX:
        return None
    folded = fold(text).strip(" .:!")
    if head.site and folded == fold(head.site):
        return None
    if wording("page generic").fullmatch(folded) or section_of(text, is_marked=False) is not None:
        return None
    return None if label_of(text) is not None or is_closed_wording(text) else text


def _company(
    tree: Node, head: Head, title: str, leaves: list[str], labelled: str | None
) -> str | None:
    votes = _Votes()
    votes.add(labelled, 4)
    for stated in stated_in(head):
        votes.add(_worthy_name(stated.company, title, head), 3)
    for node in _named(tree, _COMPANY_NAMES, 6):
        votes.add(_worthy_name(clean(node.text_content()), title, head), 3)
    for node in list(tree.iter("a"))[:400]:
        if _COMPANY_LINK.search(node.get("href") or ""):
            votes.add(_worthy_name(clean(node.text_content()), title, head), 2)
            break
    text = fold(tree.text_content())
    for rest in remainders(head, title):
        votes.add(_worthy_name(rest, title, head), 3 if fold(rest) in text else 1)
    places = {fold(clean(node.text_content())) for node in _named(tree, _PLACE_NAMES, 4)}
    for leaf in leaves[:1]:
        if fold(leaf) not in places:
            votes.add(_worthy_name(leaf, title, head), 2)
    for node in list(tree.iter("img"))[:20]:
        alt = re.sub(r"(?i)\b(?:company )?logo(?: (?:of|de|d'))?\b", "", node.get("alt") or "")
        if alt and "logo" in f"{node.get('class')} {node.get('alt')} {node.get('src')}".lower():
            votes.add(_worthy_name(clean(alt), title, head), 2)
            break
    return votes.best(at_least=2)


def _worthy_name(text: str | None, title: str, head: Head) -> str | None:
    text = _LEAD.sub("", clean(text or ""))
    if not 2 <= len(text) <= NAME_CHARACTERS_MAX or len(text.split()) > 9:
        return None
    folded = fold(text)
    if folded == fold(title) or (head.site and folded == fold(head.site)):
        return None
    if _NOT_A_NAME.search(folded) or label_of(text) or section_of(text, is_marked=False):
        return None
    if (
        contract_in(text)
        or remote_in(text)
        or (text.endswith((".", ":")) and len(text.split()) > 4)
    ):
        return None
    return text


def _place(
    tree: Node, head: Head, company: str | None, leaves: list[str], labelled: str | None
) -> str | None:
    votes = _Votes()
    votes.add(labelled, 4)
    for stated in stated_in(head):
        votes.add(_worthy_place(stated.place), 3)
    for node in _named(tree, _PLACE_NAMES, 4):
        votes.add(_worthy_place(clean(node.text_content())), 3)
    for node in list(tree.iter("a"))[:400]:
        if _MAP_LINK.search(node.get("href") or ""):
            votes.add(_worthy_place(clean(node.text_content())), 3)
            break
    if company and leaves and fold(leaves[0]) == fold(company):
        for leaf in leaves[1:2]:
            votes.add(_worthy_place(leaf), 2)
    return votes.best(at_least=2)


def _worthy_place(text: str | None) -> str | None:
    text = clean(text or "")
    pair = labelled(text)
    if pair is not None and pair[0] == "place":
        text = pair[1]
    if not 2 <= len(text) <= NAME_CHARACTERS_MAX or text.endswith((".", ":")):
        return None
    if _NOT_A_NAME.search(fold(text)) or label_of(text) or contract_in(text):
        return None
    return text if text[0].isupper() or text[0].isdigit() else None


def _named(tree: Node, names: re.Pattern[str], count_max: int) -> Iterator[Node]:
    """The first elements whose class, id or data name matches, the innermost of those nested."""
    found = 0
    for node in tree.iter():
        if not isinstance(node.tag, str) or node.tag in ("img", "body", "html", "main"):
            continue
        said = " ".join(
            filter(None, (node.get(key) for key in ("class", "id", "data-testid", "data-test",
                                                    "data-automation-id", "data-qa", "itemprop")))
        )  # fmt: skip
        if said and names.search(said) and 2 <= len(clean(node.text_content())) <= 200:
            inner = next((one for one in node.iterdescendants() if _says(one, names)), node)
            yield next(inner.iterdescendants("h1", "h2", "h3"), inner)
            found += 1
            if found >= count_max:
                return


def _says(node: Node, names: re.Pattern[str]) -> bool:
    if not isinstance(node.tag, str) or not clean(node.text_content()):
        return False
    return bool(names.search(f"{node.get('class') or ''} {node.get('data-testid') or ''}"))


def _leaves_after(tree: Node, title: str) -> Iterable[str]:
    """The short texts that follow the title's element: who hires, and where, as a rule."""
    is_past, count = False, 0
    for node in tree.iter():
        if not isinstance(node.tag, str):
            continue
        if not is_past:
            is_past = _is_title_element(node, title)
            continue
        for text in _own_texts(node):
            if fold(text) == fold(title) or label_of(text) is not None:
                continue
            yield text
            count += 1
            if count >= LEAVES_AFTER_TITLE:
                return


def _is_title_element(node: Node, title: str) -> bool:
    text = clean(node.text or "")
    return len(node) <= 1 and bool(text) and fold(text) == fold(title) and node.tag != "a"


def _own_texts(node: Node) -> Iterator[str]:
    text = clean(node.text or "")
    if text:
        yield text
