"""Reading an offer from a file or a fetched page: told by content, parsed in another process."""

from __future__ import annotations

from datetime import date

import msgspec

from cvcore.offers import Finding, NotAnOffer, OfferReading, Source
from cvcore.offline import OfferText, reading_of
from cvcore.offline.offer_text import from_plain
from cvweb.adapters.files.limits import LIMITS, FileLimits
from cvweb.adapters.files.reading import check_size
from cvweb.adapters.files.sandbox import Job, Sandbox, shared_sandbox
from cvweb.adapters.files.sniff import kind_of

__all__ = ["parse_offer", "read_offer_file"]


def read_offer_file(
    name: str,
    data: bytes,
    *,
    at: date,
    url: str | None = None,
    charset: str | None = None,
    limits: FileLimits = LIMITS,
    sandbox: Sandbox | None = None,
) -> OfferReading:
    """The offer in a page, a PDF, a DOCX or a text, open or closed as of `at`, with its findings.

    A page that is no offer, or that only a browser could show, is an answer (`status`), never an
    offer. `url` says where the page was fetched, `charset` what the server said of its characters.

    Raises:
        FileRefused: the file cannot be read; its class says why.
    """
    check_size(data, limits)
    options = {"name": name, "at": at.isoformat()}
    options |= {key: value for key, value in (("url", url), ("charset", charset)) if value}
    raw = (sandbox or shared_sandbox()).run(Job("offer", data, limits, options))
    return msgspec.msgpack.decode(raw, type=OfferReading)


def parse_offer(
    name: str,
    data: bytes,
    *,
    at: date,
    url: str | None = None,
    charset: str | None = None,
    limits: FileLimits = LIMITS,
) -> OfferReading:
    """As `read_offer_file`, in this process: what the sandbox runs.

    Raises:
        FileRefused: the same.
    """
    kind = kind_of(data)
    if kind == "html":
        from cvweb.adapters.files.job_page import page_text

        page = page_text(data, charset=charset)
        if page.verdict != "offer":
            detail = page.why
            finding = Finding(code=page.verdict, detail=detail)
            return OfferReading(offer=None, status=page.verdict, findings=(finding,))
        text = page.text
    else:
        text = _document(kind, data, charset, limits)
    try:
        reading = reading_of(text, at=at)
    except NotAnOffer as error:
        finding = Finding(code="not_an_offer", detail=error.why)
        return OfferReading(offer=None, status="not_an_offer", findings=(*text.findings, finding))
    return _with_source(reading, kind=kind, value=name, url=url)


def _document(kind: str, data: bytes, charset: str | None, limits: FileLimits) -> OfferText:
    """The text of a file that is no page."""
    if kind in ("pdf", "docx"):
        from cvweb.adapters.files.cv_parsing import text_lines
        from cvweb.adapters.files.offer_layout import offer_text_of

        lines = text_lines(data, limits)
        return from_plain(lines) if isinstance(lines, str) else offer_text_of(lines)
    from cvweb.adapters.files.job_page_tree import decoded

    return from_plain(decoded(data, charset)[: limits.characters_max])


def _with_source(reading: OfferReading, *, kind: str, value: str, url: str | None) -> OfferReading:
    assert reading.offer is not None  # noqa: S101 - a reading that raised nothing has an offer
    source = Source(
        kind="url" if url else "pdf" if kind == "pdf" else "html" if kind == "html" else "text",
        value=url or value,
        content_hash=reading.offer.source.content_hash,
        read_by=reading.offer.source.read_by,
    )
    offer = msgspec.structs.replace(reading.offer, source=source)
    return msgspec.structs.replace(reading, offer=offer)
