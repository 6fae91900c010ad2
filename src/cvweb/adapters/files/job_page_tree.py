"""A job page as a tree of what a person sees: decoded, cleaned, and as blocks in reading order."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, TypeAlias

from lxml import etree, html

from cvcore.offers import Finding
from cvcore.offline import Block
from cvcore.offline.offer_instructions import is_instruction
from cvcore.offline.offer_labels import label_of
from cvcore.offline.offer_text import clean, plain_block

Node: TypeAlias = Any
"""An element of lxml's tree; its stubs know neither comments' tags nor what XPath answers."""

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_UNSEEN = re.compile(
    r"script|style|noscript|template|svg|iframe|object|embed|canvas|select|button|input|textarea|"
    r"dialog|audio|video|head"
)
_AROUND = re.compile(r"nav|footer|aside|form")
_HEADING = re.compile(r"h([1-6])")
_BLOCK = re.compile(
    r"p|div|section|article|main|header|ul|ol|dl|table|tbody|tr|blockquote|pre|figure|figcaption|"
    r"address|details|summary|body|html|li|dt|dd|td|th|hr|br|center|fieldset|form|nav|footer|aside|"
    r"h[1-6]"
)
_SLY_STYLE = re.compile(
    r"font-size\s*:\s*(?:0(?:\.\d+)?(?:px|pt|r?em|%)?|[12](?:\.\d+)?p[xt])\s*(?:;|!|$)|"
    r"(?:left|top|text-indent)\s*:\s*-\d{3,}"
)
_FOLDED_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
_HIDDEN_CLASS = re.compile(
    r"(?:^|\s)(?:hidden|visually-?hidden|sr-only|screen-reader\S*|accessibility-hidden|d-none|"
    r"is-hidden|modal\S*|[\w-]+__modal|cookie\S*|consent\S*|breadcrumbs?)(?=\s|$)"
)
_ELSEWHERE = re.compile(
    r"(?:^|[\s_-])(?:similar|related|recommended|other|more|suggested)[\w-]*?[-_]?(?:jobs?|offers?|"
    r"vacanc\w+|positions?|listings?|offres?|annonces?)|people-also|browsemap|aside-section|"
    r"(?:^|\s)(?:site-)?(?:footer|sidebar|navbar|navigation)(?=\s|$|-)",
    re.IGNORECASE,
)
NODES_MAX = 60_000
"""Elements looked at when a page is pruned; what stands behind them is kept as it is."""

HIDDEN_WORDS_MIN = 6


def decoded(data: bytes, charset: str | None = None) -> str:
    """The page's characters: by its mark, the server's word, its own, UTF-8, or Windows-1252."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(name, errors="replace")
    found = _META_CHARSET.search(data[:4096])
    stated = found.group(1).decode("ascii") if found else None
    for name in filter(None, (charset, "utf-8", stated, "cp1252")):
        try:
            return data.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
    return data.decode("utf-8", errors="replace")


def tree_of(page: str) -> Node | None:
    """The page parsed, its source unwrapped where a browser saved it as "view source"."""
    page = _DECLARATION.sub("", _NOT_XML.sub("", page), count=1)
    tree = _parsed(page)
    if tree is None:
        return None
    source = tree.xpath('//body[@id="viewsource"]')
    if source:
        return _parsed("".join(source[0].itertext()))
    return tree


def _parsed(page: str) -> Node | None:
    if not page.strip():
        return None
    try:
        parser = html.HTMLParser(encoding="utf-8", recover=True, no_network=True, huge_tree=False)
        return html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def prune(tree: Node) -> tuple[Finding, ...]:
    """Take out of `tree` what nobody sees or is not about this offer; report what is sly."""
    findings: list[Finding] = []
    for node in list(islice(tree.iter(), NODES_MAX)):
        if node.getparent() is None or node.tag in ("html", "body"):
            continue
        why = _why_unseen(node) if isinstance(node.tag, str) else "comment"
        if why in ("style", "hidden", "comment"):
            findings.extend(_hidden(node, why))
        if why is not None:
            _drop(node)
    return tuple(findings[:20])


