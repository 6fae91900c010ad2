"""What a machine reads wrong in a CV's very file: each finding with its page and the words."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Literal

import msgspec

from cvcore.cv import Cv
from cvcore.offers.model import Finding
from cvcore.offline import CvText, TextLine, reading_of_cv
from cvweb.adapters.files.limits import LIMITS, FileLimits
from cvweb.adapters.files.reading import check_size
from cvweb.adapters.files.sandbox import Job, Sandbox, shared_sandbox
from cvweb.adapters.files.sniff import kind_of

__all__ = ["CheckFinding", "FileCheck", "check_cv_file", "parse_check"]

Severity = Literal["blocker", "warning"]

BLOCKED_SCORE_MAX = 40
"""What a file with any blocker gets at most, of 100."""
WARNING_POINTS = 8
"""What each warning costs, of 100."""
FINDINGS_MAX = 60
TEXT_CHARACTERS_MAX = 200
_BLOCKERS = frozenset({"hidden_text", "instruction_text"})


class CheckFinding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a machine reads wrong: which check, why, the words and their page."""

    check: str
    severity: Severity
    detail: str
    text: str | None = None
    page: int | None = None


class FileCheck(msgspec.Struct, frozen=True, kw_only=True):
    """What checking a file came to: 100 less its findings, at most 40 with a blocker.

    `skipped` names the checks that this kind of file gives no ground for, with the reason.
    """

    score: int
    findings: tuple[CheckFinding, ...] = ()
    passed: tuple[str, ...] = ()
    skipped: dict[str, str] = {}


def check_cv_file(
    data: bytes, *, limits: FileLimits = LIMITS, sandbox: Sandbox | None = None
) -> FileCheck:
    """What a program that reads this very file takes wrongly or does not find.

    Raises:
        FileRefused: the file cannot be read at all; its class says why.
        NotACv: it can be read, and is no CV.
        InvalidCv: it is a JSON Resume document with mistakes.
    """
    check_size(data, limits)
    raw = (sandbox or shared_sandbox()).run(Job("check", data, limits))
    return msgspec.msgpack.decode(raw, type=FileCheck)


def parse_check(data: bytes, limits: FileLimits) -> FileCheck:
    """As `check_cv_file`, in this process: what the sandbox runs."""
    from cvweb.adapters.files.cv_parsing import parse_cv, text_lines

    kind = kind_of(data)
    if kind == "json":
        reading = parse_cv(data, limits)
        return _checked(reading.cv, reading.findings, None, kind)
    text = text_lines(data, limits)
    read = reading_of_cv(text)
    given = text if isinstance(text, CvText) else None
    return _checked(read.cv, read.findings, given, kind)


def _checked(cv: Cv, noticed: tuple[Finding, ...], text: CvText | None, kind: str) -> FileCheck:
    lines = text.lines if text is not None else ()
    found = [*_noticed(noticed), *_contact(cv, text), *_entries(cv, lines), *_headings(cv, lines)]
    ran = ["hidden_text", "contact", "entries", "headings"]
    skipped: dict[str, str] = {}
    if kind == "pdf":
        found += _columns(lines)
        ran.append("columns")
    else:
        skipped["columns"] = "only a PDF fixes where its words stand"
    if text is None:
        ran.remove("hidden_text")
        skipped["hidden_text"] = "a file of plain data hides nothing"
    kept = tuple(found[:FINDINGS_MAX])
    failed = {one.check for one in kept}
    score = max(0, 100 - WARNING_POINTS * len(kept))
    if any(one.severity == "blocker" for one in kept):
        score = min(score, BLOCKED_SCORE_MAX)
    passed = tuple(name for name in ran if name not in failed)
    return FileCheck(score=score, findings=kept, passed=passed, skipped=skipped)


def _noticed(findings: tuple[Finding, ...]) -> Iterator[CheckFinding]:
    for one in findings:
        severity: Severity = "blocker" if one.code in _BLOCKERS else "warning"
        yield _finding("hidden_text", severity, one.detail, one.text, one.page)


def _contact(cv: Cv, text: CvText | None) -> Iterator[CheckFinding]:
    """Name and e-mail are what every reader needs; an address only behind a link is often lost."""
    if not cv.basics.name:
        yield _finding("contact", "blocker", "no name is found")
    email = cv.basics.email
    if not email and not cv.basics.phone:
        yield _finding("contact", "blocker", "neither an e-mail address nor a telephone is found")
    elif not email:
        yield _finding("contact", "warning", "no e-mail address is found")
    if email and text is not None:
        written = "".join(line.text for line in text.lines).replace(" ", "").casefold()
        if email.casefold() not in written:
            why = "the e-mail address stands only behind a link, not in the text"
            yield _finding("contact", "warning", why, email)


def _entries(cv: Cv, lines: tuple[TextLine, ...]) -> Iterator[CheckFinding]:
    """Jobs whose title, employer or dates are not found."""
    if not cv.work and not cv.education:
        yield _finding("entries", "blocker", "neither a job nor a course of study is found")
    for job in cv.work:
        told = job.position or job.name or job.summary
        told = told or (job.highlights[0].text if job.highlights else "")
        missing = [
            word
            for word, value in (
                ("title", job.position), ("employer", job.name), ("dates", job.start_date)
            )
            if not value
        ]  # fmt: skip
        if missing:
            detail = f"a job is read without its {' and '.join(missing)}"
            yield _finding("entries", "warning", detail, told, _page_of(told, lines))


def _headings(cv: Cv, lines: tuple[TextLine, ...]) -> Iterator[CheckFinding]:
    """Headings worded so that no section is known by them."""
    for project in cv.projects:
        if project.type == "section" and project.name:
            detail = "this heading names no usual section, so what it holds is not understood"
            page = _page_of(project.name, lines)
            yield _finding("headings", "warning", detail, project.name, page)


def _columns(lines: tuple[TextLine, ...]) -> Iterator[CheckFinding]:
    """The first jump back up a page: two columns, which simple readers mix line by line."""
    told: set[int] = set()
    for above, line in itertools.pairwise(lines):
        is_beside = line.x >= above.x_end or above.x >= line.x_end
        is_jump = line.page == above.page and line.block != above.block and line.y < above.y
        if is_jump and is_beside and line.page not in told:
            told.add(line.page)
            detail = "the page has columns side by side, which simple readers mix line by line"
            yield _finding("columns", "warning", detail, line.text, line.page)


def _page_of(text: str | None, lines: tuple[TextLine, ...]) -> int | None:
    return next((line.page for line in lines if text and text[:30] in line.text), None)


def _finding(
    check: str, severity: Severity, detail: str, text: str | None = None, page: int | None = None
) -> CheckFinding:
    short = text[:TEXT_CHARACTERS_MAX] if text else None
    return CheckFinding(check=check, severity=severity, detail=detail, text=short, page=page)
