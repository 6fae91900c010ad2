from __future__ import annotations

import pytest
from msgspec.structs import replace

from cvcore.cv import Cv, from_json_resume, paths, texts
from cvweb.adapters.files.export import ExportOptions, export_cv
from cvweb.adapters.files.export_gate import check_export, losses
from cvweb.adapters.files.export_options import TEMPLATES
from cvweb.adapters.files.reading import read_cv_file

BOTH = pytest.mark.parametrize("format", ["pdf", "docx"])
EACH = pytest.mark.parametrize("template", TEMPLATES)


@BOTH
@EACH
def test_a_sample_is_read_back_with_its_jobs_degrees_and_bullets_where_they_stood(
    sample_cv: Cv, format: str, template: str
) -> None:
    read = read_cv_file("cv", export_cv(sample_cv, format, template=template).data).cv
    missed = losses(sample_cv, read)
    firm = ("work", "education", "skills", "languages", "certificates")
    assert [each for each in missed if each.fate == "lost" or each.path.startswith(firm)] == []
    assert 1 - len(missed) / len(texts(sample_cv)) >= 0.95


@pytest.mark.parametrize(
    ("format", "template"), [("docx", "classic"), *(("pdf", template) for template in TEMPLATES)]
)
def test_a_varied_cv_keeps_its_jobs_and_studies(varied_cv: Cv, format: str, template: str) -> None:
    exported = export_cv(varied_cv, format, template=template)
    missed = losses(varied_cv, read_cv_file("cv", exported.data).cv)
    fields = ("highlights", "_date", "position", "education", "basics.email", "basics.phone")
    assert [each for each in missed if any(field in each.path for field in fields)] == []
    assert len(missed) <= 0.15 * len(texts(varied_cv))


def test_a_character_without_a_font_is_a_loss_that_the_gate_names() -> None:
    cv = from_json_resume(
        {
            "basics": {"name": "Jo Example", "email": "jo@example.org"},
            "work": [
                {
                    "name": "Fernhill School",
                    "position": "Teacher",
                    "startDate": "2015-09",
                    "highlights": ["Taught mathematics", "Drew \u0378 by hand"],
                }
            ],
        }
    )
    findings = check_export(cv, export_cv(cv, "pdf"))
    assert [each.code for each in findings] == ["characters_without_font", "reader_lost"]
    assert "work[w1].highlights[b2]" in findings[1].detail


def test_the_json_is_read_back_whole(sample_cv: Cv) -> None:
    assert check_export(sample_cv, export_cv(sample_cv, "json")) == ()


def test_a_cv_loses_nothing_against_itself(sample_cv: Cv) -> None:
    assert losses(sample_cv, sample_cv) == ()


@pytest.mark.parametrize("path", ["basics.email", "work[w2].highlights[b1]", "work[w1].start_date"])
def test_what_is_missing_is_named_with_its_path(sample_cv: Cv, path: str) -> None:
    wire = path.replace("start_date", "startDate")
    if path.endswith("]"):
        without = paths.remove(sample_cv, wire)
    else:
        without = paths.with_value(sample_cv, wire, None)
    (loss,) = losses(sample_cv, without)
    assert loss.path == path
    assert loss.said == str(getattr(paths.get(sample_cv, wire), "text", paths.get(sample_cv, wire)))
    assert loss.read is None


def test_what_stands_elsewhere_is_not_called_lost(sample_cv: Cv) -> None:
    label = sample_cv.basics.label
    moved = replace(sample_cv, basics=replace(sample_cv.basics, label="Juggler", summary=label))
    fates = {each.path: each.fate for each in losses(sample_cv, moved)}
    assert fates == {"basics.label": "elsewhere", "basics.summary": "lost"}


def test_sections_left_out_on_purpose_are_no_loss(sample_cv: Cv) -> None:
    options = ExportOptions(sections=("work", "education", "skills"))
    findings = check_export(sample_cv, export_cv(sample_cv, "docx", options=options), options)
    assert [each for each in findings if each.code == "reader_lost"] == []


def test_a_cv_that_nobody_could_read_back_says_so() -> None:
    (finding,) = check_export(Cv(), export_cv(Cv(), "pdf"))
    assert finding.code == "not_read_back"
