"""What only shows in a process of its own: exit codes, pipes, locales, what is loaded."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cvweb.samples import SAMPLES, Sample

Process = Callable[..., Any]


def test_every_command_says_what_it_is_for(cvweb_process: Process) -> None:
    ran = cvweb_process("--help")
    assert ran.code == 0
    for command in ("read-cv", "read-offer", "score", "tailor", "export", "demo"):
        assert command in ran.out
    assert "Exit codes" in ran.out


def test_done_refused_and_wrong_usage_have_their_exit_codes(
    cvweb_process: Process, english: Sample, tmp_path: Path
) -> None:
    assert cvweb_process("read-cv", english.cv_pdf).code == 0
    assert cvweb_process("read-cv", tmp_path / "missing.pdf").code == 1
    assert cvweb_process().code == 2
    assert cvweb_process("juggle").code == 2


def test_numbers_that_cannot_be_are_wrong_usage(cvweb: Process) -> None:
    for option in (("--port", "99999"), ("--port", "0"), ("--workers", "0"), ("--workers", "two")):
        refused = cvweb("up", *option)
        assert (refused.code, "whole number from 1 to" in refused.err) == (2, True)


def test_standard_input_is_a_file_like_another(cvweb_process: Process, english: Sample) -> None:
    ran = cvweb_process("read-cv", "-", stdin=english.cv_pdf.read_bytes())
    assert ran.code == 0
    assert ran.json["basics"]["name"] == "Maya Lindqvist-Reid"


def test_a_terminal_without_unicode_gets_a_receipt_it_can_show(
    cvweb_process: Process, french: Sample
) -> None:
    plain = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    ran = cvweb_process("score", french.cv_json, french.offer_html, environment=plain)
    assert ran.code == 0
    assert ran.out.isascii()
    assert "of 100" in ran.out


def test_a_reader_that_leaves_early_is_no_error(english: Sample) -> None:
    files = (str(english.cv_json), str(english.offer_html))
    command = [sys.executable, "-m", "cvweb", "score", *files]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


def test_reading_loads_no_web_server_and_no_database() -> None:
    code = "import sys, cvweb.cli; cvweb.cli.parser(); print(sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    for heavy in ("litestar", "piccolo", "saq", "stripe", "openai", "asyncpg", "typst", "lxml"):
        assert f"'{heavy}'" not in done.stdout


def test_the_demonstration_does_the_whole_job(cvweb_process: Process, tmp_path: Path) -> None:
    ran = cvweb_process("demo", "--out", tmp_path / "out")
    assert ran.code == 0
    assert ran.err == ""
    for pair in SAMPLES:
        folder = tmp_path / "out" / pair.language
        assert pair.title in ran.out
        assert (folder / "cv.pdf").read_bytes().startswith(b"%PDF-")
        assert (folder / "cv.docx").read_bytes().startswith(b"PK")
        assert {path.name for path in folder.iterdir()} == {
            "cv.pdf",
            "cv.docx",
            "cv.md",
            "cv.json",
            "cv-before.json",
            "offer.json",
            "score.json",
            "proposals.json",
        }
    for said in ("Read the CV", "of 100", "Why:", "Your CV says:", "The score", "Refused:", " ms"):
        assert said in ran.out