def _hidden(node: Node, why: str) -> Iterator[Finding]:
    """A finding for words hidden on purpose: shrunk, moved off the page, or speaking to a model.

    What a page merely folds away (menus, dialogs, notices) is no finding.
    """
    text = clean((node.text if why == "comment" else node.text_content()) or "")
    if is_instruction(text):
        detail = "hidden words that address a model instead of a reader were left out"
        yield Finding(code="instruction_text", detail=detail, text=text[:300])
    elif why == "style" and len(text.split()) >= HIDDEN_WORDS_MIN:
        detail = "text that the page hides from people was left out"
        yield Finding(code="hidden_text", detail=detail, text=text[:300])


def _why_unseen(node: Node) -> str | None:
    if _UNSEEN.fullmatch(node.tag):
        return "tag"
    style = node.get("style")
    if style and _SLY_STYLE.search(style.lower()) and (node.text or "").strip():
        return "style"
    if style and _FOLDED_STYLE.search(style.lower()):
        return "hidden"
    if node.get("hidden") is not None or node.get("aria-hidden") == "true":
        return "hidden"
    if _is_around(node) and not _holds_title(node):
        return "around"
    return None


def _is_around(node: Node) -> bool:
    """Whether an element belongs to the site and not to the offer, by its tag, role or class."""
    if _AROUND.fullmatch(node.tag) or (node.tag == "header" and node.find(".//nav") is not None):
        return True
    if node.get("role") in ("dialog", "navigation", "alertdialog", "search", "menu", "banner"):
        return True
    names = f"{node.get('class') or ''} {node.get('id') or ''}".strip().lower()
    if not names or not (_HIDDEN_CLASS.search(names) or _ELSEWHERE.search(names)):
        return False
    text = clean(node.text_content()) if len(node) == 0 else ""
    return not (0 < len(text) <= 40 and label_of(text))  # a label for screen readers is one for us


def _holds_title(node: Node) -> bool:
    return node.find(".//h1") is not None


def _drop(node: Node) -> None:
    """Remove `node` but not the text behind it."""
    parent = node.getparent()
    if parent is None:
        return
    if node.tail:
        before = node.getprevious()
        if before is None:
            parent.text = _NOT_XML.sub("", f"{parent.text or ''} {node.tail}")
        else:
            before.tail = _NOT_XML.sub("", f"{before.tail or ''} {node.tail}")
    parent.remove(node)


def blocks_of(tree: Node) -> tuple[Block, ...]:
    """The text of a pruned tree as headings, items and paragraphs, each once in a row."""
    kept: list[Block] = []
    for block in _walk(tree):
        if block.text and (not kept or kept[-1].text != block.text):
            kept.append(block)
    return tuple(kept)


def _walk(tree: Node) -> Iterator[Block]:
    """Cut the tree's text at every block element, in document order, without recursion."""
    buffer: list[str] = []
    bold: list[str] = []
    inside: list[Node] = []

    def flush() -> Iterator[Block]:
        text = clean("".join(buffer))
        strong = clean("".join(bold))
        buffer.clear()
        bold.clear()
        if text:
            yield _block(text, inside, is_bold=bool(strong) and len(strong) >= 0.9 * len(text))

    for event, node in etree.iterwalk(tree, events=("start", "end")):
        if not isinstance(node.tag, str):
            continue
        if event == "start":
            if _BLOCK.fullmatch(node.tag):
                yield from flush()
                inside.append(node)
            _take(node.text, node, inside, buffer, bold)
        else:
            if _BLOCK.fullmatch(node.tag):
                yield from flush()
                inside.pop()
            if node is not tree:
                _take(node.tail, node.getparent(), inside, buffer, bold)
    yield from flush()


def _take(
    text: str | None, node: Node | None, inside: list[Node], buffer: list[str], bold: list[str]
) -> None:
    if not text:
        return
    buffer.append(text)
    while node is not None and (not inside or node is not inside[-1]):
        if node.tag in ("b", "strong"):
            bold.append(text)
            return
        node = node.getparent()


def _block(text: str, inside: list[Node], *, is_bold: bool) -> Block:
    for node in reversed(inside[-6:]):
        if heading := _HEADING.fullmatch(node.tag):
            return Block("heading", text, int(heading[1]))
        if node.tag == "li":
            return Block("item", text)
    if inside and inside[-1].tag == "dt":
        return Block("heading", text, 6)
    if is_bold and len(text) <= 90 and not text.endswith((".", ",")):
        return Block("heading", text, 6)
    return plain_block(text)
