"""What a program that reads an exported CV would lose, told before anybody downloads it.

The export is read back by our own reader and compared with the CV field by field.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any, Literal

import msgspec

from cvcore.cv import SECTIONS, Cv, Item, Line, texts
from cvcore.offers.model import Finding
from cvweb.adapters.files.export_options import ExportedFile, ExportOptions
from cvweb.adapters.files.export_view import is_printable

Fate = Literal["lost", "elsewhere"]

BASICS = ("name", "label", "email", "phone", "url", "summary")
UNPRINTED = frozenset({"id", "extra", "image"})
LOSSES_NAMED_MAX = 200


class Loss(msgspec.Struct, frozen=True, kw_only=True):
    """One text that is not read back where it stood: `lost`, or read as something else."""

    path: str
    said: str
    read: str | None
    fate: Fate


def check_export(
    cv: Cv, exported: ExportedFile, options: ExportOptions | None = None
) -> tuple[Finding, ...]:
    """The findings of the export, and one for each field that our reader does not read back.

    A file that cannot be read at all is one finding. Markdown and Typst source are not read.
    """
    from cvcore.errors import Refusal
    from cvweb.adapters.files.reading import read_cv_file

    if exported.media_type.startswith(("text/markdown", "text/x-typst")):
        return exported.findings
    try:
        read = read_cv_file(exported.filename, exported.data).cv
    except Refusal as error:
        detail = f"the file cannot be read back: {error}"
        return (*exported.findings, Finding(code="not_read_back", detail=detail))
    missing = losses(cv, read, (options or ExportOptions()).sections)
    return exported.findings + tuple(map(finding_of, missing[:LOSSES_NAMED_MAX]))


def finding_of(loss: Loss) -> Finding:
    """A loss in a sentence."""
    if loss.fate == "lost":
        detail = f"a reader would miss {loss.path}"
    elif loss.read is None:
        detail = f"a reader would take {loss.path} for something else"
    else:
        detail = f"a reader would take {loss.path} for {loss.read[:120]!r}"
    return Finding(code=f"reader_{loss.fate}", detail=detail, text=loss.said[:200])


def losses(cv: Cv, read: Cv, sections: tuple[str, ...] = ()) -> tuple[Loss, ...]:
    """What of `cv` is not where it was in `read`, in the order of the CV.

    `sections` names the parts that were exported (empty: all). Spaces, the way a web address is
    written and the ids make no difference; the order of items does not either.
    """
    comparison = Comparison(read)
    shown = sections or ("summary", *SECTIONS)
    for name in BASICS:
        if name != "summary" or "summary" in shown:
            comparison.text(f"basics.{name}", getattr(cv.basics, name), getattr(read.basics, name))
    for section in SECTIONS:
        if section in shown:
            comparison.section(section, getattr(cv, section), getattr(read, section))
    return tuple(comparison.found)


class Comparison:
    """Compares one CV with what was read, and gathers what differs."""

    def __init__(self, read: Cv) -> None:
        self.found: list[Loss] = []
        self._everything = plain(" ".join(each.text for each in texts(read)))

    def section(self, name: str, said: tuple[Item, ...], read: tuple[Item, ...]) -> None:
        """Compare the items of a section, each with the one read that is most like it."""
        left = list(read)
        for item in said:
            best = max(left, key=lambda other: likeness(item, other), default=None)
            if best is not None and likeness(item, best) > 0:
                left.remove(best)
            else:
                best = None
            self.item(f"{name}[{item.id}]", item, best)

    def item(self, path: str, said: Item, read: Item | None) -> None:
        """Compare one item field by field."""
        for name in said.__struct_fields__:
            value = getattr(said, name)
            other = getattr(read, name) if read is not None else None
            if name in UNPRINTED or not value:
                continue
            if isinstance(value, str):
                self.text(f"{path}.{name}", value, other)
            else:
                known = {plain(line.text): line.text for line in other or ()}
                for line in value:
                    self.text(f"{path}.{name}[{line.id}]", line.text, known.get(plain(line.text)))

    def text(self, path: str, said: str | None, read: Any) -> None:
        """Compare one text."""
        if not said or not plain(said) or plain(said) == plain(read or ""):
            return
        fate: Fate = "elsewhere" if plain(said) in self._everything else "lost"
        self.found.append(Loss(path=path, said=said, read=read, fate=fate))


def likeness(one: Item, other: Item) -> int:
    """How many texts two items share; bullets count like fields."""
    return len(words_of(one) & words_of(other))


def words_of(item: Item) -> set[str]:
    """The texts of an item, made comparable."""
    found: set[str] = set()
    for name in item.__struct_fields__:
        value = getattr(item, name)
        if name in UNPRINTED or not value:
            continue
        lines = (
            [value] if isinstance(value, str) else [line.text for line in value if is_line(line)]
        )
        found.update(plain(text) for text in lines)
    return found - {""}


def is_line(value: Any) -> bool:
    """Whether a value of a list is a line of text."""
    return isinstance(value, Line)


def plain(text: str) -> str:
    """A text without what makes no difference: spaces, case of addresses, `https://`."""
    shown = "".join(c for c in unicodedata.normalize("NFKC", text) if is_printable(c))
    one_line = " ".join(shown.split())
    if re.fullmatch(r"(?:https?://)?(?:www\.)?[\w-]+(?:\.[\w-]+)+(?:/\S*)?", one_line):
        return re.sub(r"^https?://(?:www\.)?|^www\.", "", one_line).rstrip("/")
    return one_line
