"""The words of a PDF page with their places, type and colour, and what hides some of them."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from typing import Any

import msgspec
import pypdfium2.raw as pdfium

from cvcore.offline import Word

TINY_POINTS = 4.0
"""Type smaller than this is not meant to be read."""

_INVISIBLE_MODE = 3
_FORCE_BOLD = 1 << 18
_TEX_LIGATURES = {0x0B: "ff", 0x0C: "fi", 0x0E: "ffi", 0x0F: "ffl", 0x1B: "ff", 0x1C: "fi",
                  0x1D: "fl", 0x1E: "ffi", 0x1F: "ffl"}  # fmt: skip
_FL = ("ow", "uen", "uid", "ex", "ight", "oor", "ash", "oat", "uct", "y", "at", "ip", "aw", "utt")
SOFT_HYPHEN = "\u00ad"


class Type(msgspec.Struct, frozen=True):
    """How a text object is set. `colour` is red, green, blue and opacity, 0 to 255."""

    size: float
    style: str
    is_bold: bool
    colour: tuple[int, int, int, int]
    mode: int
    order: int
    is_turned: bool = False


class PlacedWord(msgspec.Struct):
    """A word, the box it fills (from the top of the page) and how it is set."""

    text: str
    x: float
    x_end: float
    y: float
    top: float
    bottom: float
    type: Type

    def word(self) -> Word:
        """The word as the layout takes it."""
        return Word(
            self.text, self.x, self.x_end, self.y, self.type.size, self.type.style,
            self.type.is_bold,
        )  # fmt: skip


class Glyph(msgspec.Struct, frozen=True):
    """A character, or several that one glyph stands for, and where it stands."""

    text: str
    x: float
    x_end: float
    y: float
    type: Type


class PageText:
    """The text layer of one open page."""

    def __init__(self, page: Any, height: float, order: dict[int, int]) -> None:
        self._textpage = page.get_textpage()
        self._raw = self._textpage.raw
        self._height = height
        self._types: dict[int, Type] = {}
        self._order = order

    def words(self, characters_max: int) -> Iterator[PlacedWord]:
        """The words in the order of the file, the first `characters_max` characters of them."""
        held: list[Glyph] = []
        turned: list[Glyph] = []
        for glyph in self._glyphs(characters_max):
            if glyph is not None and glyph.type.is_turned:
                if turned and not _stacked(turned[-1], glyph):
                    yield _turned_word(turned)
                    turned = []
                turned.append(glyph)
                continue
            if glyph is None or (held and _parts(held[-1], glyph)):
                if held:
                    yield _word(held)
                held = []
            if glyph is not None:
                held.append(glyph)
        if held:
            yield _word(held)
        if turned:
            yield _turned_word(turned)

    def close(self) -> None:
        """Give the page's text back."""
        self._textpage.close()

    def _glyphs(self, characters_max: int) -> Iterator[Glyph | None]:
        """The characters; None where white space parts words."""
        raw, box, x, y = self._raw, pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        count = min(pdfium.FPDFText_CountChars(raw), characters_max)
        for index in range(count):
            code = pdfium.FPDFText_GetUnicode(raw, index)
            if (
                code in (0x20, 0x09, 0x0A, 0x0D, 0xA0)
                or pdfium.FPDFText_IsGenerated(raw, index) == 1
            ) and code not in (0x02, 0xFFFE, 0x2D):
                yield None
                continue
            text = self._character(code, index)
            if not text or not pdfium.FPDFText_GetLooseCharBox(raw, index, box):
                continue
            pdfium.FPDFText_GetCharOrigin(raw, index, x, y)
            yield Glyph(text, box.left, box.right, self._height - y.value, self._type(index))

    def _character(self, code: int, index: int) -> str:
        if code in (0x02, 0xFFFE, 0xAD) or (code == 0 and index):
            if pdfium.FPDFText_IsHyphen(self._raw, index) == 1:
                return SOFT_HYPHEN
            return "-" if code == 0xAD else self._ligature(index)
        if code in _TEX_LIGATURES:
            return self._tex_ligature(_TEX_LIGATURES[code], index)
        if 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
            return ""
        return chr(code)

    def _tex_ligature(self, text: str, index: int) -> str:
        """What TeX's usual encodings say, unless no word is spelt so: then what English writes."""
        before = pdfium.FPDFText_GetUnicode(self._raw, index - 1) if index else 0x20
        after = pdfium.FPDFText_GetUnicode(self._raw, index + 1)
        follows = chr(after).lower() if 0x20 < after < 0x250 else " "
        begins = not (0x20 < before < 0x250 and chr(before).isalpha())
        is_odd = text == "ff" and follows.isalpha() and follows not in "aeiourlsy"
        if text.startswith("ff") and (begins or is_odd):
            return self._ligature(index)
        return text

    def _ligature(self, index: int) -> str:
        """A ligature whose letters the font does not tell: what English writes in such a place."""
        after = "".join(
            chr(code)
            if 0x20 < (code := pdfium.FPDFText_GetUnicode(self._raw, at)) < 0x3000
            else " "
            for at in range(index + 1, min(index + 4, pdfium.FPDFText_CountChars(self._raw)))
        )
        if not after[:1].isalpha():
            return SOFT_HYPHEN if index and not after[:1].isdigit() else ""
        return "fl" if after.startswith(_FL) else "fi"

    def _type(self, index: int) -> Type:
        handle = pdfium.FPDFText_GetTextObject(self._raw, index)
        address = ctypes.cast(handle, ctypes.c_void_p).value or 0
        known = self._types.get(address)
        if known is None:
            known = self._read_type(index, handle, address)
            self._types[address] = known
        return known

    def _read_type(self, index: int, handle: Any, address: int) -> Type:
        matrix = pdfium.FS_MATRIX()
        size = pdfium.FPDFText_GetFontSize(self._raw, index)
        is_turned = False
        if pdfium.FPDFText_GetMatrix(self._raw, index, matrix):
            size *= math.hypot(matrix.b, matrix.d) or 1.0
            is_turned = abs(matrix.b) > 2 * abs(matrix.a)
        colour = tuple(ctypes.c_uint() for _ in range(4))
        is_known = pdfium.FPDFText_GetFillColor(self._raw, index, *colour)
        shade = tuple(each.value for each in colour) if is_known else (0, 0, 0, 255)
        name, flags = self._font(index)
        is_bold = _is_bold(name.lower(), flags, pdfium.FPDFText_GetFontWeight(self._raw, index))
        mode = pdfium.FPDFTextObj_GetTextRenderMode(handle) if address else 0
        style = f"{name.split('+')[-1]}/{size:.1f}/{shade[0]:02x}{shade[1]:02x}{shade[2]:02x}"
        red, green, blue, opacity = shade
        return Type(
            round(size, 2), style, is_bold, (red, green, blue, opacity), mode,
            self._order.get(address, 1 << 30), is_turned,
        )  # fmt: skip

    def _font(self, index: int) -> tuple[str, int]:
        flags = ctypes.c_int()
        length = pdfium.FPDFText_GetFontInfo(self._raw, index, None, 0, flags)
        if not length or length > 512:
            return "", 0
        buffer = ctypes.create_string_buffer(length)
        pdfium.FPDFText_GetFontInfo(self._raw, index, buffer, length, flags)
        return buffer.value.decode("utf-8", "replace"), flags.value


