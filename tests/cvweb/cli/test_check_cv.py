"""`cvweb check-cv`: readable lines, or JSON."""

from __future__ import annotations

from typing import Any


def test_the_sample_passes_and_says_what_was_checked(cvweb: Any, english: Any) -> None:
    ran = cvweb("check-cv", english.cv_pdf)
    assert ran.code == 0
    assert "of 100" in ran.out
    assert "passed: contact" in ran.out


def test_json_names_findings_and_what_was_skipped(cvweb: Any, tmp_path: Any) -> None:
    text = tmp_path / "cv.txt"
    text.write_text("Mira Sample\n\nWork experience\nTidewarden, Bluefin Ltd, 2019 - 2021\n")
    answer = cvweb("check-cv", "--json", text).json
    assert [one["check"] for one in answer["findings"]] == ["contact"]
    assert answer["score"] <= 40
    assert "columns" in answer["skipped"]


def test_a_file_that_cannot_be_read_is_refused(cvweb: Any, tmp_path: Any) -> None:
    assert cvweb("check-cv", tmp_path / "missing.pdf").code == 1
