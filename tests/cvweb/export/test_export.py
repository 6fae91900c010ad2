from __future__ import annotations

import json
import re

import pytest
import typst

from cvcore.cv import Cv, from_json_resume
from cvweb.adapters.files.export import ExportOptions, export_cv
from cvweb.adapters.files.export_options import FORMATS, TEMPLATES, ExportRefused


@pytest.mark.parametrize("format", FORMATS)
def test_equal_cvs_are_equal_bytes(sample_cv: Cv, format: str) -> None:
    first, second = export_cv(sample_cv, format), export_cv(sample_cv, format)
    assert first == second
    assert first.data


def test_the_json_is_the_whole_cv(sample_cv: Cv) -> None:
    data = export_cv(sample_cv, "json", options=ExportOptions(sections=("work",))).data
    assert from_json_resume(json.loads(data)) == sample_cv


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_typst_source_needs_no_other_file(hostile: Cv, template: str) -> None:
    source = export_cv(hostile, "typst", template=template).data
    assert b"#import" not in source.replace(b'"#import', b"")
    pdf: bytes = typst.compile(source, format="pdf", ignore_system_fonts=True)
    assert pdf.startswith(b"%PDF-")


def test_the_typst_source_makes_what_the_pdf_shows(sample_cv: Cv) -> None:
    import pypdfium2

    source = export_cv(sample_cv, "typst").data
    made: bytes = typst.compile(source, format="pdf", ignore_system_fonts=True)
    texts = [
        pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range()
        for data in (made, export_cv(sample_cv, "pdf").data)
    ]
    assert texts[0] == texts[1]


def test_markup_in_a_cv_is_escaped_in_markdown(hostile: Cv) -> None:
    text = export_cv(hostile, "md").data.decode()
    assert "\\<script\\>" in text
    assert "<script>" not in text
    assert "](javascript" not in text
    assert not re.search(r"^= Heading", text, re.MULTILINE)


def test_markdown_has_a_heading_for_the_name_the_sections_and_the_entries(sample_cv: Cv) -> None:
    lines = (
        export_cv(sample_cv, "md", options=ExportOptions(labels="en")).data.decode().splitlines()
    )
    assert lines[0] == f"# {sample_cv.basics.name}"
    assert "## Experience" in lines
    for job in sample_cv.work:
        assert f"### {job.position}" in lines
        for line in job.highlights:
            assert any(said.startswith("- ") and line.text[:10] in said for said in lines)


@pytest.mark.parametrize(
    ("format", "template", "options", "named"),
    [
        ("rtf", "classic", ExportOptions(), "pdf, docx, md, typst, json"),
        ("pdf", "../cv", ExportOptions(), "classic, modern, compact"),
        ("pdf", "classic", ExportOptions(sections=("work", "hobbies")), "interests"),
    ],
)
def test_what_is_unknown_is_refused_with_what_is_known(
    format: str, template: str, options: ExportOptions, named: str
) -> None:
    with pytest.raises(ExportRefused, match=re.escape(named)):
        export_cv(Cv(), format, template=template, options=options)


@pytest.mark.parametrize(
    ("name", "wanted", "filename"),
    [
        ("Ada Lovelace", None, "CV-Ada-Lovelace.pdf"),
        ("Zoë Müller-Ngô", None, "CV-Zoe-Muller-Ngo.pdf"),
        ("../../etc/passwd", None, "CV-etc-passwd.pdf"),
        ("李雷", None, "CV.pdf"),
        ("x" * 300, None, f"CV-{'x' * 77}.pdf"),
        (None, "for\r\nTidewater", "for-Tidewater.pdf"),
    ],
)
def test_a_file_name_is_safe_everywhere(
    name: str | None, wanted: str | None, filename: str
) -> None:
    cv = from_json_resume({"basics": {"name": name}})
    assert export_cv(cv, "pdf", options=ExportOptions(filename=wanted)).filename == filename
