"""The world outside: files people bring, pages on the web, files we make."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Protocol

import msgspec

from cvcore.cv.model import Cv
from cvcore.offers.model import Finding, OfferReading


class CvFileReading(msgspec.Struct, frozen=True, kw_only=True):
    """What reading a CV's file came to; `kind` is what the file is by its content."""

    cv: Cv
    kind: Literal["pdf", "docx", "json", "html", "text"]
    findings: tuple[Finding, ...] = ()


class ReadCvFile(Protocol):
    """Reads a CV from a file of any kind we know."""

    async def __call__(self, name: str, data: bytes) -> CvFileReading:
        """The CV and what a person should know of its file.

        Raises:
            Refusal: the file cannot be read, or is no CV; its code and message say why.
        """
        ...


class ReadOfferFile(Protocol):
    """Reads a job offer from a page, a PDF or a text."""

    async def __call__(
        self, name: str, data: bytes, *, url: str | None = None, charset: str | None = None
    ) -> OfferReading:
        """The offer and its status; a page that is none is an answer. `charset` is what the
        server said of the page.

        Raises:
            Refusal: the file cannot be read.
        """
        ...


class FetchedPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page as it was found, after redirects."""

    url: str
    content_type: str
    body: bytes
    charset: str | None = None


class FetchPage(Protocol):
    """Fetches a public page, and nothing else."""

    async def __call__(self, url: str) -> FetchedPage:
        """The page.

        Raises:
            Refusal: the address is none we fetch, or the page is too large.
            Unavailable: it does not answer now.
        """
        ...

    def check(self, url: str) -> None:
        """Refuse at once what is wrong with the address itself, before anything is looked up.

        Raises:
            Refusal: scheme, port, host or a literal private address.
        """
        ...


class MadeFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file made from a CV."""

    data: bytes
    media_type: str
    name: str
    findings: tuple[Finding, ...] = ()


class WriteCvFile(Protocol):
    """Makes files from CVs."""

    async def __call__(
        self, cv: Cv, format: str, *, template: str | None, options: Mapping[str, Any]
    ) -> MadeFile:
        """The file; equal input gives equal bytes.

        Raises:
            Refusal: no such format, template or option.
        """
        ...

    def check(self, format: str, *, template: str | None, options: Mapping[str, Any]) -> None:
        """Refuse at once what no file can be made of, before anybody pays.

        Raises:
            Refusal: no such format, template or option.
        """
        ...
