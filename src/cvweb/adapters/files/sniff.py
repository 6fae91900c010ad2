"""What kind of file some bytes are, by their content: names and extensions are not asked."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Literal
from zipfile import BadZipFile, ZipFile

from cvweb.adapters.files.errors import FileEncrypted, UnsupportedFormat

Kind = Literal["pdf", "docx", "json", "html", "text"]

_MARKUP = re.compile(
    rb"<(?:!doctype\s+html|(?:html|body|head|div|section|p|h[1-6]|ul|table|span|main)[\s>])",
    re.IGNORECASE,
)
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", "a RTF document"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"II*\x00", "a picture (TIFF)"),
    (b"MM\x00*", "a picture (TIFF)"),
    (b"RIFF", "a picture or a sound (RIFF)"),
    (b"7z\xbc\xaf", "an archive (7z)"),
    (b"\x1f\x8b", "an archive (gzip)"),
    (b"Rar!", "an archive (RAR)"),
    (b"%!PS", "a PostScript document"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"SQLite format", "a database"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_JSON = re.compile(rb"\{\s*(?:[\"}]|$)|\[\s*(?:[\[{\"\]]|$)")
_PRINTED = bytes(code for code in range(256) if code >= 32 or code in (9, 10, 12, 13))
"""What a text file is made of, in any encoding but UTF-16: a file with more is no plain text."""
_CONTROLS = bytes(code for code in range(32) if code not in (8, 9, 10, 11, 12, 13, 27))


def kind_of(data: bytes) -> Kind:
    """The kind of `data`, which is not empty.

    Raises:
        UnsupportedFormat: it is of a kind that is not read; the error names it.
        FileEncrypted: it is an Office document under a password.
    """
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n\x00")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    sample = data[:200_000]
    is_plain = not sample.translate(None, _PRINTED)
    if data.startswith(b"PK") and not is_plain:
        return _archive(data)
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise FileEncrypted(kind="DOCX")
        raise UnsupportedFormat(found="a document of an old Office version (DOC)")
    for start, name in _OTHERS:
        if head.startswith(start) and not (is_plain and start.isalnum()):
            raise UnsupportedFormat(found=name)
    if _JSON.match(head):
        return "json"
    if sample[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "text"
    if len(sample.translate(None, _CONTROLS)) < len(sample) * 0.98:
        raise UnsupportedFormat(found="a binary file of an unknown kind")
    return "html" if len(_MARKUP.findall(sample)) >= 2 else "text"


def text_of(data: bytes) -> str:
    """The text in some bytes: by its mark, as UTF-8, or else as Windows wrote it."""
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")
    ):  # fmt: skip
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _archive(data: bytes) -> Kind:
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist()[:5_000])
    except (BadZipFile, ValueError, EOFError, OSError, NotImplementedError):
        if b"word/" in data or b"[Content_Types].xml" in data[:4096]:
            return "docx"
        raise UnsupportedFormat(found="an archive that cannot be opened") from None
    if any(name.startswith("word/") for name in names):
        return "docx"
    if any(name.startswith(("xl/", "ppt/")) for name in names):
        raise UnsupportedFormat(found="a spreadsheet or a presentation")
    if "content.xml" in names:
        raise UnsupportedFormat(found="an OpenDocument text (ODT)")
    raise UnsupportedFormat(found="an archive (ZIP)")
