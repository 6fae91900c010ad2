"""Files of every kind, told by their content, refused with a reason, parsed apart."""

from __future__ import annotations

import json
import os
import signal
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cvcore.cv.errors import InvalidCv, NotACv
from cvcore.errors import Refusal
from cvweb.adapters.files.errors import (
    ArchiveBomb,
    FileDamaged,
    FileEmpty,
    FileEncrypted,
    FileTooLarge,
    NoText,
    TooManyPages,
    TooSlow,
    UnsupportedFormat,
)
from cvweb.adapters.files.limits import LIMITS, FileLimits
from cvweb.adapters.files.reading import read_cv_file, read_text_file
from cvweb.adapters.files.refusals import Refused, recorded, restored
from cvweb.adapters.files.sandbox import Job, Sandbox

TEXT = (
    "Jane Example\njane@example.org\n\nExperience\nEngineer, Acme Ltd, 2020 - 2022\n- Built things"
)
HTML = """<!doctype html><html><body><h1>Jane Example</h1><p>jane@example.org</p>
<h2>Experience</h2><h3>Engineer, Acme Ltd</h3><p>2020 - 2022</p><ul><li>Built things</li></ul>
<p style="display:none">ghostword</p><script>alert(1)</script></body></html>"""
RESUME = {
    "basics": {"name": "Jane Example"},
    "work": [{"name": "Acme Ltd", "position": "Engineer"}],
}
REACTIVE = {
    "basics": {"name": "Jane Example", "headline": "Engineer", "email": "jane@example.org",
               "url": {"href": "https://jane.example.org"}, "location": "Leeds"},
    "sections": {
        "summary": {"content": "<p>Builds <b>things</b>.</p>"},
        "experience": {"items": [
            {"visible": True, "company": "Acme Ltd", "position": "Engineer", "location": "Leeds",
             "date": "January 2020 to Present",
             "summary": "<p>A team.</p><ul><li><p>Built</p></li></ul>"},
            {"visible": False, "company": "Secret Ltd", "position": "Spy", "date": "2019"},
        ]},
        "skills": {"items": [{"name": "Web", "description": "Advanced", "keywords": ["CSS"]}]},
        "profiles": {"items": [
            {"network": "GitHub", "username": "jane", "url": {"href": "https://github.com/jane"}},
        ]},
    },
}  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-16"),
        b"\xef\xbb\xbf" + TEXT.encode(),
        HTML.encode(),
        json.dumps(RESUME).encode(),
        json.dumps(REACTIVE).encode(),
    ],
    ids=["text", "utf-16", "text with a mark", "html", "json resume", "reactive resume"],
)
def test_a_file_is_told_by_its_content_whatever_it_is_called(data: bytes, sandbox: Sandbox) -> None:
    cv = read_cv_file("holiday.jpg", data, sandbox=sandbox).cv
    assert cv.basics.name == "Jane Example"
    assert [(job.position, job.name) for job in cv.work] == [("Engineer", "Acme Ltd")]


def test_a_reactive_resume_keeps_what_it_says_and_hides_what_it_hid(sandbox: Sandbox) -> None:
    cv = read_cv_file("cv.json", json.dumps(REACTIVE).encode(), sandbox=sandbox).cv
    (job,) = cv.work
    assert (job.start_date, job.end_date, job.summary) == ("2020-01", None, "A team.")
    assert [line.text for line in job.highlights] == ["Built"]
    assert cv.basics.summary == "Builds things."
    assert (cv.skills[0].level, cv.skills[0].keywords[0].text) == ("Advanced", "CSS")
    assert cv.basics.profiles[0].url == "https://github.com/jane"
    assert "Secret Ltd" in json.dumps(cv.extra["hidden"])


def test_what_a_page_does_not_show_is_reported(sandbox: Sandbox) -> None:
    reading = read_cv_file("cv.html", HTML.encode(), sandbox=sandbox)
    assert [(one.code, one.text) for one in reading.findings] == [("hidden_text", "ghostword")]


def spreadsheet() -> bytes:
    held = BytesIO()
    with ZipFile(held, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    return held.getvalue()


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", FileEmpty),
        (b" \n\t ", FileEmpty),
        (b"%PDF-1.7 nothing follows", FileDamaged),
        (b"PK\x03\x04word/ broken", FileDamaged),
        (b'{"basics": ', FileDamaged),
        (b"[" * 100_000, FileDamaged),
        (b'{"title": "Web Developer", "company": "Acme"}', NotACv),
        (b'{"work": 3, "basics": {}}', InvalidCv),
        (b"\x89PNG\r\n\x1a\n....", UnsupportedFormat),
        (b"{\\rtf1 Jane}", UnsupportedFormat),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"W" * 600, UnsupportedFormat),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            FileEncrypted,
        ),
        (bytes(range(256)) * 20, UnsupportedFormat),
        (spreadsheet(), UnsupportedFormat),
        (b"Dear Sir or Madam, I am writing to apply for the post. Yours sincerely, Jane", NotACv),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_own_name(
    data: bytes, error: type[Refusal], sandbox: Sandbox
) -> None:
    with pytest.raises(error) as caught:
        read_cv_file("cv.pdf", data, sandbox=sandbox)
    assert type(caught.value) is error
    assert str(caught.value)


