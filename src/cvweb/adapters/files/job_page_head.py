"""What the head of a page says of an offer: its title line, taken apart."""

from __future__ import annotations

import re

import msgspec

from cvcore.offline.offer_text import clean
from cvcore.offline.offer_wording import fold
from cvweb.adapters.files.job_page_tree import Node

_CUT = re.compile(r"\s+[|–—·•]\s+|\s+-\s+")
_BOARD = re.compile(r"linkedin|indeed(?:\.\w+)?|glassdoor|[\w-]+\.[a-z]{2,4}", re.IGNORECASE)
_HIRING = re.compile(
    r"^(?P<company>.{2,80}?) (?:is )?(?:hiring|recrute|recherche|sucht|hledá)(?: une?| an?)? "
    r"(?P<title>.{3,140}?)(?: (?:in|à|en|au|v) (?P<place>[^|]{2,80}?))?$"
)
_AT = re.compile(
    r"^(?:job application for )?(?P<title>.{3,140}?) (?:at|@|chez|bei|ve společnosti|w firmie) "
    r"(?P<company>.{2,80}?)(?: (?:in|à) (?P<place>.{2,80}?))?$",
    re.IGNORECASE,
)
_CONTRACT_AT = re.compile(
    r"^(?:CDI|CDD|Stage|Alternance|Freelance|Internship|Full[- ]time)(?: \([^)]*\))? "
    r"(?:à|in|en|au) (?P<place>.{2,60})$",
    re.IGNORECASE,
)


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The page's title lines, the site's own name, and the parts a title line states."""

    lines: tuple[str, ...] = ()
    site: str | None = None
    language: str | None = None
    is_article: bool = False

    @property
    def text(self) -> str:
        """The title lines as one."""
        return " | ".join(self.lines)


class Stated(msgspec.Struct, frozen=True):
    """What one title line says: any of title, company and place."""

    title: str | None = None
    company: str | None = None
    place: str | None = None


def head_of(tree: Node) -> Head:
    """The title lines (the page's, Open Graph's) and who the site is, before any pruning."""
    lines = [clean(node.text_content()) for node in tree.xpath("//title")[:1]]
    metas = {
        (node.get("property") or node.get("name") or "").lower(): clean(node.get("content") or "")
        for node in tree.xpath("//meta[@content]")
    }
    lines += [metas.get("og:title", ""), metas.get("twitter:title", "")]
    site = metas.get("og:site_name") or metas.get("application-name")
    site = site or metas.get("apple-mobile-web-app-title") or None
    return Head(
        lines=tuple(dict.fromkeys(line for line in lines if line)),
        site=site,
        language=(tree.get("lang") or "")[:2].lower() or None,
    )


def stated_in(head: Head) -> list[Stated]:
    """What each title line states by its wording: "X hiring Y in Z", "Y at X", "Y - X | Site"."""
    found: list[Stated] = []
    for line in head.lines:
        pieces = _without_site(_CUT.split(line), head.site)
        for whole in (" - ".join(pieces), pieces[0] if pieces else ""):
            match = _HIRING.match(whole) or _AT.match(whole)
            if match:
                found.append(Stated(match["title"], match["company"], match["place"]))
                break
        for piece in pieces[1:]:
            match = _CONTRACT_AT.match(piece)
            if match:
                found.append(Stated(place=match["place"]))
    return found


def remainders(head: Head, title: str) -> list[str]:
    """The pieces of the title lines beside the offer's title and the site's name."""
    found: list[str] = []
    for line in head.lines:
        at = fold(line).find(fold(title))
        if at < 0 or len(fold(line)) != len(line):
            continue
        before, after = line[:at], line[at + len(title) :]
        for rest in (after, before):
            pieces = _without_site(_CUT.split(f" {rest} "), head.site)
            found += [piece.strip(" :–—|-,") for piece in pieces]
    return [piece for piece in dict.fromkeys(found) if 2 <= len(piece) <= 80]


def _without_site(pieces: list[str], site: str | None) -> list[str]:
    kept = [clean(piece) for piece in pieces if clean(piece)]
    if (
        len(kept) > 1
        and site
        and fold(kept[-1]).replace(" ", "")
        in (
            fold(site).replace(" ", ""),
            f"{fold(site)}.com",
        )
    ):
        return kept[:-1]
    return kept[:-1] if len(kept) > 1 and _BOARD.fullmatch(kept[-1]) else kept
