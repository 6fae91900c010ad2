"""Reading an offer from a file or a fetched page: HTML, PDF or text, told by content."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

import msgspec

from cvcore.offers import Finding, NotAnOffer, OfferReading
from cvcore.offline import OfferText, reading_of
from cvcore.offline.offer_text import from_plain
from cvweb.adapters.files.job_page import PageText, page_text
from cvweb.adapters.files.job_page_tree import decoded

Kind = Literal["html", "pdf", "text"]

_MARKUP = re.compile(
    rb"<(?:!doctype html|(?:html|body|div|section|article|p|h[1-6]|ul|table|span|main)[\s>])",
    re.IGNORECASE,
)


def kind_of(data: bytes) -> Kind:
    """What the bytes are, whatever the file is called."""
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return "pdf"
    return "html" if len(_MARKUP.findall(data[:200_000])) >= 2 else "text"


def read_offer_file(
    name: str, data: bytes, *, at: date, url: str | None = None, charset: str | None = None
) -> OfferReading:
    """The offer in a file, open or closed as of `at`, with what a person should know of it.

    A page that is no offer, or that cannot be read, is an answer (`status`), never an offer.
    """
    kind = kind_of(data)
    if kind == "html":
        page = page_text(data, charset=charset)
        if page.verdict != "offer":
            return _none(page)
        text = page.text
    else:
        text = _plain(kind, data, charset)
    try:
        reading = reading_of(text, at=at)
    except NotAnOffer as error:
        finding = Finding(code="not_an_offer", detail=str(error))
        return OfferReading(offer=None, status="not_an_offer", findings=(*text.findings, finding))
    return _with_source(reading, kind="url" if url else kind, value=url or name)


def pdf_text(data: bytes) -> str:
    """TODO"""
    raise NotImplementedError


def _plain(kind: Kind, data: bytes, charset: str | None) -> OfferText:
    if kind == "pdf":
        return from_plain(pdf_text(data))
    return from_plain(decoded(data, charset))


def _none(page: PageText) -> OfferReading:
    assert page.verdict != "offer"  # noqa: S101 - the caller has asked
    finding = Finding(code=page.verdict, detail=f"this is no readable job offer: {page.why}")
    return OfferReading(offer=None, status=page.verdict, findings=(finding,))


def _with_source(reading: OfferReading, *, kind: str, value: str) -> OfferReading:
    assert reading.offer is not None  # noqa: S101 - a reading that raised nothing has an offer
    source = msgspec.structs.replace(reading.offer.source, kind=kind, value=value)
    offer = msgspec.structs.replace(reading.offer, source=source)
    return msgspec.structs.replace(reading, offer=offer)
