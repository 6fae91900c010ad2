"""DOCX files read whole: tables, text boxes, headers and footers."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from docx.oxml import parse_xml
from docx.shared import Pt, RGBColor

from cvcore.offline import CvText
from cvweb.adapters.files.docx_in import read_docx
from cvweb.adapters.files.errors import ArchiveBomb, FileDamaged
from cvweb.adapters.files.limits import LIMITS, FileLimits
from cvweb.adapters.files.reading import read_cv_file
from cvweb.adapters.files.sandbox import Sandbox

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BOX = (
    f'<w:r xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml"><mc:AlternateContent><mc:Choice Requires="wps">'
    "<w:txbxContent><w:p><w:r><w:t>In a box: Kafka</w:t></w:r></w:p></w:txbxContent></mc:Choice>"
    "<mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>In a box: Kafka</w:t></w:r>"
    "</w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def saved(document: docx.document.Document) -> bytes:
    held = BytesIO()
    document.save(held)
    return held.getvalue()


def example() -> docx.document.Document:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Jane Example"
    document.sections[0].footer.paragraphs[0].text = "References on request"
    document.add_paragraph("Data Engineer")
    document.add_paragraph("jane@example.org")
    document.add_heading("Experience", level=1)
    document.add_paragraph("Engineer, Acme Ltd, 2020 - 2022")
    document.add_paragraph("Built the pipeline", style="List Bullet")
    document.add_heading("Skills", level=1)
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        (cell for row in table.rows for cell in row.cells),
        ("Languages", "Python, SQL", "Cloud", "AWS"),
        strict=True,
    ):
        cell.text = text
    paragraph = document.add_paragraph("After the table")
    paragraph._p.append(parse_xml(BOX))
    return document


def text_of(told: CvText) -> list[str]:
    return [line.text for line in told.lines]


def test_every_part_of_a_document_is_read_in_order_and_once() -> None:
    assert text_of(read_docx(saved(example()), LIMITS)) == [
        "Jane Example",
        "Data Engineer",
        "jane@example.org",
        "Experience",
        "Engineer, Acme Ltd, 2020 - 2022",
        "• Built the pipeline",
        "Skills",
        "Languages\tPython, SQL",
        "Cloud\tAWS",
        "After the table",
        "In a box: Kafka",
        "References on request",
    ]


def test_a_document_becomes_a_cv(sandbox: Sandbox) -> None:
    cv = read_cv_file("cv.docx", saved(example()), sandbox=sandbox).cv
    assert (cv.basics.name, cv.basics.email) == ("Jane Example", "jane@example.org")
    assert [(job.position, job.name) for job in cv.work] == [("Engineer", "Acme Ltd")]
    assert ("Cloud", ["AWS"]) in [
        (skill.name, [line.text for line in skill.keywords]) for skill in cv.skills
    ]


def test_hidden_white_and_tiny_runs_are_left_out_and_reported() -> None:
    document = example()
    paragraph = document.add_paragraph("Seen. ")
    paragraph.add_run("vanishedword").font.hidden = True
    paragraph.add_run("whiteword").font.color.rgb = RGBColor(255, 255, 255)
    paragraph.add_run("tinyword").font.size = Pt(2)
    told = read_docx(saved(document), LIMITS)
    assert "word" not in " ".join(text_of(told))
    assert sorted(finding.text or "" for finding in told.findings) == [
        "tinyword", "vanishedword", "whiteword",
    ]  # fmt: skip


def bomb(size: int) -> bytes:
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"<" + b" " * size)
    return held.getvalue()


def test_an_archive_that_unpacks_too_far_is_refused_before_it_does() -> None:
    with pytest.raises(ArchiveBomb, match="unpacks to more than"):
        read_docx(bomb(3_000_000), FileLimits(unpacked_bytes_max=1_000_000))


def test_an_archive_that_lies_about_its_size_is_stopped_on_the_way() -> None:
    data = bytearray(bomb(3_000_000))
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    with pytest.raises((ArchiveBomb, FileDamaged)):
        read_docx(bytes(data), FileLimits(unpacked_bytes_max=1_000_000))


@pytest.mark.parametrize("share", [0.2, 0.6, 0.95])
def test_a_truncated_document_is_damaged(share: float) -> None:
    whole = saved(example())
    with pytest.raises(FileDamaged, match="DOCX"):
        read_docx(whole[: int(len(whole) * share)], LIMITS)


def test_an_entity_bomb_is_not_resolved() -> None:
    held = BytesIO()
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    with ZipFile(held, "w") as archive:
        archive.writestr(
            "word/document.xml",
            f'<!DOCTYPE d [<!ENTITY e0 "lol">{entities}]><w:document xmlns:w="{W}"><w:body><w:p>'
            "<w:r><w:t>Jane Example, engineer &e11;</w:t></w:r></w:p></w:body></w:document>",
        )
    assert "lol" not in " ".join(text_of(read_docx(held.getvalue(), LIMITS)))