def _is_bold(name: str, flags: int, weight: int) -> bool:
    """Whether a font is bold, by its name where that says, else by what the file claims."""
    if any(word in name for word in ("bold", "black", "heavy", "semib", "demi", "cmbx")):
        return True
    if any(
        word in name for word in ("regular", "light", "book", "roman", "medium", "italic", "cmr")
    ):
        return False
    return weight >= 700 or bool(flags & _FORCE_BOLD)


def _parts(last: Glyph, glyph: Glyph) -> bool:
    """Whether a gap or another line parts two characters that no space stands between."""
    size = max(1.0, min(last.type.size, glyph.type.size))
    gap = glyph.x - last.x_end
    return gap > 0.28 * size or gap < -2.5 * size or abs(glyph.y - last.y) > 0.45 * size


def _stacked(last: Glyph, glyph: Glyph) -> bool:
    """Whether a turned character goes on where the one before it ended."""
    size = max(1.0, last.type.size)
    return abs(glyph.x - last.x) < 0.8 * size and abs(glyph.y - last.y) < 2.5 * size


def _turned_word(glyphs: list[Glyph]) -> PlacedWord:
    """Text along the edge of a page, told at the top of what it stands beside."""
    word = _word(glyphs)
    top = min(glyph.y for glyph in glyphs) - 0.8 * word.type.size
    word.y, word.top, word.bottom = top, top, top + word.type.size
    word.x, word.x_end = 8.0, 9.0
    return word


def _word(glyphs: list[Glyph]) -> PlacedWord:
    text = "".join(glyph.text for glyph in glyphs)
    lead = glyphs[len(glyphs) // 2]
    x, x_end = min(g.x for g in glyphs), max(g.x_end for g in glyphs)
    size = lead.type.size
    return PlacedWord(text, x, x_end, lead.y, lead.y - 0.8 * size, lead.y + 0.2 * size, lead.type)
