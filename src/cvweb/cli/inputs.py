"""From what somebody names on the command line to a CV or an offer."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from cvcore.cv.model import Cv
from cvcore.offers.errors import NotAnOffer
from cvcore.offers.model import Finding, Offer, OfferReading
from cvweb.cli.errors import FileNotReadable, InvalidOffer

if TYPE_CHECKING:
    from cvweb.adapters.fetch import Page

READ_BYTES_MAX = 64 * 1024 * 1024
"""No more of a file is ever loaded; what is smaller and still too large the reader refuses."""

URL = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
STANDARD_INPUT = "-"
WHY_NONE = {
    "not_an_offer": "it is another kind of page",
    "unreadable": "the page shows nothing without a browser, or nothing of it can be read",
}


def shown(name: str) -> str:
    """The name of a file as text: bytes that are no UTF-8 are replaced."""
    return os.fsencode(name).decode("utf-8", "replace")


def read_bytes(name: str) -> bytes:
    """What stands in a file, or on standard input for `-`.

    Raises:
        FileNotReadable: there is none, it is a folder, or it may not be read.
    """
    try:
        if name == STANDARD_INPUT:
            return sys.stdin.buffer.read(READ_BYTES_MAX)
        with Path(name).open("rb") as file:
            return file.read(READ_BYTES_MAX)
    except FileNotFoundError as error:
        raise FileNotReadable(file=shown(name), why="there is no such file") from error
    except IsADirectoryError as error:
        raise FileNotReadable(file=shown(name), why="it is a folder") from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise FileNotReadable(file=shown(name), why=why) from error


def read_cv(name: str) -> tuple[Cv, tuple[Finding, ...]]:
    """The CV of a file of any readable kind, or of JSON that `cvweb read-cv` wrote.

    Raises:
        Refusal: the file cannot be read, or is no CV.
    """
    from cvweb.adapters.files.reading import read_cv_file

    data = unwrapped(read_bytes(name), "cv")
    reading = read_cv_file(Path(shown(name)).name, data)
    return reading.cv, reading.findings


def read_offer(name: str, *, at: date) -> OfferReading:
    """What reading a job page, a PDF, a text, a URL or an offer already read comes to as of `at`.

    Raises:
        Refusal: the file or the page cannot be had, or is damaged.
    """
    from cvweb.adapters.files.offer_reading import read_offer_file

    if URL.match(name):
        return read_offer_url(name, at=at)
    data = unwrapped(read_bytes(name), "offer")
    if data.lstrip().startswith(b"{"):
        offer = decode_offer(shown(name), data)
        return OfferReading(offer=offer, status=offer.status)
    return read_offer_file(Path(shown(name)).name, data, at=at)


Fetch = Callable[[str], Awaitable["Page"]]


def read_offer_url(url: str, *, at: date, fetch: Fetch | None = None) -> OfferReading:
    """What reading the page at `url` comes to; `fetch` gets it (None: from public addresses only).

    Raises:
        Refusal: the address is refused, or what it answers with is.
        Unavailable: it does not answer.
    """
    import asyncio

    from cvweb.adapters.fetch import fetch_page
    from cvweb.adapters.files.offer_reading import read_offer_file

    async def got() -> Page:
        return await (fetch or fetch_page)(url)

    page = asyncio.run(got())
    return read_offer_file("page", page.body, at=at, url=page.url, charset=page.charset)


def offer_of(name: str, *, at: date) -> tuple[Offer, tuple[Finding, ...]]:
    """The offer to score against: open or closed, but an offer.

    Raises:
        NotAnOffer: it can be read and is none, or cannot be read.
    """
    reading = read_offer(name, at=at)
    if reading.offer is None:
        raise NotAnOffer(why=WHY_NONE.get(reading.status, reading.status))
    return reading.offer, reading.findings


def decode_offer(name: str, data: bytes) -> Offer:
    """An offer from the JSON that `read-offer` printed.

    Raises:
        InvalidOffer: it is another JSON.
    """
    try:
        offer = msgspec.json.decode(data, type=Offer)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise InvalidOffer(file=name, why=str(error)) from error
    if not (offer.title or offer.requirements or offer.description):
        raise InvalidOffer(file=name, why="it has no title, no requirement and no description")
    return offer


def unwrapped(data: bytes, field: str) -> bytes:
    """`data`, or what stands under `field` where it is a line that `--jsonl` printed."""
    if not data.lstrip().startswith(b"{"):
        return data
    try:
        document = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
    except (msgspec.DecodeError, RecursionError):
        return data
    inner = document.get(field)
    if inner is None or "file" not in document or not bytes(inner).lstrip().startswith(b"{"):
        return data
    return bytes(inner)
