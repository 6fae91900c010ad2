"""Writing to a terminal: colour where it is wanted, lines that fit, no control characters."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
import unicodedata
from typing import IO, Literal

import msgspec

Colour = Literal["bold", "dim", "red", "green", "yellow", "cyan"]

CODES: dict[Colour, str] = {
    "bold": "1",
    "dim": "2",
    "red": "31",
    "green": "32",
    "yellow": "33",
    "cyan": "36",
}
WIDTH_MIN, WIDTH_MAX = 60, 100


def width() -> int:
    """How many columns a line may take."""
    return max(WIDTH_MIN, min(WIDTH_MAX, shutil.get_terminal_size((88, 24)).columns))


def clean(text: str) -> str:
    """`text` on one line without what a terminal would obey: a document cannot paint our screen."""
    one_line = " ".join(text.split())
    return "".join(c for c in one_line if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co"})


def paint(text: str, *colours: Colour, stream: IO[str] | None = None) -> str:
    """`text` in colour where the stream is a terminal and `NO_COLOR` is not set."""
    out = stream or sys.stdout
    if not out.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return text
    return f"\x1b[{';'.join(CODES[c] for c in colours)}m{text}\x1b[0m"


def say(text: str = "") -> None:
    """Print a line of the answer; what the terminal cannot write is written as its escape."""
    encoding = sys.stdout.encoding or "utf-8"
    print(text.encode(encoding, "backslashreplace").decode(encoding))


def say_wrapped(
    text: str, *, indent: int = 0, first: str = "", colour: Colour | None = None
) -> None:
    """Print a paragraph that fits the terminal; `first` stands before its first line."""
    start = " " * indent + first
    lines = textwrap.wrap(clean(text), width() - len(start), break_on_hyphens=False) or [""]
    for number, line in enumerate(lines):
        painted = paint(line, colour) if colour else line
        say((start if number == 0 else " " * len(start)) + painted)


def complain(text: str) -> None:
    """Print a message on stderr."""
    print(
        paint("cvweb:", "red", stream=sys.stderr),
        text.encode("utf-8", "backslashreplace").decode(),
        file=sys.stderr,
    )


def print_json(value: object, *, pretty: bool = True) -> None:
    """Print `value` as JSON in UTF-8, whatever the locale is, and at once."""
    data = msgspec.json.encode(value)
    if pretty:
        data = msgspec.json.format(data, indent=2)
    sys.stdout.flush()
    sys.stdout.buffer.write(data + b"\n")
    sys.stdout.buffer.flush()
