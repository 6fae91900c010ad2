from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from cvcore.cv import Cv, from_json_resume, texts
from cvcore.tailoring import Proposal, verify
from cvweb.cli.places import place_in_words
from cvweb.samples import Sample, sample

Cvweb = Callable[..., Any]


@pytest.fixture
def cv(english: Sample) -> Cv:
    """The CV of the packaged pair in English."""
    return from_json_resume(msgspec.json.decode(english.cv_json.read_bytes()))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_proposal_is_proved_by_words_of_the_cv(cvweb: Cvweb, language: str) -> None:
    pair = sample(language)
    ran = cvweb("tailor", pair.cv_json, pair.offer_html, "--json")
    assert ran.code == 0
    cv = from_json_resume(msgspec.json.decode(pair.cv_json.read_bytes()))
    said = {each.path: each.text for each in texts(cv)}
    assert len(ran.json["proposals"]) >= 3
    for document in ran.json["proposals"]:
        proposal = msgspec.convert(document, Proposal)
        assert proposal.reason
        assert proposal.citations
        assert all(each.quote in said[each.path] for each in proposal.citations)
        assert verify(cv, proposal).supported


def test_the_new_version_has_what_was_accepted_and_scores_no_less(
    cvweb: Cvweb, english: Sample
) -> None:
    answer = cvweb("tailor", english.cv_json, english.offer_html, "--json").json
    added = [each["after"] for each in answer["proposals"] if each["op"] == "insert"]
    keywords = [word for group in answer["cv"]["skills"] for word in group["keywords"]]
    assert added
    assert set(added) <= set(keywords)
    assert {each["state"] for each in answer["proposals"]} == {"accepted"}
    assert answer["scoreAfter"]["exact"] >= answer["scoreBefore"]["exact"]


def test_the_results_are_written_where_asked_and_nowhere_else(
    cvweb: Cvweb, french: Sample, tmp_path: Path
) -> None:
    out = tmp_path / "new" / "folder"
    ran = cvweb("tailor", french.cv_pdf, french.offer_html, "--out", out, "--template", "modern")
    assert ran.code == 0
    for name in ("cv.pdf", "cv.docx", "cv.md", "cv.json", "score.json", "proposals.json"):
        assert str(out / name) in ran.out
        assert (out / name).stat().st_size > 0
    scores = msgspec.json.decode((out / "score.json").read_bytes())
    assert scores["after"]["exact"] >= scores["before"]["exact"]
    written = cvweb("read-cv", out / "cv.pdf").json
    assert written["basics"]["name"] == "Camille Vasseur-Diallo"


def test_without_a_folder_nothing_is_written(
    cvweb: Cvweb, english: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = cvweb("tailor", english.cv_json, english.offer_html)
    assert ran.code == 0
    assert "Nothing was written" in ran.out
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_place_of_the_folder_is_told(
    cvweb: Cvweb, english: Sample, tmp_path: Path
) -> None:
    (tmp_path / "out").write_text("mine")
    ran = cvweb("tailor", english.cv_json, english.offer_html, "--out", tmp_path / "out")
    assert ran.code == 1
    assert "cannot write" in ran.err
    assert (tmp_path / "out").read_text() == "mine"


def test_an_unknown_template_is_refused_before_anything_is_read(
    cvweb: Cvweb, tmp_path: Path
) -> None:
    ran = cvweb("tailor", tmp_path / "no.pdf", tmp_path / "no.html", "--template", "neon")
    assert ran.code == 1
    assert "classic, modern, compact" in ran.err


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("basics.summary", "Profile"),
        ("work[w1].highlights[b4]", "Experience > Backend Engineer > bullet 4"),
        ("skills[s3].keywords[k2]", "Skills > Infrastructure > word 2"),
        ("skills[s3].keywords", "Skills > Infrastructure > words"),
        ("education[e1]", "Education > BSc"),
        ("work[w9].summary", "work[w9].summary"),
        ("no path at all", "no path at all"),
    ],
)
def test_a_path_reads_as_words(cv: Cv, path: str, words: str) -> None:
    assert place_in_words(cv, path) == words
