"""How the paragraphs and runs of a DOCX look, through their styles, and what hides a run."""

from __future__ import annotations

import re
from typing import Any

import msgspec

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DEPTH_MAX = 12
TINY_HALF_POINTS = 8
_HEADING = re.compile(r"^(?:heading|titre|überschrift)\s*([1-6])$", re.IGNORECASE)


class Look(msgspec.Struct, frozen=True):
    """The size in points, the weight and the whole look of a run; `hidden` says why it cannot be
    seen, empty where it can."""

    size: float = 0.0
    is_bold: bool = False
    style: str = ""
    hidden: str = ""


class ParagraphLook(msgspec.Struct, frozen=True):
    """A paragraph's level as a heading (0: none), whether it is an item of a list, and how its
    runs look where they say nothing themselves."""

    level: int
    is_listed: bool
    runs: Look


class Styles:
    """The styles of one document."""

    def __init__(self, tree: Any) -> None:
        self._styles: dict[str, Any] = {}
        self._default = Look(size=11.0)
        for style in tree.iter(f"{W}style") if tree is not None else ():
            self._styles[attribute(style, "styleId") or ""] = style
        if tree is not None and (defaults := tree.find(f"{W}docDefaults")) is not None:
            self._default = _applied(defaults.find(f".//{W}rPr"), self._default)

    def paragraph(self, paragraph: Any) -> ParagraphLook:
        """How a paragraph looks."""
        properties = paragraph.find(f"{W}pPr")
        style = _value(properties, "pStyle")
        level, listed, look = 0, False, self._default
        for each in reversed(self._chain(style)):
            match = _HEADING.match(_value(each, "name") or "")
            level = int(match.group(1)) if match else level
            inner = each.find(f"{W}pPr")
            level = _outline(inner) or level
            listed = listed or _is_listed(inner)
            look = _applied(each.find(f"{W}rPr"), look)
        own = _outline(properties)
        return ParagraphLook(own or level, listed or _is_listed(properties), look)

    def run(self, run: Any, look: Look) -> Look:
        """How a run looks within a paragraph that looks like `look`."""
        properties = run.find(f"{W}rPr")
        for each in reversed(self._chain(_value(properties, "rStyle"))):
            look = _applied(each.find(f"{W}rPr"), look)
        return _applied(properties, look)

    def _chain(self, style: str | None) -> list[Any]:
        found: list[Any] = []
        while style and style in self._styles and len(found) < DEPTH_MAX:
            found.append(self._styles[style])
            style = _value(self._styles[style], "basedOn")
        return found


def attribute(element: Any, name: str) -> str | None:
    """A WordprocessingML attribute of an element."""
    value = element.get(f"{W}{name}")
    return value if isinstance(value, str) else None


def _value(parent: Any, name: str) -> str | None:
    if parent is None:
        return None
    child = parent.find(f"{W}{name}")
    return attribute(child, "val") if child is not None else None


def _outline(properties: Any) -> int:
    level = _value(properties, "outlineLvl")
    return int(level) + 1 if level is not None and level.isdigit() and int(level) < 6 else 0


def _is_listed(properties: Any) -> bool:
    if properties is None or (numbered := properties.find(f"{W}numPr")) is None:
        return False
    return _value(numbered, "numId") != "0"


def _applied(properties: Any, look: Look) -> Look:
    if properties is None:
        return look
    size, is_bold, hidden = look.size, look.is_bold, look.hidden
    if (half := _value(properties, "sz")) is not None and half.isdigit():
        size = int(half) / 2
        hidden = (
            "text smaller than 4 points was left out" if int(half) < TINY_HALF_POINTS else hidden
        )
    if properties.find(f"{W}b") is not None:
        is_bold = _value(properties, "b") not in ("0", "false", "off")
    colour = (_value(properties, "color") or "").upper()
    caps = "c" if properties.find(f"{W}caps") is not None else ""
    if properties.find(f"{W}vanish") is not None and _value(properties, "vanish") not in (
        "0",
        "false",
    ):
        hidden = "text marked as hidden was left out"
    is_shaded = (
        properties.find(f"{W}shd") is not None or properties.find(f"{W}highlight") is not None
    )
    if colour in ("FFFFFF", "FEFEFE") and not is_shaded:
        hidden = "white text was left out"
    style = f"{size:g}/{colour or look.style.split('/')[1] if '/' in look.style else colour}/{caps}"
    return Look(size=size, is_bold=is_bold, style=style, hidden=hidden)
