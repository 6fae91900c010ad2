"""A CV written in HTML as lines of text, what is not shown left out and reported."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree, html

from cvcore.offers.model import Finding
from cvcore.offline import CvText, Link, TextLine, lines_of
from cvweb.adapters.files.errors import FileDamaged, NoText
from cvweb.adapters.files.limits import FileLimits

LETTERS_MIN = 10
DEPTH_MAX = 200
TEXT_CHARACTERS_MAX = 300
_SKIPPED = frozenset(
    ("script", "style", "noscript", "template", "head", "svg", "iframe", "object", "button",
     "select", "nav")
)  # fmt: skip
_BLOCKS = frozenset(
    ("p", "div", "section", "article", "header", "footer", "main", "aside", "ul", "ol", "li", "tr",
     "table", "tbody", "thead", "h1", "h2", "h3", "h4", "h5", "h6", "dl", "dt", "dd", "blockquote",
     "pre", "form", "address", "figure", "hr", "br", "body", "html")
)  # fmt: skip
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)"
    r"|font-size\s*:\s*(?:0|[0-3](?:\.\d+)?(?:px|pt))\s*(?:;|$)|text-indent\s*:\s*-\d{3,}"
    r"|(?:left|top)\s*:\s*-\d{3,}|(?<![\w-])color\s*:\s*(?:#fff(?:fff)?|white)\s*(?:;|$)",
    re.IGNORECASE,
)


def read_html(text: str, limits: FileLimits) -> CvText:
    """The text of a page as a browser shows it.

    Raises:
        FileDamaged: it cannot be parsed.
        NoText: nothing is shown on it.
    """
    try:
        parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True)
        root = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise FileDamaged(kind="HTML", why="it cannot be parsed") from error
    page = _Page(limits)
    page.read(root)
    if sum(char.isalnum() for line in page.lines for char in line.text) < LETTERS_MIN:
        raise NoText(pages=1)
    return CvText(lines=tuple(page.lines), links=tuple(page.links), findings=tuple(page.findings()))


class _Page:
    """Gathers the lines of a page while its tree is walked."""

    def __init__(self, limits: FileLimits) -> None:
        self.lines: list[TextLine] = []
        self.links: list[Link] = []
        self._limits = limits
        self._held: list[str] = []
        self._bold = 0
        self._level = 0
        self._is_item = False
        self._gap = 0.0
        self._hidden: list[str] = []

    def read(self, element: Any, depth: int = 0) -> None:
        """Take an element in, with what is in it."""
        name = element.tag if isinstance(element.tag, str) else ""
        if name in _SKIPPED or not name or depth > DEPTH_MAX:
            return
        if "hidden" in element.attrib or _HIDING.search(element.get("style") or ""):
            self._hidden.append(" ".join("".join(element.itertext()).split()))
            return
        is_block = name in _BLOCKS
        if is_block:
            self._flush()
        level, item = self._level, self._is_item
        if re.fullmatch(r"h[1-6]", name):
            self._level, self._gap = int(name[1]), 1.0
        self._is_item = name == "li" or (item and not is_block)
        is_bold = name in ("b", "strong")
        self._inside(element, depth, is_bold=is_bold)
        if name in ("td", "th"):
            self._held.append("\t")
        if (
            name == "a"
            and (url := element.get("href"))
            and len(self.links) < self._limits.links_max
        ):
            self.links.append(
                Link(url=url.strip(), text=" ".join("".join(element.itertext()).split()))
            )
        if is_block:
            self._flush()
            self._gap = max(
                self._gap, 1.0 if name in ("p", "ul", "ol", "section", "table") else 0.0
            )
        self._level, self._is_item = level, item

    def findings(self) -> list[Finding]:
        """What was left out because it is not shown."""
        text = " ".join(self._hidden)
        if sum(char.isalnum() for char in text) < 3:
            return []
        detail = "text that a browser does not show was left out"
        return [Finding(code="hidden_text", detail=detail, text=text[:TEXT_CHARACTERS_MAX])]

    def _inside(self, element: Any, depth: int, *, is_bold: bool) -> None:
        self._bold += is_bold
        self._hold(element.text, is_bold=bool(self._bold))
        for child in element:
            self.read(child, depth + 1)
            self._hold(child.tail, is_bold=bool(self._bold))
        self._bold -= is_bold

    def _hold(self, text: str | None, *, is_bold: bool) -> None:
        if text:
            plain = re.sub(r"\s+", " ", text)
            self._held.append(f"\0{plain}\0" if is_bold and plain.strip() else plain)

    def _flush(self) -> None:
        raw = "".join(self._held)
        self._held = []
        bold = sum(len(part) for part in re.findall(r"\0([^\0]*)\0", raw))
        text = re.sub(r" {2,}", " ", raw.replace("\0", "")).strip()
        if not text or len(self.lines) >= self._limits.lines_max:
            return
        is_bold = bold * 2 > len(text)
        mark = "• " if self._is_item and not self._level else ""
        for line in lines_of(mark + text).lines:
            self.lines.append(
                TextLine(text=line.text, is_bold=is_bold, level=self._level, gap=self._gap)
            )
            self._gap = 0.0
