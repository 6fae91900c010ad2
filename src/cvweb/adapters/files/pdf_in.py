"""A PDF as lines of text in reading order, its links, and what was hidden in it."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from cvcore.offers.model import Finding
from cvcore.offline import CvText, Link, TextLine, lines_of_page
from cvweb.adapters.files.errors import FileDamaged, FileEncrypted, NoText, TooManyPages
from cvweb.adapters.files.limits import FileLimits
from cvweb.adapters.files.pdf_glyphs import PageText, PlacedWord
from cvweb.adapters.files.pdf_hidden import shapes_of, sorted_out

LETTERS_MIN = 20
"""A document with fewer letters than this on all its pages is a picture of one."""


def read_pdf(data: bytes, limits: FileLimits) -> CvText:
    """The text of a PDF as a person sees it, with positions.

    Raises:
        FileEncrypted: it asks for a password.
        FileDamaged: it cannot be opened, or a page of it cannot be read.
        TooManyPages: it has more than `pages_max`.
        NoText: its pages are pictures.
    """
    document = _opened(data)
    try:
        if len(document) > limits.pages_max:
            raise TooManyPages(pages=len(document), pages_max=limits.pages_max)
        return _text_of(document, limits)
    finally:
        document.close()


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD or "assword" in str(error):
            raise FileEncrypted(kind="PDF") from error
        raise FileDamaged(kind="PDF", why="it cannot be opened") from error


def _text_of(document: pypdfium2.PdfDocument, limits: FileLimits) -> CvText:
    lines: list[TextLine] = []
    links: list[Link] = []
    findings: list[Finding] = []
    letters = left = limits.characters_max
    for number in range(len(document)):
        try:
            page = document[number]
        except pypdfium2.PdfiumError as error:
            raise FileDamaged(kind="PDF", why=f"page {number + 1} cannot be read") from error
        words, found = _words(page, number + 1, left)
        left -= sum(len(word.text) for word in words)
        block = lines[-1].block + 1 if lines else 0
        lines += lines_of_page([word.word() for word in words], number + 1, block)
        links += _links(page, words, number + 1, limits.links_max - len(links))
        findings += found
        page.close()
        if left <= 0 or len(lines) > limits.lines_max:
            break
    letters = sum(char.isalnum() for line in lines for char in line.text)
    if letters < LETTERS_MIN:
        raise NoText(pages=len(document))
    return CvText(lines=tuple(lines), links=tuple(links), findings=tuple(findings))


def _words(page: Any, number: int, left: int) -> tuple[list[PlacedWord], list[Finding]]:
    width, height = page.get_size()
    shapes, order = shapes_of(page, height)
    text = PageText(page, height, order)
    try:
        words = list(text.words(left))
    finally:
        text.close()
    return sorted_out(words, shapes, number, width, height)


def _links(page: Any, words: list[PlacedWord], number: int, most: int) -> list[Link]:
    """The link annotations that lead somewhere outside, with the words they stand on."""
    found: list[Link] = []
    height = page.get_height()
    position, link = ctypes.c_int(0), pdfium.FPDF_LINK()
    while len(found) < most and pdfium.FPDFLink_Enumerate(page.raw, position, link):
        url = _url(page, link)
        box = pdfium.FS_RECTF()
        if not url or not pdfium.FPDFLink_GetAnnotRect(link, box):
            continue
        top, bottom = height - max(box.top, box.bottom), height - min(box.top, box.bottom)
        under = [
            word.text for word in words
            if box.left - 1 <= (word.x + word.x_end) / 2 <= box.right + 1
            and top - 1 <= (word.top + word.bottom) / 2 <= bottom + 1
        ]  # fmt: skip
        found.append(Link(url=url, text=" ".join(under), page=number))
    return found


def _url(page: Any, link: Any) -> str:
    action = pdfium.FPDFLink_GetAction(link)
    if not action:
        return ""
    document = page.pdf.raw
    length = pdfium.FPDFAction_GetURIPath(document, action, None, 0)
    if not 0 < length <= 4096:
        return ""
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFAction_GetURIPath(document, action, buffer, length)
    return buffer.value.decode("utf-8", "replace").strip()
