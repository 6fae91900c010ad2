"""A DOCX as lines of text: body, tables, text boxes, headers and footers, in order."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from lxml import etree

from cvcore.offers.model import Finding
from cvcore.offline import CvText, Link, TextLine, lines_of
from cvweb.adapters.files.archive import open_archive, part_of
from cvweb.adapters.files.docx_styles import Look, Styles, W, attribute
from cvweb.adapters.files.errors import FileDamaged, NoText
from cvweb.adapters.files.limits import FileLimits

LETTERS_MIN = 10
TEXT_CHARACTERS_MAX = 300
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def read_docx(data: bytes, limits: FileLimits) -> CvText:
    """The text of a DOCX in the order it is read, with the look of each line.

    Raises:
        FileDamaged: it is no whole DOCX.
        ArchiveBomb: it unpacks to more than `unpacked_bytes_max`.
        NoText: no text stands in it.
    """
    with open_archive(BytesIO(data), limits, kind="DOCX") as archive:
        styles = Styles(_tree(archive, "word/styles.xml", limits))
        parts = _parts(archive, limits)
        if not parts:
            raise FileDamaged(kind="DOCX", why="it has no document part")
        reader = _Reader(styles, limits)
        for name, tree in parts:
            reader.relations = _relations(archive, name, limits)
            reader.read(tree)
    letters = sum(char.isalnum() for line in reader.lines for char in line.text)
    if letters < LETTERS_MIN:
        raise NoText(pages=1)
    return CvText(
        lines=tuple(reader.lines), links=tuple(reader.links), findings=tuple(reader.findings())
    )


def _parts(archive: zipfile.ZipFile, limits: FileLimits) -> list[tuple[str, Any]]:
    names = archive.namelist()
    headers = sorted(name for name in names if name.startswith("word/header"))
    footers = sorted(name for name in names if name.startswith("word/footer"))
    notes = [name for name in names if name in ("word/footnotes.xml", "word/endnotes.xml")]
    body = [name for name in names if name in ("word/document.xml", "word/document2.xml")]
    if not body:
        return []
    found: list[tuple[str, Any]] = []
    for name in [*headers, *body, *footers, *notes]:
        tree = _tree(archive, name, limits)
        if tree is not None and name.endswith(".xml"):
            found.append((name, tree))
    return found


def _tree(archive: zipfile.ZipFile, name: str, limits: FileLimits) -> Any:
    raw = part_of(archive, name, limits)
    if raw is None:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)
    try:
        return etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FileDamaged(kind="DOCX", why=f"{name} is no XML") from error


def _relations(archive: zipfile.ZipFile, name: str, limits: FileLimits) -> dict[str, str]:
    folder, _, file = name.rpartition("/")
    tree = _tree(archive, f"{folder}/_rels/{file}.rels", limits)
    if tree is None:
        return {}
    return {
        each.get("Id", ""): each.get("Target", "")
        for each in tree
        if each.get("TargetMode") == "External"
    }


class _Reader:
    """Walks the parts of a document and gathers lines, links and what is hidden."""

    def __init__(self, styles: Styles, limits: FileLimits) -> None:
        self.lines: list[TextLine] = []
        self.links: list[Link] = []
        self.relations: dict[str, str] = {}
        self._styles = styles
        self._limits = limits
        self._hidden: dict[str, list[str]] = {}
        self._seen: set[str] = set()
        self._block = 0
        self._blank = 0.0
        self._left = limits.characters_max

    def read(self, root: Any) -> None:
        """Take one part in."""
        is_repeated = etree.QName(root).localname in ("hdr", "ftr")
        before = len(self.lines)
        body = root.find(f"{W}body")
        self._blocks(body if body is not None else root)
        self._block += 1
        if is_repeated:
            text = "\n".join(line.text for line in self.lines[before:])
            if text in self._seen:
                del self.lines[before:]
            self._seen.add(text)

    def findings(self) -> list[Finding]:
        """What was left out because a person cannot see it."""
        return [
            Finding(code="hidden_text", detail=why, text=" ".join(texts)[:TEXT_CHARACTERS_MAX])
            for why, texts in self._hidden.items()
            if sum(char.isalnum() for text in texts for char in text) >= 3
        ]

    def _blocks(self, parent: Any) -> None:
        for child in parent:
            name = _name(child)
            if name == "p":
                self._paragraph(child)
            elif name == "tbl":
                self._table(child)
            elif name in (
                "sdt",
                "sdtContent",
                "customXml",
                "ins",
                "footnote",
                "endnote",
                "smartTag",
            ):
                self._blocks(child)

    def _table(self, table: Any) -> None:
        for row in table.iter(f"{W}tr"):
            if _owner(row, "tbl") is not table:
                continue
            cells = [cell for cell in row.iter(f"{W}tc") if _owner(cell, "tr") is row]
            if len(cells) > 1 and all(_is_short(cell) for cell in cells):
                self._row(cells)
                continue
            for cell in cells:
                self._block += 1
                self._blocks(cell)
            self._block += 1
        self._block += 1

    def _row(self, cells: list[Any]) -> None:
        """A row of short cells is one line."""
        held = self.lines
        texts: list[TextLine] = []
        for cell in cells:
            self.lines = []
            self._blocks(cell)
            texts += self.lines
        self.lines = held
        if texts:
            first = texts[0]
            text = "\t".join(line.text for line in texts)
            self._add(text, Look(first.size, first.is_bold, first.style), first.level)

    def _paragraph(self, paragraph: Any) -> None:
        look = self._styles.paragraph(paragraph)
        pieces = list(self._pieces(paragraph, look.runs))
        text = "".join(piece for piece, _ in pieces)
        bullet = "• " if look.is_listed and text.strip() and not look.level else ""
        lead = max(pieces, key=lambda one: len(one[0].strip()), default=("", look.runs))[1]
        is_bold = _is_bold(pieces)
        for number, line in enumerate(text.split("\n")):
            if line.strip():
                shape = Look(lead.size, is_bold, f"{lead.style}/{'b' if is_bold else ''}")
                self._add((bullet if number == 0 else "") + line, shape, look.level)
            else:
                self._blank = max(self._blank, 1.0)
        for box in _boxes(paragraph):
            self._block += 1
            self._blocks(box)
            self._block += 1

    def _add(self, text: str, look: Look, level: int) -> None:
        self._left -= len(text)
        if self._left < 0 or len(self.lines) >= self._limits.lines_max:
            return
        for line in lines_of(text).lines:
            self.lines.append(
                TextLine(
                    text=line.text, size=look.size, is_bold=look.is_bold, style=look.style,
                    gap=self._blank, block=self._block, level=level, x=line.x,
                )
            )  # fmt: skip
            self._blank = 0.0

    def _pieces(self, parent: Any, look: Look) -> Iterator[tuple[str, Look]]:
        """The runs of a paragraph with their looks; text boxes are read apart."""
        for child in parent:
            name = _name(child)
            if name == "r":
                run = self._styles.run(child, look)
                text = "".join(_run_texts(child))
                if run.hidden and text.strip():
                    self._hidden.setdefault(run.hidden, []).append(text)
                elif text:
                    yield text, run
            elif name == "hyperlink":
                inner = list(self._pieces(child, look))
                url = self.relations.get(child.get(_RELATION) or "")
                if url and len(self.links) < self._limits.links_max:
                    words = "".join(text for text, _ in inner)
                    self.links.append(Link(url=url, text=words.strip()))
                yield from inner
            elif name in (
                "ins",
                "smartTag",
                "sdt",
                "sdtContent",
                "fldSimple",
                "customXml",
                "bdo",
                "dir",
            ):
                yield from self._pieces(child, look)


def _is_bold(pieces: list[tuple[str, Look]]) -> bool:
    bold = sum(len(text.strip()) for text, look in pieces if look.is_bold)
    return bold * 2 > sum(len(text.strip()) for text, _ in pieces)


def _run_texts(run: Any) -> Iterator[str]:
    for child in run:
        name = _name(child)
        if name == "t":
            yield child.text or ""
        elif name in ("tab", "ptab"):
            yield "\t"
        elif name in ("br", "cr"):
            yield "\n"
        elif name == "noBreakHyphen":
            yield "-"
        elif name == "sym":
            code = attribute(child, "char")
            yield "•" if code and code.upper().startswith("F0") else ""


def _boxes(paragraph: Any) -> Iterator[Any]:
    """The text boxes of a paragraph, each once: of two forms of the same box, the first."""
    for box in paragraph.iter(f"{W}txbxContent"):
        if _owner(box, "p") is not paragraph:
            continue
        if not any(_name(parent) == "Fallback" for parent in box.iterancestors()) or not any(
            _name(each) == "txbxContent"
            for choice in box.iterancestors()
            if _name(choice) == "AlternateContent"
            for each in choice.iter()
            if not any(_name(up) == "Fallback" for up in each.iterancestors())
        ):
            yield box


def _owner(element: Any, name: str) -> Any:
    return next((each for each in element.iterancestors() if _name(each) == name), None)


def _is_short(cell: Any) -> bool:
    paragraphs = [p for p in cell.iter(f"{W}p") if "".join(p.itertext()).strip()]
    return len(paragraphs) <= 1 and len("".join(cell.itertext())) <= 160


def _name(element: Any) -> str:
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""
