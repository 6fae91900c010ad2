from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typst

from cvcore.cv import from_json_resume
from cvweb.samples import Sample

Cvweb = Callable[..., Any]

COVER_LETTER = """\
Dear Ms Harland,

I am writing to apply for the position of accountant that you advertised last week. I have always
admired your company, and I would be delighted to meet you. My CV is enclosed.

I look forward to hearing from you.

Yours sincerely,
Jo Example
"""


LOCKED_PDF = b"""%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 200 200]>> endobj
4 0 obj <</Filter /Standard /V 1 /R 2 /P -4 /O <OWNER> /U <USER>>> endobj
trailer <</Root 1 0 R /Encrypt 4 0 R /ID [<00> <00>] /Size 5>>
%%EOF
""".replace(b"OWNER", b"5a" * 32).replace(b"USER", b"a5" * 32)


def pdf(text: str) -> bytes:
    made: bytes = typst.compile(text.encode(), format="pdf", ignore_system_fonts=True)
    return made


def test_the_packaged_pdf_is_read(cvweb: Cvweb, english: Sample) -> None:
    ran = cvweb("read-cv", english.cv_pdf)
    assert ran.code == 0
    assert ran.json["basics"]["name"] == "Maya Lindqvist-Reid"
    assert ran.json["basics"]["email"] == "maya.lindqvist-reid@example.org"
    assert [job["startDate"] for job in ran.json["work"]] == ["2021-03", "2018-06", "2016-09"]


def test_json_resume_comes_back_as_it_was(cvweb: Cvweb, french: Sample) -> None:
    ran = cvweb("read-cv", french.cv_json)
    assert ran.code == 0
    cv = from_json_resume(ran.json)
    assert cv.basics.name == "Camille Vasseur-Diallo"
    assert cv.language == "fr"


def test_what_jsonl_printed_can_be_given_again(
    cvweb: Cvweb, english: Sample, tmp_path: Path
) -> None:
    line = tmp_path / "line.json"
    line.write_text(cvweb("read-cv", english.cv_json, "--jsonl").out)
    assert cvweb("read-cv", line).json["basics"]["name"] == "Maya Lindqvist-Reid"


def bad_files(folder: Path) -> dict[str, tuple[Path, str]]:
    """Files that cannot be read, each with the code it is refused with."""
    english = pdf("= Jo Example\nAccountant\n")
    deflated = io.BytesIO()
    with zipfile.ZipFile(deflated, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 200_000_000)
        archive.writestr("[Content_Types].xml", b"<Types/>")
    contents: dict[str, tuple[bytes, str]] = {
        "empty.pdf": (b"", "file_empty"),
        "damaged.pdf": (english[: len(english) // 3], "file_damaged"),
        "no-text.pdf": (pdf("#rect(width: 5cm, height: 5cm, fill: red)"), "no_text"),
        "letter.txt": (COVER_LETTER.encode(), "not_a_cv"),
        "letter.pdf": (pdf(COVER_LETTER.replace("@", "\\@")), "not_a_cv"),
        "picture.pdf": (b"\x89PNG\r\n\x1a\n" + bytes(500), "unsupported_format"),
        "200-pages.pdf": (
            pdf("#for n in range(200) [Page #n #pagebreak(weak: true)]"),
            "too_many_pages",
        ),
        "bomb.docx": (deflated.getvalue(), "archive_too_large"),
        "broken.json": (b'{"basics": {"name": ["no text"]}}', "invalid_cv"),
    }
    made = {}
    for name, (data, code) in contents.items():
        (folder / name).write_bytes(data)
        made[name] = (folder / name, code)
    (folder / "50-mb.pdf").write_bytes(b"")
    with (folder / "50-mb.pdf").open("r+b") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(50 * 1024 * 1024)
    made["50-mb.pdf"] = (folder / "50-mb.pdf", "file_too_large")
    made["missing.pdf"] = (folder / "missing.pdf", "file_not_readable")
    made["folder"] = (folder, "file_not_readable")
    return made


def test_bad_files_are_refused_one_by_one_and_the_good_ones_read(
    cvweb: Cvweb, english: Sample, tmp_path: Path
) -> None:
    bad = bad_files(tmp_path)
    given = [english.cv_json, *(path for path, _ in bad.values()), english.cv_pdf]
    ran = cvweb("read-cv", "--jsonl", *given)
    assert ran.code == 1
    assert [line["file"] for line in ran.lines] == [str(path) for path in given]
    assert ran.lines[0]["error"] is None
    assert ran.lines[-1]["cv"]["basics"]["name"] == "Maya Lindqvist-Reid"
    refused = {Path(line["file"]).name: line for line in ran.lines[1:-1]}
    codes = {name: (line["error"] or {}).get("code") for name, line in refused.items()}
    assert codes == {path.name: code for path, code in bad.values()}
    assert all(line["cv"] is None and line["findings"] == [] for line in refused.values())
    assert all(len(line["error"]["message"]) > 20 for line in refused.values())


def test_an_encrypted_pdf_says_so(cvweb: Cvweb, tmp_path: Path) -> None:
    file = tmp_path / "locked.pdf"
    file.write_bytes(LOCKED_PDF)
    ran = cvweb("read-cv", file)
    assert ran.code == 1
    assert "password" in ran.err
    assert ran.out == ""


def test_the_ending_of_a_name_decides_nothing(
    cvweb: Cvweb, english: Sample, tmp_path: Path
) -> None:
    file = tmp_path / "cv.docx"
    file.write_bytes(english.cv_pdf.read_bytes())
    assert cvweb("read-cv", file).json["basics"]["name"] == "Maya Lindqvist-Reid"


def test_one_refusal_among_several_is_told_and_the_others_printed(
    cvweb: Cvweb, english: Sample, tmp_path: Path
) -> None:
    ran = cvweb("read-cv", tmp_path / "missing.pdf", english.cv_json)
    assert ran.code == 1
    assert "there is no such file" in ran.err
    assert ran.json["basics"]["name"] == "Maya Lindqvist-Reid"


@pytest.mark.skipif(os.name != "posix", reason="names of files are bytes on POSIX")
def test_a_name_that_is_no_text_has_its_line(cvweb: Cvweb, tmp_path: Path) -> None:
    name = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")
    Path(name).write_text(COVER_LETTER)
    ran = cvweb("read-cv", "--jsonl", name)
    assert ran.code == 1
    assert ran.lines[0]["file"].endswith("caf�.txt")


def test_no_file_is_wrong_usage(cvweb: Cvweb) -> None:
    ran = cvweb("read-cv")
    assert ran.code == 2
    assert "usage:" in ran.err
