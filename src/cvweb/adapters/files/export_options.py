"""What an export can be asked for, and what it gives."""

from __future__ import annotations

from typing import Literal, get_args

import msgspec

from cvcore.cv.model import SECTIONS
from cvcore.errors import Refusal
from cvcore.offers.model import Finding

Format = Literal["pdf", "docx", "md", "typst", "json"]
Template = Literal["classic", "modern", "compact"]
Paper = Literal["a4", "letter"]
Labels = Literal["en", "fr"]

FORMATS: tuple[Format, ...] = get_args(Format)
TEMPLATES: tuple[Template, ...] = get_args(Template)
PRINTED: tuple[str, ...] = ("summary", *SECTIONS)
"""The parts of a CV that an export can show or leave out."""

MEDIA_TYPES: dict[Format, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown",
    "typst": "text/x-typst",
    "json": "application/json",
}
ENDINGS: dict[Format, str] = {
    "pdf": "pdf",
    "docx": "docx",
    "md": "md",
    "typst": "typ",
    "json": "json",
}


class ExportOptions(
    msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True
):
    """How an export looks.

    `labels` is the language of headings and months (None: the CV's own, English where we have none
    in it). `sections` names the parts to show, in their order (empty: all, in the order of the CV);
    `filename` is the name without its ending (None: the person's name). JSON is always whole.
    """

    paper: Paper = "a4"
    labels: Labels | None = None
    sections: tuple[str, ...] = ()
    filename: str | None = None


class ExportedFile(msgspec.Struct, frozen=True, kw_only=True):
    """A CV as a file. `findings` names what could not be shown: characters without a font, control
    characters. The same CV, format, template and options give the same bytes."""

    data: bytes
    media_type: str
    filename: str
    findings: tuple[Finding, ...] = ()


class ExportRefused(Refusal):
    """The export that was asked for does not exist."""

    code = "export_refused"

    def __init__(self, *, option: str, value: str, known: tuple[str, ...]) -> None:
        super().__init__(f"there is no {option} {value!r}; choose one of {', '.join(known)}")
        self.option, self.value, self.known = option, value, known


def vet(format: str, template: str, options: ExportOptions) -> None:
    """Return where an export of this kind can be made.

    Raises:
        ExportRefused: the format, the template, the paper, the language or a section is unknown.
    """
    asked: list[tuple[str, str, tuple[str, ...]]] = [
        ("format", format, FORMATS),
        ("template", template, TEMPLATES),
        ("paper", options.paper, get_args(Paper)),
        *(("section", name, PRINTED) for name in options.sections),
    ]
    if options.labels is not None:
        asked.append(("language of the headings", options.labels, get_args(Labels)))
    for option, value, known in asked:
        if value not in known:
            raise ExportRefused(option=option, value=value, known=known)
