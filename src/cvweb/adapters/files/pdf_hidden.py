"""Text on a PDF page that a person cannot see: invisible, tiny, off the page, of the colour of
what lies behind it, or under a picture."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from typing import Any

import msgspec
import pypdfium2.raw as pdfium

from cvcore.offers.model import Finding
from cvweb.adapters.files.pdf_glyphs import TINY_POINTS, PlacedWord

OBJECTS_MAX = 20_000
TEXT_CHARACTERS_MAX = 300
COLOUR_DISTANCE_MIN = 24
"""Colours nearer to one another than this (in 255ths, the farthest channel) look the same."""

_WHY = {
    "invisible": "text set not to be drawn was left out",
    "tiny": f"text smaller than {TINY_POINTS:g} points was left out",
    "off_page": "text outside the page was left out",
    "same_colour": "text of the colour of its background was left out",
    "covered": "text under a picture was left out",
}


class Shape(msgspec.Struct, frozen=True):
    """A filled area or a picture: its box from the top of the page, its colour (None: a picture)
    and its place in the order of drawing."""

    left: float
    top: float
    right: float
    bottom: float
    colour: tuple[int, int, int] | None
    order: int

    def holds(self, word: PlacedWord) -> bool:
        """Whether the word stands within it."""
        x, y = (word.x + word.x_end) / 2, (word.top + word.bottom) / 2
        return self.left <= x <= self.right and self.top <= y <= self.bottom


def shapes_of(page: Any, height: float) -> tuple[list[Shape], dict[int, int]]:
    """The filled areas and pictures of a page, and the order in which its objects are drawn."""
    shapes: list[Shape] = []
    order: dict[int, int] = {}
    count = min(pdfium.FPDFPage_CountObjects(page.raw), OBJECTS_MAX)
    for number in range(count):
        handle = pdfium.FPDFPage_GetObject(page.raw, number)
        kind = pdfium.FPDFPageObj_GetType(handle)
        order[ctypes.cast(handle, ctypes.c_void_p).value or 0] = number
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            continue
        colour = _fill(handle) if kind == pdfium.FPDF_PAGEOBJ_PATH else None
        if kind == pdfium.FPDF_PAGEOBJ_PATH and colour is None:
            continue
        if kind not in (
            pdfium.FPDF_PAGEOBJ_PATH,
            pdfium.FPDF_PAGEOBJ_IMAGE,
            pdfium.FPDF_PAGEOBJ_SHADING,
        ):
            continue
        box = tuple(ctypes.c_float() for _ in range(4))
        if pdfium.FPDFPageObj_GetBounds(handle, *box):
            left, bottom, right, top = (each.value for each in box)
            shapes.append(Shape(left, height - top, right, height - bottom, colour, number))
    return shapes, order


def sorted_out(
    words: Sequence[PlacedWord], shapes: Sequence[Shape], page: int, width: float, height: float
) -> tuple[list[PlacedWord], list[Finding]]:
    """The words a person sees, and a finding for each kind of those that are hidden.

    A page of pictures whose whole text is invisible is a scan with its recognised text: that text
    is what a person sees, so it is kept.
    """
    seen: list[PlacedWord] = []
    hidden: dict[str, list[str]] = {}
    drawn = [word for word in words if word.type.mode != pdfium.FPDF_TEXTRENDERMODE_INVISIBLE]
    is_scan = len(drawn) * 10 < len(words) and any(
        one.colour is None and (one.right - one.left) * (one.bottom - one.top) > width * height / 2
        for one in shapes
    )
    for word in words:
        if _is_clear(word) and (drawn_as := _outline(word, shapes)) is not None:
            seen.append(_drawn(word, drawn_as))
            continue
        why = _hidden(word, shapes, width, height, is_scan=is_scan)
        if why is None:
            seen.append(word)
        else:
            hidden.setdefault(why, []).append(word.text)
    findings = [
        Finding(code="hidden_text", detail=_WHY[why], text=text[:TEXT_CHARACTERS_MAX], page=page)
        for why, text in ((why, " ".join(texts)) for why, texts in hidden.items())
        if sum(each.isalnum() for each in text) >= 3
    ]
    return seen, findings


def _is_clear(word: PlacedWord) -> bool:
    invisible = word.type.mode == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
    return invisible or word.type.colour[3] < 12


def _outline(word: PlacedWord, shapes: Sequence[Shape]) -> Shape | None:
    """The filled outline that shows a word whose text is clear: how browsers print some fonts."""
    size = word.type.size
    for shape in shapes:
        if shape.colour is None or not 0.3 * size <= shape.bottom - shape.top <= 1.7 * size:
            continue
        across = min(shape.right, word.x_end) - max(shape.left, word.x)
        if shape.holds(word) and across >= 0.8 * (word.x_end - word.x):
            behind = _behind(word, shapes, shape.order)
            if behind is None or not _look_alike(shape.colour, behind):
                return shape
    return None


def _behind(word: PlacedWord, shapes: Sequence[Shape], order: int) -> tuple[int, int, int] | None:
    """The colour that lies behind a word drawn as number `order`; None for a picture."""
    colour: tuple[int, int, int] | None = (255, 255, 255)
    for shape in shapes:
        if shape.order < order and shape.holds(word):
            colour = shape.colour
    return colour


def _drawn(word: PlacedWord, shape: Shape) -> PlacedWord:
    """The word as it looks: in the colour of its outline, told apart from text that is text."""
    red, green, blue = shape.colour or (0, 0, 0)
    style = f"{word.type.style}/outlined/{red:02x}{green:02x}{blue:02x}"
    look = msgspec.structs.replace(word.type, style=style, is_bold=True)
    return msgspec.structs.replace(word, type=look)


def _hidden(
    word: PlacedWord, shapes: Sequence[Shape], width: float, height: float, *, is_scan: bool
) -> str | None:
    if word.type.mode == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE:
        return None if is_scan else "invisible"
    if word.x_end < 0 or word.x > width or word.bottom < 0 or word.top > height:
        return "off_page"
    if word.type.size < TINY_POINTS and len(word.text) > 1:
        return "tiny"
    if word.type.colour[3] < 12:
        return "invisible"
    if is_scan:
        return None
    above = (one for one in shapes if one.order > word.type.order and one.colour is None)
    if any(one.holds(word) and _covers(one, word, width, height) for one in above):
        return "covered"
    behind = _behind(word, shapes, word.type.order)
    red, green, blue, _ = word.type.colour
    is_filled = word.type.mode in (0, 2, 4, 6)
    if behind is not None and is_filled and _look_alike((red, green, blue), behind):
        return "same_colour"
    return None


def _covers(shape: Shape, word: PlacedWord, width: float, height: float) -> bool:
    """A picture drawn over the word, and no transparent layer over the whole page."""
    area = (shape.right - shape.left) * (shape.bottom - shape.top)
    inside = shape.left <= word.x and word.x_end <= shape.right
    return inside and area < 0.6 * width * height and len(word.text) > 1


def _look_alike(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    return all(abs(a - b) < COLOUR_DISTANCE_MIN for a, b in zip(one, other, strict=True))


def _fill(handle: Any) -> tuple[int, int, int] | None:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(handle, mode, stroke) or not mode.value:
        return None
    red, green, blue, opacity = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFPageObj_GetFillColor(handle, red, green, blue, opacity):
        return None
    if opacity.value < 128:
        return None
    return red.value, green.value, blue.value
