from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cvweb.samples import Sample, sample

Cvweb = Callable[..., Any]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_score_is_a_receipt_that_adds_up(cvweb: Cvweb, language: str) -> None:
    pair = sample(language)
    ran = cvweb("score", pair.cv_json, pair.offer_html, "--json", "--at", "2026-11-20")
    assert ran.code == 0
    score = ran.json
    assert 40 <= score["value"] <= 95
    assert score["exact"] == pytest.approx(sum(c["earned"] for c in score["criteria"]), abs=1e-4)
    assert set(score["breakdown"]) == {
        "technicalSkills",
        "experience",
        "education",
        "softSkillsLanguages",
    }
    assert score["receipt"]["at"] == "2026-11-01"


def test_the_same_files_give_the_same_score(cvweb: Cvweb, english: Sample) -> None:
    arguments = ("score", english.cv_pdf, english.offer_html, "--json", "--at", "2026-11-20")
    assert cvweb(*arguments).out == cvweb(*arguments).out


def test_the_receipt_for_people_names_the_offer_and_every_requirement(
    cvweb: Cvweb, english: Sample
) -> None:
    ran = cvweb("score", english.cv_json, english.offer_html)
    assert ran.code == 0
    assert "Senior Backend Engineer (Python) · Tidewater Freight Systems" in ran.out
    assert "of 100" in ran.out
    assert "Terraform" in ran.out
    assert "nothing in the CV speaks of it" in ran.out
    assert "\x1b" not in ran.out


def test_files_already_read_give_the_score_of_the_files(
    cvweb: Cvweb, english: Sample, tmp_path: Path
) -> None:
    cv, offer = tmp_path / "cv.json", tmp_path / "offer.json"
    cv.write_text(cvweb("read-cv", english.cv_pdf).out)
    offer.write_text(cvweb("read-offer", english.offer_html).out)
    at = ("--json", "--at", "2026-11-20")
    assert (
        cvweb("score", cv, offer, *at).json["exact"]
        == cvweb("score", english.cv_pdf, english.offer_html, *at).json["exact"]
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{}", "no offer"),
        ('{"title": 3}', "no offer"),
        ('{"title": "x"', "no offer"),
    ],
)
def test_json_that_is_no_offer_is_refused(
    cvweb: Cvweb, english: Sample, tmp_path: Path, content: str, said: str
) -> None:
    (tmp_path / "offer.json").write_text(content)
    ran = cvweb("score", english.cv_json, tmp_path / "offer.json")
    assert ran.code == 1
    assert said in ran.err


def test_a_page_that_is_no_offer_cannot_be_scored_against(
    cvweb: Cvweb, english: Sample, tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    page.write_text("<!doctype html><html><body><h1>Opening hours</h1><p>9 to 5</p></body></html>")
    ran = cvweb("score", english.cv_json, page, "--json")
    assert ran.code == 1
    assert "no job offer" in ran.err
    assert ran.out == ""


def test_a_closed_offer_is_scored_and_said_to_be_closed(cvweb: Cvweb, english: Sample) -> None:
    ran = cvweb("score", english.cv_json, english.offer_html, "--at", "2100-02-01")
    assert ran.code == 0
    assert "closed" in ran.out


def test_a_document_cannot_paint_the_terminal(
    cvweb: Cvweb, english: Sample, tmp_path: Path
) -> None:
    cv = tmp_path / "cv.json"
    cv.write_text(english.cv_json.read_text().replace("Built the", "\\u001b[31mBuilt\\u0007 the"))
    ran = cvweb("score", cv, english.offer_html)
    assert ran.code == 0
    assert "\x1b" not in ran.out
    assert "\x07" not in ran.out
