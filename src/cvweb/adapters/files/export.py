"""A CV as a file: PDF, DOCX, Markdown, Typst source or JSON Resume."""

from __future__ import annotations

import re
import unicodedata
from typing import cast

import msgspec

from cvcore.cv import Cv, texts, to_json_resume
from cvcore.offers.model import Finding
from cvweb.adapters.files.export_options import (
    ENDINGS,
    MEDIA_TYPES,
    ExportedFile,
    ExportOptions,
    Format,
    vet,
)
from cvweb.adapters.files.export_view import is_printable, view_of

__all__ = ["ExportOptions", "ExportedFile", "export_cv", "export_filename"]

FILENAME_CHARACTERS_MAX = 80
NAMED_MAX = 40
"""How many characters a finding names one by one."""


def export_cv(
    cv: Cv,
    format: str,
    *,
    template: str = "classic",
    options: ExportOptions | None = None,
) -> ExportedFile:
    """The CV in a format (`pdf`, `docx`, `md`, `typst`, `json`) and a template's look.

    Equal arguments give equal bytes. What the CV says is content in every format, never markup.
    JSON is the whole CV whatever `options` leave out; Markdown has no template.

    Raises:
        ExportRefused: the format, the template or something in `options` is unknown.
    """
    options = options or ExportOptions()
    vet(format, template, options)
    kind = cast("Format", format)
    data, findings = written(cv, kind, template, options)
    return ExportedFile(
        data=data,
        media_type=MEDIA_TYPES[kind],
        filename=export_filename(cv, kind, options.filename),
        findings=(*findings, *(() if kind == "json" else left_out(cv))),
    )


def written(
    cv: Cv, kind: Format, template: str, options: ExportOptions
) -> tuple[bytes, tuple[Finding, ...]]:
    """The bytes of a format, and what the format could not show."""
    if kind == "json":
        return msgspec.json.format(msgspec.json.encode(to_json_resume(cv)), indent=2) + b"\n", ()
    view = view_of(cv, options)
    if kind == "md":
        from cvweb.adapters.files.markdown_out import to_markdown_bytes

        return to_markdown_bytes(view), ()
    if kind == "docx":
        from cvweb.adapters.files.docx_out import to_docx

        return to_docx(view, template), ()
    from cvweb.adapters.files.typst_out import to_pdf, to_source

    if kind == "typst":
        return to_source(view, template), ()
    pdf = to_pdf(view, template)
    return pdf.data, pdf_findings(pdf.lost, is_archival=pdf.is_archival)


def export_filename(cv: Cv, format: Format, wanted: str | None = None) -> str:
    """A name that every system takes: letters, digits, dots and dashes, and the right ending."""
    text = wanted or f"CV {cv.basics.name or ''}"
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    name = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")[:FILENAME_CHARACTERS_MAX].strip("-")
    return f"{name or 'CV'}.{ENDINGS[format]}"


def pdf_findings(lost: tuple[str, ...], *, is_archival: bool) -> tuple[Finding, ...]:
    """What the PDF does not show, or does not keep to."""
    found = []
    if lost:
        detail = f"no font here has {named(lost)}: each is shown as � in the file"
        found.append(Finding(code="characters_without_font", detail=detail, text="".join(lost)))
    if not is_archival:
        detail = "this text cannot stand in PDF/A and PDF/UA: the file is an ordinary PDF"
        found.append(Finding(code="not_archival", detail=detail))
    return tuple(found)


def left_out(cv: Cv) -> tuple[Finding, ...]:
    """The characters of the CV that no page can show."""
    odd = [each.text for each in texts(cv) if not each.text.isprintable()]
    dropped = sorted({char for text in odd for char in text if not is_printable(char)})
    if not dropped:
        return ()
    detail = f"characters that no page can show were left out: {named(tuple(dropped))}"
    return (Finding(code="characters_left_out", detail=detail),)


def named(characters: tuple[str, ...]) -> str:
    """Characters with their numbers, as many as one reads."""
    shown = [
        f"{c} (U+{ord(c):04X})" if c.isprintable() else f"U+{ord(c):04X}"
        for c in characters[:NAMED_MAX]
    ]
    more = len(characters) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")
