"""A CV as DOCX: real headings and lists in Word's own styles, the same bytes for the same CV."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

from cvweb.adapters.files.export_view import Entry, Group, Link, Section, View

WHEN = datetime(2000, 1, 1)  # noqa: DTZ001  a document's dates carry no zone
ZIP_WHEN = (2000, 1, 1, 0, 0, 0)
PAPERS_MM = {"a4": (210, 297), "letter": (215.9, 279.4)}
LINK_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
STYLES = {  # the names of Word's styles and their ids in python-docx's own template
    "Title": "Title",
    "Subtitle": "Subtitle",
    "Heading 1": "Heading1",
    "Heading 2": "Heading2",
    "List Bullet": "ListBullet",
}
LOOKS = {  # template: (font, size in points, margin in millimetres, colour of headings)
    "classic": ("Cambria", 10.5, 20, "222222"),
    "modern": ("Calibri", 10.5, 18, "1F4E6B"),
    "compact": ("Calibri", 9.5, 14, "222222"),
}


def to_docx(view: View, template: str) -> bytes:
    """The CV as a Word document."""
    from docx import Document

    document = Document()
    set_up(document, view, template)
    if view.name:
        add(document, view.name, "Title")
    if view.label:
        add(document, view.label, "Subtitle")
    if view.contacts:
        add_contacts(document, view.contacts)
    for section in view.sections:
        add_section(document, section, view.colon)
    written = io.BytesIO()
    document.save(written)
    return with_fixed_times(written.getvalue())


def set_up(document: Any, view: View, template: str) -> None:
    """Paper, margins, fonts, language and properties."""
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    font, size, margin, colour = LOOKS[template]
    page = document.sections[0]
    page.page_width, page.page_height = (Mm(length) for length in PAPERS_MM[view.paper])
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(margin)
    for name, points in (("Normal", size), ("Title", 24), ("Subtitle", 13), ("Heading 1", 14)):
        style = document.styles[name]
        style.font.name, style.font.size = font, Pt(points)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:cs"), font)
        if name != "Normal":
            style.font.color.rgb = RGBColor.from_string(colour)
    heading = document.styles["Heading 2"]
    heading.font.name, heading.font.size = font, Pt(size)
    heading.font.color.rgb = RGBColor.from_string("000000")
    for name in ("Normal", "List Bullet", "Subtitle", "Title"):
        document.styles[name].paragraph_format.space_after = Pt(3)
    set_language(document, view.language)
    properties = document.core_properties
    properties.title, properties.author = view.name[:255] or "CV", view.name[:255]
    properties.comments, properties.language = "", view.language
    properties.created = properties.modified = WHEN
    properties.last_modified_by = ""


def set_language(document: Any, language: str) -> None:
    """The language that spelling is checked in."""
    from docx.oxml.ns import qn

    for mark in document.styles.element.iter(qn("w:lang")):
        mark.set(qn("w:val"), language)


def add(document: Any, text: str, style: str) -> Any:
    """A paragraph in one of Word's own styles, by the style's id: looking up names is slow."""
    paragraph = document.add_paragraph(text)
    paragraph._p.style = STYLES[style]  # noqa: SLF001  the public way searches all styles
    return paragraph


def add_contacts(document: Any, contacts: tuple[Link, ...]) -> None:
    """How to reach the person, in one line with links."""
    paragraph = document.add_paragraph()
    for number, contact in enumerate(contacts):
        if number:
            paragraph.add_run(" | ")
        add_link(paragraph, contact)


def add_section(document: Any, section: Section, colon: str) -> None:
    """A heading and what stands under it."""
    add(document, section.title, "Heading 1")
    for text in section.texts:
        document.add_paragraph(text)
    for group in section.groups:
        add_group(document, group, colon)
    for entry in section.entries:
        add_entry(document, entry)


def add_group(document: Any, group: Group, colon: str) -> None:
    """Words in a row behind their name."""
    paragraph = document.add_paragraph()
    if group.name:
        paragraph.add_run(group.name + (colon if group.words else "")).bold = True
    paragraph.add_run(", ".join(group.words))


def add_entry(document: Any, entry: Entry) -> None:
    """The head of an item with its dates at the right edge, then its texts and bullets."""
    where = ", ".join(part for part in (entry.organisation, entry.place) if part)
    head = add(document, "", "Heading 2")
    head.add_run(entry.title or where)
    if entry.dates:
        add_right_edge(document, head)
        head.add_run(f"\t{entry.dates}").bold = False
    if entry.title and where:
        document.add_paragraph().add_run(where).italic = True
    if entry.link.text:
        add_link(document.add_paragraph(), entry.link)
    for detail in entry.details:
        document.add_paragraph().add_run(detail).italic = True
    for text in entry.texts:
        document.add_paragraph(text)
    for bullet in entry.bullets:
        add(document, bullet, "List Bullet")
    if entry.words:
        document.add_paragraph(entry.words_label + ", ".join(entry.words))


def add_right_edge(document: Any, paragraph: Any) -> None:
    """A tab stop at the right edge of the text."""
    from docx.enum.text import WD_TAB_ALIGNMENT

    page = document.sections[0]
    edge = page.page_width - page.left_margin - page.right_margin
    paragraph.paragraph_format.tab_stops.add_tab_stop(edge, WD_TAB_ALIGNMENT.RIGHT)


def add_link(paragraph: Any, link: Link) -> None:
    """A text that leads somewhere, or the text alone."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    run = paragraph.add_run(link.text)
    if not link.url:
        return
    anchor = OxmlElement("w:hyperlink")
    anchor.set(qn("r:id"), paragraph.part.relate_to(link.url, LINK_TYPE, is_external=True))
    paragraph._p.append(anchor)  # noqa: SLF001  python-docx has no public way to add a link
    anchor.append(run._r)  # noqa: SLF001  the same


def with_fixed_times(data: bytes) -> bytes:
    """The same archive with one date on every part, so that equal documents are equal bytes."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.infolist():
            info = zipfile.ZipInfo(part.filename, ZIP_WHEN)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            target.writestr(info, source.read(part))
    return written.getvalue()
