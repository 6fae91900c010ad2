"""A job page as the offer's text: structured data first, then what the page shows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

import msgspec

from cvcore.offers import Finding
from cvcore.offline import Block, Hints, OfferText
from cvcore.offline.offer_kind import is_closed_wording
from cvcore.offline.offer_sections import section_of
from cvcore.offline.offer_text import clean
from cvcore.offline.offer_wording import fold, wording
from cvcore.skills import find_skills
from cvweb.adapters.files.job_page_data import Posting, is_news, postings
from cvweb.adapters.files.job_page_fields import fields_of
from cvweb.adapters.files.job_page_head import Head, head_of
from cvweb.adapters.files.job_page_pairs import pairs_of
from cvweb.adapters.files.job_page_state import state_posting
from cvweb.adapters.files.job_page_tree import Node, blocks_of, decoded, prune, tree_of

Verdict = Literal["offer", "not_an_offer", "unreadable"]

SHELL_WORDS_MAX = 25
"""Fewer words than this in whole sentences, and a page with scripts is a shell to be rendered."""

DESCRIPTION_WORDS_MIN = 40
NOTICE_CHARACTERS_MAX = 200
CARDS_MIN = 3
_CONDITION = re.compile(r"\b(?:if|once|when|until|unless|si|lorsque|des que|pokud|wenn|falls)\b")


class PageText(msgspec.Struct, frozen=True, kw_only=True):
    """What a page came to: the offer's text, or why there is none."""

    verdict: Verdict
    text: OfferText = OfferText()
    why: str = ""


def page_text(data: bytes, *, charset: str | None = None) -> PageText:
    """The offer that an HTML page holds, as text with hints; the page's scripts are never run.

    `not_an_offer` for lists of offers, articles and pages without one; `unreadable` for shells
    that only a browser fills, for walls (sign in, captcha) and error pages.
    """
    tree = tree_of(decoded(data, charset))
    if tree is None:
        return PageText(verdict="not_an_offer", why="the page is empty")
    head = head_of(tree)
    found = postings(tree)
    posting = _chosen(found, tree, head) or state_posting(tree, page_title=head.text)
    if posting is None and is_news(tree):
        return PageText(verdict="not_an_offer", why="it is an article")
    has_scripts = tree.find(".//script") is not None
    findings = prune(tree)
    body = blocks_of(tree)
    if posting is None:
        refused = _refused(tree, head, found, body, has_scripts=has_scripts)
        if refused is not None:
            return refused
    pairs = pairs_of(tree)
    hints = fields_of(tree, head, pairs, posting.hints if posting else Hints())
    shown = _offer_part(body, hints.title)
    described, more = _described(posting)
    blocks = described if _is_fuller(described, shown) else shown
    if hints.is_closed or any(map(_is_notice, body)):
        hints = msgspec.structs.replace(hints, is_closed=True)
    return PageText(
        verdict="offer",
        text=OfferText(blocks=blocks, hints=hints, findings=(*findings, *more)),
    )


def _chosen(found: Sequence[Posting], tree: Node, head: Head) -> Posting | None:
    """The one posting the page is about; None where there is none, or where it lists several."""
    titled = [one for one in found if one.hints.title]
    if len({fold(one.hints.title or "") for one in titled}) <= 1:
        return max(titled, key=lambda one: len(one.description), default=None)
    shown = fold(" | ".join([head.text, *(node.text_content() for node in tree.iter("h1"))]))
    named = [one for one in titled if fold(one.hints.title or "") in shown]
    return named[0] if len({fold(one.hints.title or "") for one in named}) == 1 else None


def _refused(
    tree: Node, head: Head, found: Sequence[Posting], body: Sequence[Block], *, has_scripts: bool
) -> PageText | None:
    """Why a page without a posting of its own in its data is no offer, where it shows that."""
    title = fold(head.lines[0]).strip() if head.lines else ""
    if wording("page wall").fullmatch(title):
        return PageText(verdict="unreadable", why="it asks to sign in, to prove one is no machine, "
                        "or is an error page")  # fmt: skip
    headings = [fold(clean(node.text_content())) for node in list(tree.iter("h1"))[:3]]
    is_listed = any(wording("page listing").fullmatch(line.strip(" .!")) for line in headings)
    if len(found) > 1 or (is_listed and _links_to_jobs(tree) >= CARDS_MIN):
        return PageText(verdict="not_an_offer", why="it is a list of offers, open one of them")
    words = sum(len(block.text.split()) for block in body if len(block.text.split()) >= 6)
    if words < SHELL_WORDS_MAX and has_scripts and not _cards(tree):
        return PageText(verdict="unreadable", why="its text appears only in a browser")
    long = sum(len(block.text.split()) >= 25 for block in body)
    sections = {section_of(block.text, is_marked=True) for block in body if block.kind == "heading"}
    listed = max(_cards(tree), _links_to_jobs(tree))
    if listed >= CARDS_MIN and long < 2 and not sections & {"required", "responsibilities"}:
        return PageText(verdict="not_an_offer", why="it is a list of offers, open one of them")
    return None


def _cards(tree: Node) -> int:
    """How many times the page repeats a card: a small heading with a link in the same box."""
    boxes: dict[str, int] = {}
    for tag in ("h2", "h3", "h4"):
        for node in tree.iter(tag):
            box = node.getparent()
            for _ in range(3):
                if box is None or box.tag == "body":
                    break
                if box.find(".//a[@href]") is not None and len(box.text_content().split()) <= 60:
                    key = f"{tag} {box.tag} {box.get('class')}"
                    boxes[key] = boxes.get(key, 0) + 1
                    break
                box = box.getparent()
    return max(boxes.values(), default=0)


def _links_to_jobs(tree: Node) -> int:
    """How many links of the page are named like jobs."""
    texts = {clean(node.text_content()) for node in list(tree.iter("a"))[:300]}
    short = [text for text in texts if 3 <= len(text) <= 80 and len(text.split()) <= 10]
    return sum(any(one.kind == "title" for one in find_skills(text)) for text in short)


def _described(posting: Posting | None) -> tuple[tuple[Block, ...], tuple[Finding, ...]]:
    """The posting's own description as blocks."""
    if posting is None or not posting.description:
        return (), ()
    tree = tree_of(f"<html><body>{posting.description}</body></html>")
    if tree is None:
        return (), ()
    findings = prune(tree)
    return blocks_of(tree), findings


def _is_fuller(described: Sequence[Block], shown: Sequence[Block]) -> bool:
    """Whether the description is more than a teaser of what the page shows."""
    words = sum(len(block.text.split()) for block in described)
    least = min(DESCRIPTION_WORDS_MIN, sum(len(block.text.split()) for block in shown))
    return words > 0 and words >= least


def _offer_part(body: Sequence[Block], title: str | None) -> tuple[Block, ...]:
    """The page's blocks from the offer's title on, up to where other offers begin."""
    begin = 0
    if title:
        at = [index for index, block in enumerate(body) if fold(title) in fold(block.text)]
        begin = at[0] if at else 0
    for index in range(begin + 1, len(body)):
        if wording("page elsewhere").fullmatch(fold(body[index].text).strip(" :.!?")):
            return tuple(body[begin:index])
    return tuple(body[begin:])


def _is_notice(block: Block) -> bool:
    return (
        len(block.text) <= NOTICE_CHARACTERS_MAX
        and is_closed_wording(block.text)
        and not _CONDITION.search(fold(block.text))
    )
