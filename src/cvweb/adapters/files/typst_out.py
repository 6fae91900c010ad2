"""A CV as PDF and as Typst source, by templates of our own.

What the CV says reaches a template as data, never as markup. Only the fonts within Typst are
used, so that the same CV gives the same bytes on every machine; a CV that needs more takes the
fonts of the machine, and what none of them has is shown as � and named.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from cvweb.adapters.files.export_view import View

TEMPLATES_FOLDER = Path(__file__).parent / "templates"
STANDARDS: Any = ["a-2a", "ua-1"]  # the stubs take no list but one of every standard
"""What a PDF keeps to: PDF/A-2a to be kept, PDF/UA-1 to be read aloud."""

LOST = "\N{REPLACEMENT CHARACTER}"
PROBED_CHARACTERS_MAX = 2_000
IMPORT = '#import "cv.typ": *\n'


class Pdf(msgspec.Struct, frozen=True, kw_only=True):
    """A PDF. `lost` are the characters no font of this machine has, each shown as �;
    `is_archival` says whether it keeps to `STANDARDS`."""

    data: bytes
    lost: tuple[str, ...] = ()
    is_archival: bool = True


def to_pdf(view: View, template: str) -> Pdf:
    """The PDF of a printed CV, with the fonts within Typst where they are enough."""
    main = f'#import "{template}.typ": render\n#render(json(bytes(sys.inputs.cv)))\n'
    given = msgspec.json.encode(view).decode()
    for is_bundled_only in (True, False):
        with suppress(StandardRefusedError):
            return Pdf(data=typeset(main, given, is_bundled_only=is_bundled_only))
    lost = characters_lost(given)
    shown = given.translate({ord(char): LOST for char in lost})
    with suppress(StandardRefusedError):
        return Pdf(data=typeset(main, shown, is_bundled_only=False), lost=lost)
    data = typeset(main, shown, is_bundled_only=False, standards=[])
    return Pdf(data=data, lost=lost, is_archival=False)


def to_source(view: View, template: str) -> bytes:
    """One Typst file that needs no other: the data first, to be edited, then the template."""
    parts = [
        "// A CV as Typst source: `typst compile FILE` makes the PDF. Edit the data below.\n",
        f"#let data = {literal(msgspec.to_builtins(view))}\n",
        source_of("cv"),
        source_of(template).replace(IMPORT, ""),
        "#render(data)\n",
    ]
    return "\n".join(parts).encode()


class StandardRefusedError(Exception):
    """What the CV says cannot stand in a PDF of the standards: mostly, a glyph is missing."""


def typeset(main: str, data: str, *, is_bundled_only: bool, standards: Any = STANDARDS) -> bytes:
    """The PDF of a Typst text with `data` at hand as `sys.inputs.cv`.

    Raises:
        StandardRefusedError: `standards` forbid something that the data holds.
    """
    import typst

    source: Any = main.encode()  # the stubs ask one type of it and of the root
    try:
        pdf: bytes = typst.compile(
            source,
            root=str(TEMPLATES_FOLDER),
            format="pdf",
            ignore_system_fonts=is_bundled_only,
            sys_inputs={"cv": data},
            pdf_standards=standards,
            pdf_tags=bool(standards),
            timestamp=0,
        )
    except typst.TypstError as error:
        if standards and str(error).startswith(("PDF/", "internal error")):
            raise StandardRefusedError(str(error)) from error
        raise
    return pdf


def characters_lost(text: str) -> tuple[str, ...]:
    """The characters of `text` that no font of this machine has, in the order of their numbers."""
    odd = sorted({char for char in text if ord(char) > 0x7E})
    known, rest = odd[:PROBED_CHARACTERS_MAX], odd[PROBED_CHARACTERS_MAX:]
    return tuple(char for char in known if not has_glyph(char)) + tuple(rest)


@cache
def has_glyph(char: str) -> bool:
    """Whether a font of this machine has a glyph for a character."""
    main = '#set document(title: "glyph", date: datetime(year: 2000, month: 1, day: 1))\n'
    try:
        typeset(main + "#json(bytes(sys.inputs.cv))", f'"{char}"', is_bundled_only=False)
    except StandardRefusedError:
        return False
    return True


@cache
def source_of(name: str) -> str:
    """The text of a template of ours."""
    return (TEMPLATES_FOLDER / f"{name}.typ").read_text("utf-8")


def literal(value: Any, depth: int = 0) -> str:
    """JSON values as Typst writes them; strings are escaped, so that nothing in them runs."""
    inner, outer = "  " * (depth + 1), "  " * depth
    if isinstance(value, str):
        return msgspec.json.encode(value).decode() if is_plain(value) else quoted(value)
    if isinstance(value, dict):
        rows = [f"{inner}{name}: {literal(each, depth + 1)},\n" for name, each in value.items()]
        return f"(\n{''.join(rows)}{outer})"
    rows = [f"{inner}{literal(each, depth + 1)},\n" for each in value]
    return f"(\n{''.join(rows)}{outer})" if rows else "()"


def is_plain(text: str) -> bool:
    """Whether a JSON string of `text` is a Typst string too."""
    return text.isprintable()


def quoted(text: str) -> str:
    """A Typst string with what cannot be seen written as its number."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    body = "".join(c if c.isprintable() else f"\\u{{{ord(c):x}}}" for c in escaped)
    return f'"{body}"'
