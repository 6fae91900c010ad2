from __future__ import annotations

import time

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cvcore.cv import Cv, from_json_resume
from cvweb.adapters.files.export import ExportOptions, export_cv
from cvweb.adapters.files.export_options import TEMPLATES
from cvweb.adapters.files.typst_out import characters_lost, has_glyph

MILLIMETRE_POINTS = 72 / 25.4


def text_of(data: bytes) -> str:
    pdf = pypdfium2.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_range() for page in pdf).replace("\r\n", "\n")


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("template", TEMPLATES)
def test_equal_cvs_are_equal_bytes(sample_cv: Cv, template: str) -> None:
    assert (
        export_cv(sample_cv, "pdf", template=template).data
        == export_cv(sample_cv, "pdf", template=template).data
    )


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_text_of_the_cv_stands_in_the_pdf(sample_cv: Cv, template: str) -> None:
    text = words(text_of(export_cv(sample_cv, "pdf", template=template).data))
    for job in sample_cv.work:
        for said in (job.name, job.position, job.location, *(b.text for b in job.highlights)):
            assert words(said or "") in text
    for group in sample_cv.skills:
        for keyword in group.keywords:
            assert keyword.text in text


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_pdf_can_be_kept_and_read_aloud(sample_cv: Cv, template: str) -> None:
    data = export_cv(sample_cv, "pdf", template=template).data
    assert b"<pdfaid:part>2</pdfaid:part>" in data
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in data
    assert b"<pdfuaid:part>1</pdfuaid:part>" in data
    metadata = pypdfium2.PdfDocument(data).get_metadata_dict()
    assert metadata["Title"] == sample_cv.basics.name


def test_the_fonts_within_typst_are_enough_for_the_samples(sample_cv: Cv) -> None:
    assert export_cv(sample_cv, "pdf").findings == ()


@pytest.mark.parametrize(("paper", "millimetres"), [("a4", (210, 297)), ("letter", (215.9, 279.4))])
def test_the_paper_is_the_one_asked_for(
    sample_cv: Cv, paper: str, millimetres: tuple[float, float]
) -> None:
    options = ExportOptions(paper="letter" if paper == "letter" else "a4")
    page = pypdfium2.PdfDocument(export_cv(sample_cv, "pdf", options=options).data)[0]
    wanted = tuple(length * MILLIMETRE_POINTS for length in millimetres)
    assert page.get_size() == pytest.approx(wanted, abs=0.5)


def test_headings_and_months_are_in_the_language_asked_for(sample_cv: Cv) -> None:
    english = text_of(export_cv(sample_cv, "pdf", options=ExportOptions(labels="en")).data)
    french = text_of(export_cv(sample_cv, "pdf", options=ExportOptions(labels="fr")).data)
    assert "Experience" in english
    assert "present" in english
    assert "Expérience" in french
    assert "aujourd'hui" in french


def test_only_the_sections_asked_for_are_shown_in_their_order(sample_cv: Cv) -> None:
    options = ExportOptions(sections=("skills", "work"), labels="en")
    text = text_of(export_cv(sample_cv, "pdf", options=options).data)
    assert text.index("Skills") < text.index("Experience")
    assert "Education" not in text


@pytest.mark.parametrize("template", TEMPLATES)
def test_markup_in_a_cv_is_content(
    hostile: Cv, hostile_texts: tuple[str, ...], template: str
) -> None:
    text = words(text_of(export_cv(hostile, "pdf", template=template).data))
    for said in hostile_texts:
        assert words(said) in text


def test_no_link_leads_to_a_script(hostile: Cv) -> None:
    assert b"/URI (javascript" not in export_cv(hostile, "pdf").data


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_word_longer_than_a_page_stays_whole_and_on_the_paper(template: str) -> None:
    cv = from_json_resume({"work": [{"position": "x" * 5_000, "highlights": ["y" * 20_000]}]})
    pdf = pypdfium2.PdfDocument(export_cv(cv, "pdf", template=template).data)
    text = "".join(page.get_textpage().get_text_range() for page in pdf)
    assert text.count("x") - text.count("Ex") == pytest.approx(5_000, abs=3)
    assert text.count("y") == 20_000
    for page in pdf:
        width, height = page.get_size()
        for thing in page.get_objects():
            left, bottom, right, top = thing.get_bounds()
            assert -1 <= left <= right <= width + 1
            assert -1 <= bottom <= top <= height + 1


def test_characters_without_a_font_are_named_and_shown_as_such() -> None:
    cv = from_json_resume({"basics": {"name": "Ada \u0378\u0379 Example"}})
    exported = export_cv(cv, "pdf")
    (finding,) = exported.findings
    assert finding.code == "characters_without_font"
    assert finding.text == "\u0378\u0379"
    assert "U+0378" in finding.detail
    assert "Ada \N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER} Example" in text_of(
        exported.data
    )


def test_control_characters_are_left_out_and_named() -> None:
    exported = export_cv(from_json_resume({"basics": {"name": "Ada\x00\x1f Example"}}), "pdf")
    assert [each.code for each in exported.findings] == ["characters_left_out"]
    assert "U+0000, U+001F" in exported.findings[0].detail
    assert "Ada Example" in text_of(exported.data)


@pytest.mark.parametrize("text", ["\xad", "\u200b", "\u200d\u200e", "\u202e", "\u0301", "\ufe0f"])
def test_a_text_of_which_nothing_is_seen_makes_a_pdf(text: str) -> None:
    cv = from_json_resume({"basics": {"name": text, "email": text, "url": text}})
    for template in TEMPLATES:
        assert export_cv(cv, "pdf", template=template).data.startswith(b"%PDF-")


def test_a_glyph_is_known_to_be_there_or_not() -> None:
    assert has_glyph("é")
    assert not has_glyph("\u0378")
    assert characters_lost("naïve \u0378") == ("\u0378",)


def test_an_empty_cv_is_a_page() -> None:
    assert len(pypdfium2.PdfDocument(export_cv(Cv(), "pdf").data)) == 1


def test_a_warm_export_takes_its_few_milliseconds(sample_cv: Cv) -> None:
    export_cv(sample_cv, "pdf")
    taken = []
    for _ in range(5):
        begun = time.perf_counter()
        export_cv(sample_cv, "pdf")
        taken.append(time.perf_counter() - begun)
    assert min(taken) < 0.060


@settings(max_examples=15, deadline=None)
@given(
    text=st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
    template=st.sampled_from(TEMPLATES),
)
def test_any_text_makes_a_pdf(text: str, template: str) -> None:
    cv = from_json_resume(
        {
            "basics": {"name": text, "summary": text, "url": text, "email": text},
            "work": [{"name": text, "startDate": text, "highlights": [text]}],
            "skills": [{"name": text, "keywords": [text]}],
        }
    )
    assert export_cv(cv, "pdf", template=template).data.startswith(b"%PDF-")
