"""A CV as text with what the page says about it: what every file is brought to first."""

from __future__ import annotations

import re
import unicodedata

import msgspec

from cvcore.offers.model import Finding

BULLETS = "•●◦○▪■□◆◇▸▹►▶➢➤➔→❖✓✔✶★‣⁃∙·*"
"""The marks a bullet begins with, dashes apart: those count only before a space."""

SAME_HEIGHT_POINTS = 3.0
"""How far the running titles of two pages may stand from one height."""

LINES_MAX = 30_000
LINE_CHARACTERS_MAX = 2_000
_ENDLESS = re.compile(r"\S{160}(?=\S)")
_BLANKS = re.compile(r"[ \t\xa0\u2000-\u200a\u3000]{60,}")
_BULLET = re.compile(
    rf"^\s*(?:[{re.escape(BULLETS)}]+\s*|[-–—]\s+|o\s(?=[A-ZÀ-Ý])"
    rf"|\d{{1,2}}[.)]\s(?=[^\W\d]{{3}}))(?=\S)"
)
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_SYMBOL_BULLETS = dict.fromkeys(
    (0xF0B7, 0xF0A7, 0xF0D8, 0xF076, 0xF0FC, 0xF09F, 0xF0A8, 0xF06E, 0xF06C, 0xF077), "•"
)
_INVISIBLE = dict.fromkeys(
    [
        173,
        8203,
        8204,
        8205,
        8288,
        65279,
        65534,
        65533,
        1564,
        6158,
        *list(range(8206, 8208)),
        *list(range(8234, 8239)),
        *list(range(8294, 8298)),
        *list(range(917504, 917632)),
    ]
)
_SPACES = dict.fromkeys((160, 8239, 12288, 11, 12, *range(8192, 8203)), " ")
_WINDOWS = {
    code: char for code in range(0x80, 0xA0) if (char := bytes([code]).decode("cp1252", "ignore"))
}
_TABLE: dict[int, str | None] = {
    **_WINDOWS,
    **_LIGATURES,
    **_SYMBOL_BULLETS,
    **_INVISIBLE,
    **_SPACES,
}
_PRIVATE = re.compile(r"[\uE000-\uF8FF\U000F0000-\U0010FFFD\x00-\x08\x0e-\x1f\x7f]+")
_HYPHENS = re.compile(r"-{0,2}\u00ad?[\u2010\u2011]")
_TWICE_ENCODED = re.compile(
    r"[\u00c2-\u00f4](?:[\u0080-\u00bf]|[€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]){1,3}"
)
_PAGE_NUMBER = re.compile(
    r"^[^\w]*(?:(?P<word>[^\d]{0,60}?\b(?:page|seite|p\.))\s*)?(?P<page>\d{1,2})"
    r"(?:\s*(?:/|of|sur|von|de)\s*\d{1,2})?[^\w]*$",
    re.IGNORECASE,
)
_LETTER_SPACED = re.compile(r"^(?:\S ){3,}\S(?: {2,}(?:\S ){1,}\S)*$")


class Link(msgspec.Struct, frozen=True):
    """A link annotation: where it leads and the words it stands on."""

    url: str
    text: str = ""
    page: int = 1


class TextLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line as a person sees it; wide gaps within it are tabs.

    `x`, `x_end` and `y` are points from the left and the top of the page, `size` the type size in
    points, `style` names font, size and colour as one word to compare; all are 0 or empty where the
    source has no layout. `gap` is the white space above in line heights, `block` changes where the
    reading jumps (another column, page, table cell). `level` is 1 to 6 where the source itself says
    that this is a heading. `block_right` is where the lines of the block end at most.
    """

    text: str
    page: int = 1
    x: float = 0.0
    x_end: float = 0.0
    y: float = 0.0
    size: float = 0.0
    is_bold: bool = False
    style: str = ""
    gap: float = 0.0
    block: int = 0
    block_right: float = 0.0
    level: int = 0


class CvText(msgspec.Struct, frozen=True, kw_only=True):
    """The lines of a CV in reading order, its links, and what was noticed while taking them."""

    lines: tuple[TextLine, ...] = ()
    links: tuple[Link, ...] = ()
    findings: tuple[Finding, ...] = ()


def clean(text: str) -> str:
    """`text` in plain characters: ligatures spelt out, icon glyphs, soft hyphens and invisible
    characters gone, every kind of space a space, text that was encoded twice put right."""
    if not text.isascii():
        text = _TWICE_ENCODED.sub(_decoded_once_more, text)
        text = _HYPHENS.sub("-", text).translate(_TABLE)
        text = unicodedata.normalize("NFC", text)
    return _PRIVATE.sub(" ", text)


def closed_up(text: str) -> str:
    """A letter-spaced heading as one would say it: `E X P E R I E N C E` becomes `EXPERIENCE`."""
    if not _LETTER_SPACED.match(text.strip()):
        return text
    return " ".join(word.replace(" ", "") for word in re.split(r" {2,}", text.strip()))


def without_furniture(lines: tuple[TextLine, ...]) -> tuple[TextLine, ...]:
    """The lines without page numbers and running titles: what stands first or last on its page and
    counts pages, or says the same at the same height of another page, its page number apart.

    A last line that only looks alike ("Score: 91" and "Score: 94") is content, and stays.
    """
    edges = {
        number for number, line in enumerate(lines) if line.x_end > 0 and _is_edge(lines, number)
    }
    told: dict[str, list[TextLine]] = {}
    for number in sorted(edges):
        told.setdefault(_without_page(lines[number]), []).append(lines[number])
    kept: list[TextLine] = []
    for number, line in enumerate(lines):
        if number in edges:
            alike = told[_without_page(line)]
            if _counts_pages(line) or (number > 0 and _is_running(line, alike, lines[0])):
                continue
        kept.append(line)
    return tuple(kept)


def _is_edge(lines: tuple[TextLine, ...], number: int) -> bool:
    page = lines[number].page
    is_first = number == 0 or lines[number - 1].page != page
    return is_first or number + 1 == len(lines) or lines[number + 1].page != page


def _counts_pages(line: TextLine) -> bool:
    found = _PAGE_NUMBER.match(line.text)
    return found is not None and (bool(found["word"]) or int(found["page"]) == line.page)


def _is_running(line: TextLine, alike: list[TextLine], first: TextLine) -> bool:
    """Whether a line at the edge stands on another page too; the name above all is such a title
    wherever the next pages repeat it."""
    return any(
        other.page != line.page and (abs(other.y - line.y) <= SAME_HEIGHT_POINTS or other is first)
        for other in alike
    )


def _without_page(line: TextLine) -> str:
    return re.sub(rf"(?<!\d){line.page}(?!\d)", "#", line.text)


def is_bullet(text: str) -> bool:
    """Whether the line begins with a bullet's mark."""
    return bool(_BULLET.match(text))


def unbulleted(text: str) -> str:
    """The line without its bullet's mark."""
    return _BULLET.sub("", text, count=1).strip()


def tamed(text: str) -> str:
    """`text` with endless words and endless white space broken up."""
    return _ENDLESS.sub(r"\g<0> ", _BLANKS.sub("\t", text))


def bounded(lines: tuple[TextLine, ...]) -> tuple[TextLine, ...]:
    """The first `LINES_MAX` lines with longer ones in pieces, and endless words with spaces put in:
    no text costs more than its length to read."""
    found: list[TextLine] = []
    for line in lines[:LINES_MAX]:
        text = tamed(line.text)
        while len(text) > LINE_CHARACTERS_MAX:
            at = text.rfind(" ", LINE_CHARACTERS_MAX // 2, LINE_CHARACTERS_MAX)
            found.append(msgspec.structs.replace(line, text=text[:at]))
            text = text[at + 1 :]
        found.append(line if text == line.text else msgspec.structs.replace(line, text=text))
    return tuple(found)


def lines_of(text: str) -> CvText:
    """A plain text as lines: blank lines become gaps, runs of three spaces or more tabs."""
    lines: list[TextLine] = []
    blank = 0.0
    text = tamed(text.replace("\r\n", "\n").replace("\r", "\n"))
    for number, raw in enumerate(clean(text).split("\n")):
        line = re.sub(r" *\t[ \t]*| {3,}", "\t", closed_up(_unmarked(raw)).strip())
        line = re.sub(r" {2,}", " ", line)
        if not line:
            blank += 1.0
            continue
        indent = float(len(raw) - len(raw.lstrip(" \t")))
        heading = re.match(r"^(#{1,6})\s+(?=\S)", line)
        level = len(heading.group(1)) if heading else 0
        lines.append(
            TextLine(
                text=line[heading.end() :] if heading else line,
                x=indent, y=float(number), gap=blank, level=level,
            )
        )  # fmt: skip
        blank = 0.0
    return CvText(lines=tuple(lines))


def _unmarked(line: str) -> str:
    """A line without Markdown's signs for bold type and links; the words stay."""
    if "](" in line:
        line = re.sub(r"\[([^\[\]]+)\]\((?:https?://|mailto:|tel:)?[^()\s]*\)", r"\1", line)
    return re.sub(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", r"\2", line)


def _decoded_once_more(match: re.Match[str]) -> str:
    for encoding in ("latin-1", "cp1252"):
        try:
            return match.group().encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return match.group()
