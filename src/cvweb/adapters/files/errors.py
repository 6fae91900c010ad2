"""Why a file cannot be read, each with what to do about it."""

from __future__ import annotations

from cvcore.errors import Refusal


class FileRefused(Refusal):
    """The file cannot be read; what its class says is why."""

    code = "file_refused"


class FileEmpty(FileRefused):
    """There is nothing in the file."""

    code = "file_empty"

    def __init__(self) -> None:
        super().__init__("the file is empty; choose the one that has the text in it")


class FileTooLarge(FileRefused):
    """The file, or what it unpacks to, has more bytes than are read."""

    code = "file_too_large"

    def __init__(self, *, upload_bytes: int, upload_bytes_max: int) -> None:
        super().__init__(
            f"the file has {upload_bytes} bytes, at most {upload_bytes_max} are read; "
            "save it with smaller pictures"
        )
        self.upload_bytes, self.upload_bytes_max = upload_bytes, upload_bytes_max


class ArchiveBomb(FileRefused):
    """The archive unpacks to far more than a document needs."""

    code = "archive_too_large"

    def __init__(self, *, unpacked_bytes_max: int) -> None:
        super().__init__(
            f"the document unpacks to more than {unpacked_bytes_max} bytes or has too many parts; "
            "save it anew as PDF or DOCX"
        )
        self.unpacked_bytes_max = unpacked_bytes_max


class FileDamaged(FileRefused):
    """The file is broken: its kind is known, its content cannot be read."""

    code = "file_damaged"

    def __init__(self, *, kind: str, why: str) -> None:
        super().__init__(f"the {kind} file is damaged ({why}); open it and save it anew")
        self.kind, self.why = kind, why


class FileEncrypted(FileRefused):
    """The file asks for a password."""

    code = "file_encrypted"

    def __init__(self, *, kind: str) -> None:
        super().__init__(f"the {kind} file is protected by a password; save it without one")
        self.kind = kind


class NoText(FileRefused):
    """The pages are pictures: there is no text to read."""

    code = "no_text"

    def __init__(self, *, pages: int) -> None:
        super().__init__(
            f"no text stands on the {pages} page(s), only pictures (a scan?); "
            "export the CV from the program it was written with, or paste its text"
        )
        self.pages = pages


class TooManyPages(FileRefused):
    """The document has more pages than a CV may."""

    code = "too_many_pages"

    def __init__(self, *, pages: int, pages_max: int) -> None:
        super().__init__(
            f"the document has {pages} pages, at most {pages_max} are read; send the CV alone"
        )
        self.pages, self.pages_max = pages, pages_max


class UnsupportedFormat(FileRefused):
    """The content is of a kind that is not read."""

    code = "unsupported_format"

    def __init__(self, *, found: str) -> None:
        super().__init__(
            f"this is {found}; PDF, DOCX, JSON Resume, HTML and plain text are read: "
            "save the CV as one of them"
        )
        self.found = found


class TooSlow(FileRefused):
    """Reading the file took longer, or more memory, than is allowed."""

    code = "file_too_complex"

    def __init__(self, *, parse_seconds_max: float) -> None:
        super().__init__(
            f"the file could not be read within {parse_seconds_max:g} seconds and its share of "
            "memory; save it anew in a simpler form"
        )
        self.parse_seconds_max = parse_seconds_max
