"""Reading a CV from a file: what it is told by its content, parsed apart from this process."""

from __future__ import annotations

import msgspec

from cvweb.adapters.files.cv_parsing import CvReading
from cvweb.adapters.files.errors import FileEmpty, FileTooLarge
from cvweb.adapters.files.limits import LIMITS, FileLimits
from cvweb.adapters.files.sandbox import Job, Sandbox, shared_sandbox

__all__ = ["CvReading", "read_cv_file", "read_text_file"]


def read_cv_file(
    name: str, data: bytes, *, limits: FileLimits = LIMITS, sandbox: Sandbox | None = None
) -> CvReading:
    """The CV in a file: PDF, DOCX, JSON Resume, Reactive Resume, HTML or text, told by content.

    `name` is not trusted and decides nothing. One parser process serves all calls of this process;
    a file that kills or stalls it costs only itself.

    Raises:
        FileRefused: it cannot be read: `file_empty`, `file_too_large`, `file_damaged`,
            `file_encrypted`, `no_text`, `too_many_pages`, `unsupported_format`,
            `archive_too_large`, `file_too_complex`.
        NotACv: it can be read, and is no CV.
        InvalidCv: it is a JSON Resume document with mistakes.
    """
    del name
    check_size(data, limits)
    raw = (sandbox or shared_sandbox()).run(Job("cv", data, limits))
    return msgspec.msgpack.decode(raw, type=CvReading)


def read_text_file(
    data: bytes, *, limits: FileLimits = LIMITS, sandbox: Sandbox | None = None
) -> str:
    """The text of a PDF, DOCX, HTML or text file, line by line, hidden text left out.

    Raises:
        FileRefused: it cannot be read; its class says why.
    """
    check_size(data, limits)
    raw = (sandbox or shared_sandbox()).run(Job("text", data, limits))
    return msgspec.msgpack.decode(raw, type=str)


def check_size(data: bytes, limits: FileLimits) -> None:
    """Return where the file has a size that is read.

    Raises:
        FileEmpty: there is nothing in it.
        FileTooLarge: it has more than `upload_bytes_max`.
    """
    if not data.strip(b"\x00 \t\r\n") if len(data) < 4096 else not data:
        raise FileEmpty
    if len(data) > limits.upload_bytes_max:
        raise FileTooLarge(upload_bytes=len(data), upload_bytes_max=limits.upload_bytes_max)
