"""Files and pages behind their ports: what is slow runs in threads, what is dangerous apart."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import msgspec

from cvcore.clock import Clock
from cvcore.cv.model import Cv
from cvcore.errors import Refusal
from cvcore.offers.model import OfferReading
from cvweb.adapters.fetch import Fetcher, FetchLimits
from cvweb.adapters.fetch.targets import target_of
from cvweb.adapters.files.export import export_cv
from cvweb.adapters.files.export_options import ExportOptions, vet
from cvweb.adapters.files.limits import FileLimits
from cvweb.adapters.files.offer_reading import read_offer_file
from cvweb.adapters.files.reading import check_size, read_cv_file
from cvweb.ports import (
    CvFileReading,
    FetchedPage,
    FetchPage,
    MadeFile,
    ReadCvFile,
    ReadOfferFile,
)
from cvweb.settings import Settings

TEMPLATE = "classic"


class OptionsRefused(Refusal):
    """The options of an export are none we know."""

    code = "options_refused"

    def __init__(self, *, why: str) -> None:
        super().__init__(f"these export options cannot be used: {why}")
        self.why = why


def file_limits(settings: Settings) -> FileLimits:
    """What reading one file may cost here."""
    return FileLimits(
        upload_bytes_max=settings.upload_bytes_max,
        pages_max=settings.pages_max,
        parse_seconds_max=settings.parse_seconds_max,
    )


def cv_file_reader(settings: Settings) -> ReadCvFile:
    """Reads CVs in a thread, which waits for the parser's own process."""
    limits = file_limits(settings)

    async def read(name: str, data: bytes) -> CvFileReading:
        reading = await asyncio.to_thread(read_cv_file, name, data, limits=limits)
        return CvFileReading(cv=reading.cv, kind=reading.kind, findings=reading.findings)

    return read


def offer_file_reader(settings: Settings, clock: Clock) -> ReadOfferFile:
    """Reads offers in a thread, open or closed as of today."""
    limits = file_limits(settings)

    async def read(
        name: str, data: bytes, *, url: str | None = None, charset: str | None = None
    ) -> OfferReading:
        check_size(data, limits)
        at = clock().date()
        return await asyncio.to_thread(read_offer_file, name, data, at=at, url=url, charset=charset)

    return read


class CvFileWriter:
    """A `WriteCvFile` that makes files in a thread."""

    async def __call__(
        self, cv: Cv, format: str, *, template: str | None, options: Mapping[str, Any]
    ) -> MadeFile:
        """The file."""
        wanted = _options(options)
        made = await asyncio.to_thread(
            export_cv, cv, format, template=template or TEMPLATE, options=wanted
        )
        return MadeFile(
            data=made.data,
            media_type=made.media_type,
            name=made.filename,
            findings=made.findings,
        )

    def check(self, format: str, *, template: str | None, options: Mapping[str, Any]) -> None:
        """Refuse what no file can be made of."""
        vet(format, template or TEMPLATE, _options(options))


def _options(options: Mapping[str, Any]) -> ExportOptions:
    try:
        return msgspec.convert(dict(options), ExportOptions)
    except msgspec.ValidationError as error:
        raise OptionsRefused(why=str(error)) from error


class GuardedPages:
    """A `FetchPage` over the guarded fetcher."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher

    async def __call__(self, url: str) -> FetchedPage:
        """The page."""
        page = await self._fetcher.fetch(url)
        return FetchedPage(
            url=page.url, content_type=page.content_type, body=page.body, charset=page.charset
        )

    def check(self, url: str) -> None:
        """Refuse what is wrong with the address itself."""
        target_of(url, ports=self._fetcher.limits.ports, vet=self._fetcher.vet)


def page_fetcher(settings: Settings) -> FetchPage:
    """Fetches public pages within the limits of this installation."""
    limits = FetchLimits(
        page_bytes_max=settings.page_bytes_max, timeout_seconds=settings.fetch_timeout_seconds
    )
    return GuardedPages(Fetcher(limits=limits))
