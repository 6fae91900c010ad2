"""From the bytes of a file to a CV, in this process: what the sandbox runs."""

from __future__ import annotations

import msgspec

from cvcore.cv import Cv, from_json_resume, is_json_resume
from cvcore.cv.errors import NotACv
from cvcore.cv.reactive_resume import from_reactive_resume, is_reactive_resume
from cvcore.offers.model import Finding
from cvcore.offline import CvText, find_dates, reading_of_cv
from cvweb.adapters.files.errors import FileDamaged, FileTooLarge
from cvweb.adapters.files.limits import FileLimits
from cvweb.adapters.files.sniff import Kind, kind_of, text_of


class CvReading(msgspec.Struct, frozen=True, kw_only=True):
    """What reading a file came to: the CV, what kind of file it is by its content, and what a
    person should know about it."""

    cv: Cv
    kind: Kind
    findings: tuple[Finding, ...] = ()


def parse_cv(data: bytes, limits: FileLimits) -> CvReading:
    """The CV in a file of any kind that is read.

    Raises:
        FileRefused: the file cannot be read; its class says why.
        NotACv: it can be read, and is no CV.
        InvalidCv: it is a JSON Resume document with mistakes.
    """
    kind = kind_of(data)
    if kind == "json":
        return CvReading(cv=_from_json(data), kind=kind)
    reading = reading_of_cv(text_lines(data, limits))
    return CvReading(cv=reading.cv, kind=kind, findings=reading.findings)


def text_lines(data: bytes, limits: FileLimits) -> CvText | str:
    """The text of a file of any kind that has one, as a person sees it.

    Raises:
        FileRefused: the file cannot be read; its class says why.
    """
    kind = kind_of(data)
    if kind == "pdf":
        from cvweb.adapters.files.pdf_in import read_pdf

        return read_pdf(data, limits)
    if kind == "docx":
        from cvweb.adapters.files.docx_in import read_docx

        return read_docx(data, limits)
    text = text_of(data)
    if len(text) > limits.characters_max:
        raise FileTooLarge(upload_bytes=len(data), upload_bytes_max=limits.characters_max)
    if kind == "html":
        from cvweb.adapters.files.html_in import read_html

        return read_html(text, limits)
    return text


def plain_text(data: bytes, limits: FileLimits) -> str:
    """The text of a file, line by line.

    Raises:
        FileRefused: the file cannot be read; its class says why.
    """
    lines = text_lines(data, limits)
    if isinstance(lines, str):
        return lines
    return "\n".join(line.text.replace("\u00ad", "-") for line in lines.lines)


def _from_json(data: bytes) -> Cv:
    try:
        document = msgspec.json.decode(text_of(data))
    except (msgspec.DecodeError, RecursionError) as error:
        raise FileDamaged(kind="JSON", why=str(error)[:200]) from error
    if is_reactive_resume(document):
        return from_reactive_resume(document, period=_period)
    if is_json_resume(document):
        return from_json_resume(document)
    raise NotACv(
        why="the document has neither `basics` with a person nor a list of work or studies"
    )


def _period(text: str) -> tuple[str | None, str | None]:
    spans = find_dates(text)
    if not spans:
        return None, None
    first = spans[0]
    return first.start, first.end if first.is_range else first.start
