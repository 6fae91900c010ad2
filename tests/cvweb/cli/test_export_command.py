from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cvweb.samples import Sample

Cvweb = Callable[..., Any]
BEGINNINGS = {"pdf": b"%PDF-", "docx": b"PK", "md": b"# Maya", "typst": b"// A CV", "json": b"{"}


@pytest.mark.parametrize("format", BEGINNINGS)
def test_each_format_is_written(cvweb: Cvweb, english: Sample, tmp_path: Path, format: str) -> None:
    target = tmp_path / "cv.out"
    ran = cvweb("export", english.cv_json, "--to", format, "-o", target)
    assert ran.code == 0
    assert target.read_bytes().startswith(BEGINNINGS[format])
    assert str(target) in ran.out
    assert [path.name for path in tmp_path.iterdir()] == ["cv.out"]


def test_the_exported_pdf_can_be_read_again(cvweb: Cvweb, french: Sample, tmp_path: Path) -> None:
    target = tmp_path / "cv.pdf"
    look = ("--template", "modern", "--paper", "letter", "--labels", "fr")
    assert cvweb("export", french.cv_json, "--to", "pdf", "-o", target, *look).code == 0
    assert cvweb("read-cv", target).json["basics"]["name"] == "Camille Vasseur-Diallo"


def test_a_dash_writes_to_standard_output(cvweb: Cvweb, english: Sample) -> None:
    ran = cvweb("export", english.cv_json, "--to", "md", "-o", "-")
    assert ran.out.startswith("# Maya Lindqvist-Reid")


def test_what_is_unknown_is_refused_and_nothing_written(
    cvweb: Cvweb, english: Sample, tmp_path: Path
) -> None:
    target = tmp_path / "cv.pdf"
    ran = cvweb("export", english.cv_json, "--to", "pdf", "-o", target, "--template", "neon")
    assert ran.code == 1
    assert "classic, modern, compact" in ran.err
    assert not target.exists()
    assert cvweb("export", english.cv_json, "--to", "rtf", "-o", target).code == 2


def test_a_folder_that_is_not_there_is_told(cvweb: Cvweb, english: Sample, tmp_path: Path) -> None:
    target = tmp_path / "missing" / "cv.pdf"
    ran = cvweb("export", english.cv_json, "--to", "pdf", "-o", target)
    assert ran.code == 1
    assert "cannot write" in ran.err


def test_an_earlier_file_is_replaced_whole(cvweb: Cvweb, english: Sample, tmp_path: Path) -> None:
    target = tmp_path / "cv.md"
    target.write_bytes(b"old" * 100_000)
    assert cvweb("export", english.cv_json, "--to", "md", "-o", target).code == 0
    assert b"old" * 2 not in target.read_bytes()
