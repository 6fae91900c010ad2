from __future__ import annotations

import io
import zipfile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cvcore.cv import Cv, from_json_resume
from cvweb.adapters.files.export import ExportOptions, export_cv
from cvweb.adapters.files.export_options import TEMPLATES


def opened(
    cv: Cv, template: str = "classic", options: ExportOptions | None = None
) -> list[tuple[str, str]]:
    data = export_cv(cv, "docx", template=template, options=options).data
    paragraphs = docx.Document(io.BytesIO(data)).paragraphs
    return [(str(each.style.name) if each.style else "", each.text) for each in paragraphs]


@pytest.mark.parametrize("template", TEMPLATES)
def test_equal_cvs_are_equal_bytes(sample_cv: Cv, template: str) -> None:
    assert (
        export_cv(sample_cv, "docx", template=template).data
        == export_cv(sample_cv, "docx", template=template).data
    )


@pytest.mark.parametrize("template", TEMPLATES)
def test_headings_and_bullets_are_words_own(sample_cv: Cv, template: str) -> None:
    paragraphs = opened(sample_cv, template, ExportOptions(labels="en"))
    assert ("Title", sample_cv.basics.name) in paragraphs
    assert ("Heading 1", "Experience") in paragraphs
    for job in sample_cv.work:
        assert any(
            style == "Heading 2" and text.startswith(job.position or "")
            for style, text in paragraphs
        )
        for line in job.highlights:
            assert ("List Bullet", line.text) in paragraphs


def test_contacts_are_links(sample_cv: Cv) -> None:
    document = docx.Document(io.BytesIO(export_cv(sample_cv, "docx").data))
    targets = {each.target_ref for each in document.part.rels.values() if each.is_external}
    assert f"mailto:{sample_cv.basics.email}" in targets
    assert sample_cv.basics.url in targets


def test_markup_in_a_cv_is_content(hostile: Cv, hostile_texts: tuple[str, ...]) -> None:
    texts = [text for _, text in opened(hostile)]
    for said in hostile_texts:
        assert said in texts


def test_no_link_leads_to_a_script(hostile: Cv) -> None:
    document = docx.Document(io.BytesIO(export_cv(hostile, "docx").data))
    assert not [r for r in document.part.rels.values() if "javascript" in str(r.target_ref)]


def test_nothing_of_the_machine_or_the_day_is_in_the_file(sample_cv: Cv) -> None:
    archive = zipfile.ZipFile(io.BytesIO(export_cv(sample_cv, "docx").data))
    assert {info.date_time for info in archive.infolist()} == {(2000, 1, 1, 0, 0, 0)}
    core = archive.read("docProps/core.xml").decode()
    assert "python-docx" not in core
    assert "2000-01-01" in core


@settings(max_examples=8, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_any_text_makes_a_docx(text: str) -> None:
    cv = from_json_resume(
        {
            "basics": {"name": text, "summary": text, "url": text},
            "work": [{"name": text, "startDate": text, "highlights": [text]}],
        }
    )
    assert export_cv(cv, "docx").data == export_cv(cv, "docx").data
    opened(cv)