def test_a_file_over_the_limit_is_refused_before_it_is_parsed(sandbox: Sandbox) -> None:
    with pytest.raises(FileTooLarge, match="at most 10 are read"):
        read_cv_file(
            "cv.txt", TEXT.encode(), limits=FileLimits(upload_bytes_max=10), sandbox=sandbox
        )


def test_the_text_of_a_file_is_read_alike(sandbox: Sandbox) -> None:
    assert "Built things" in read_text_file(HTML.encode(), sandbox=sandbox)
    assert "ghostword" not in read_text_file(HTML.encode(), sandbox=sandbox)


@pytest.mark.parametrize(
    "error",
    [
        FileEmpty(), FileTooLarge(upload_bytes=2, upload_bytes_max=1), NotACv(why="it is a bill"),
        ArchiveBomb(unpacked_bytes_max=1), FileDamaged(kind="PDF", why="x"), NoText(pages=2),
        FileEncrypted(kind="PDF"), TooManyPages(pages=60, pages_max=50),
        TooSlow(parse_seconds_max=1), UnsupportedFormat(found="a picture"),
    ],
    ids=lambda error: error.code,
)  # fmt: skip
def test_a_refusal_leaves_the_sandbox_as_it_was(error: Refusal) -> None:
    again = restored(recorded(error))
    assert (type(again), str(again), again.fields()) == (type(error), str(error), error.fields())


@pytest.mark.parametrize(
    "refused",
    [
        Refused("os", "system", {"command": "true"}),
        Refused("cvweb.adapters.files.errors", "__builtins__", {}),
        Refused("cvweb.adapters.files.errors", "NoText", {"pages": 1, "more": 2}),
    ],
)
def test_a_sandbox_gone_bad_names_no_class_but_a_refusal(refused: Refused) -> None:
    assert isinstance(restored(refused), FileDamaged)


def test_a_file_that_takes_too_long_costs_only_itself() -> None:
    own = Sandbox()
    with pytest.raises(TooSlow, match="within 0 seconds"):
        own.run(Job("cv", TEXT.encode(), FileLimits(parse_seconds_max=0)))
    assert read_cv_file("cv.txt", TEXT.encode(), sandbox=own).cv.basics.name == "Jane Example"
    own.close()


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_parser_that_died_is_replaced() -> None:
    own = Sandbox()
    read_cv_file("cv.txt", TEXT.encode(), sandbox=own)
    assert own._process is not None
    os.kill(own._process.pid, signal.SIGKILL)
    own._process.wait()
    assert read_cv_file("cv.txt", TEXT.encode(), sandbox=own).cv.basics.name == "Jane Example"
    own.close()


def test_a_parser_is_used_again_and_replaced_when_worn() -> None:
    own, limits = Sandbox(), FileLimits(files_per_process_max=2)
    pids = []
    for _ in range(3):
        read_cv_file("cv.txt", TEXT.encode(), limits=limits, sandbox=own)
        assert own._process is not None
        pids.append(own._process.pid)
    own.close()
    assert pids[0] == pids[1] != pids[2]


@pytest.mark.skipif(os.uname().sysname != "Linux", reason="macOS does not bound address spaces")
def test_a_parser_out_of_memory_refuses_the_file() -> None:
    own = Sandbox()
    huge = b"\n".join([b"Engineer at Acme Ltd, 2019 - 2021"] * 200_000)
    limits = FileLimits(memory_bytes_max=96 * 1024 * 1024, characters_max=100_000_000)
    with pytest.raises((TooSlow, FileDamaged)):
        read_cv_file("cv.txt", huge, limits=limits, sandbox=own)
    assert read_cv_file("cv.txt", TEXT.encode(), sandbox=own).cv.basics.name == "Jane Example"
    own.close()


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.sampled_from([TEXT.encode(), HTML.encode(), json.dumps(RESUME).encode()]),
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), max_size=20),
)
def test_a_mutated_file_is_read_or_refused(
    sandbox: Sandbox, data: bytes, changes: list[tuple[int, int]]
) -> None:
    mutated = bytearray(data)
    for at, value in changes:
        mutated[at % len(mutated)] = value
    try:
        read_cv_file("cv", bytes(mutated), sandbox=sandbox, limits=LIMITS)
    except Refusal:
        return


def test_a_reading_says_what_kind_of_file_it_was_whatever_its_name() -> None:
    files = {"json": json.dumps(RESUME).encode(), "html": HTML.encode(), "text": TEXT.encode()}
    kinds = {kind: read_cv_file("cv.pdf", data).kind for kind, data in files.items()}
    assert kinds == {"json": "json", "html": "html", "text": "text"}
