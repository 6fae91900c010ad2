"""Fetching one public page: addresses vetted at every hop, all bounded, nothing remembered."""

from __future__ import annotations

import asyncio
import ssl
import zlib
from collections.abc import AsyncIterable, Mapping
from dataclasses import dataclass, field

import httpcore
import msgspec

from cvweb.adapters.fetch.addresses import Vet, why_not_public
from cvweb.adapters.fetch.errors import (
    FetchFailed,
    PageForbidden,
    PageNotFound,
    PageTooLarge,
    PageTypeRefused,
    UrlRefused,
)
from cvweb.adapters.fetch.network import (
    AddressRefused,
    GuardedNetwork,
    Resolve,
    system_addresses,
)
from cvweb.adapters.fetch.targets import Target, redirected, target_of

_REDIRECTS = frozenset([301, 302, 303, 307, 308])
_TYPES = frozenset(["text/html", "application/xhtml+xml", "text/plain", "application/pdf"])
_WINDOW = {"gzip": 31, "x-gzip": 31, "deflate": 15}
_HEADERS = (
    ("User-Agent", "Mozilla/5.0 (compatible; cvweb; reads one job offer for one person)"),
    ("Accept", "text/html,application/xhtml+xml,application/pdf;q=0.9,text/plain;q=0.8"),
    ("Accept-Language", "en,fr;q=0.9,*;q=0.5"),
    ("Accept-Encoding", "gzip, deflate"),
    ("Connection", "close"),
)


class FetchLimits(msgspec.Struct, frozen=True, kw_only=True):
    """What one fetch may take. `page_bytes_max` bounds what is sent and what it unpacks to;
    `timeout_seconds` bounds the whole, redirects included."""

    page_bytes_max: int = 5_000_000
    timeout_seconds: float = 15.0
    connect_timeout_seconds: float = 5.0
    redirects_max: int = 5
    ports: frozenset[int] = frozenset({80, 443})


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A page as it came: `url` after redirects, `content_type` without its parameters."""

    url: str
    content_type: str
    body: bytes
    charset: str | None = None


@dataclass(frozen=True, kw_only=True)
class Fetcher:
    """Fetches pages; who resolves names, who vets addresses and the network are passed in."""

    limits: FetchLimits = field(default_factory=FetchLimits)
    resolve: Resolve = system_addresses
    vet: Vet = why_not_public
    network: httpcore.AsyncNetworkBackend | None = None
    tls: ssl.SSLContext | None = None

    async def fetch(self, url: str) -> Page:
        """The page at `url`, following at most `redirects_max` redirects, each vetted anew.

        No cookies are kept or sent, no proxy of the environment is used.

        Raises:
            UrlRefused: the address, or one it redirects to, may not be fetched.
            PageNotFound, PageForbidden: the site says so.
            PageTypeRefused, PageTooLarge: what comes is not a page that is read.
            FetchFailed: it does not come, or not in time.
        """
        target = target_of(url, ports=self.limits.ports, vet=self.vet)
        try:
            async with asyncio.timeout(self.limits.timeout_seconds):
                return await self._follow(target)
        except TimeoutError:
            seconds = self.limits.timeout_seconds
            raise FetchFailed(url=url, why=f"no answer within {seconds:g} seconds") from None

    async def _follow(self, target: Target) -> Page:
        for _ in range(self.limits.redirects_max + 1):
            answer = await self._ask(target)
            if isinstance(answer, Page):
                return answer
            target = redirected(target, answer, ports=self.limits.ports, vet=self.vet)
        why = f"it redirects more than {self.limits.redirects_max} times"
        raise FetchFailed(url=target.url, why=why)

    async def _ask(self, target: Target) -> Page | str:
        """One request on a connection of its own: the page, or where it redirects."""
        network = GuardedNetwork(
            self.network or httpcore.AnyIOBackend(), resolve=self.resolve, vet=self.vet
        )
        seconds = self.limits.timeout_seconds
        timeouts = {"connect": self.limits.connect_timeout_seconds, "read": seconds,
                    "write": seconds, "pool": seconds}  # fmt: skip
        try:
            async with (
                httpcore.AsyncConnectionPool(
                    ssl_context=self.tls, max_connections=1, network_backend=network
                ) as pool,
                pool.stream(
                    "GET", target.url, headers=list(_HEADERS), extensions={"timeout": timeouts}
                ) as response,
            ):
                return await self._answer(target, response)
        except AddressRefused as error:
            raise UrlRefused(url=target.url, why=f"it leads to {error.why}") from None
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException) as error:
            raise FetchFailed(url=target.url, why=_why(error)) from error
        except OSError as error:
            raise FetchFailed(url=target.url, why=_why(error)) from error

    async def _answer(self, target: Target, response: httpcore.Response) -> Page | str:
        headers = {
            name.decode("latin-1").lower(): value.decode("latin-1").strip()
            for name, value in response.headers
        }
        if response.status in _REDIRECTS and headers.get("location"):
            return headers["location"]
        _check_status(target, response.status)
        content_type, charset = _content_type(headers)
        if content_type not in _TYPES:
            raise PageTypeRefused(url=target.url, content_type=content_type)
        body = await self._body(target, headers, response.aiter_stream())
        return Page(url=target.url, content_type=content_type, body=body, charset=charset)

    async def _body(
        self, target: Target, headers: Mapping[str, str], stream: AsyncIterable[bytes]
    ) -> bytes:
        most = self.limits.page_bytes_max
        too_large = PageTooLarge(url=target.url, page_bytes_max=most)
        stated = headers.get("content-length", "")
        if stated.isdigit() and int(stated) > most:
            raise too_large
        unpacker = _unpacker(target, headers.get("content-encoding", "identity").lower())
        body, received = bytearray(), 0
        async for chunk in stream:
            received += len(chunk)
            try:
                body += unpacker.decompress(chunk, most + 1 - len(body)) if unpacker else chunk
            except zlib.error as error:
                raise FetchFailed(url=target.url, why="its compression is broken") from error
            if received > most or len(body) > most:
                raise too_large
        if unpacker and received and not unpacker.is_whole:
            raise FetchFailed(url=target.url, why="the connection broke off")
        return bytes(body)


class _Deflated:
    """Inflates a body whether or not it has the two bytes of header that servers disagree about."""

    def __init__(self, window: int) -> None:
        self._window = window
        self._inflate = zlib.decompressobj(window)
        self._is_begun = False

    @property
    def is_whole(self) -> bool:
        """Whether the end of the compressed body was seen."""
        return self._inflate.eof

    def decompress(self, chunk: bytes, bytes_max: int) -> bytes:
        """What `chunk` unpacks to, at most `bytes_max` bytes of it."""
        try:
            unpacked = self._inflate.decompress(chunk, bytes_max)
        except zlib.error:
            if self._is_begun or self._window != zlib.MAX_WBITS:
                raise
            self._inflate = zlib.decompressobj(-zlib.MAX_WBITS)
            unpacked = self._inflate.decompress(chunk, bytes_max)
        self._is_begun = True
        return unpacked


def _unpacker(target: Target, encoding: str) -> _Deflated | None:
    if encoding in ("identity", ""):
        return None
    window = _WINDOW.get(encoding)
    if window is None:
        raise FetchFailed(url=target.url, why=f"its compression {encoding!r} was not asked for")
    return _Deflated(window)


def _check_status(target: Target, status: int) -> None:
    if 200 <= status < 300:
        return
    if status in (404, 410):
        raise PageNotFound(url=target.url, status=status)
    if status in (401, 402, 403, 407, 429, 451, 999):
        raise PageForbidden(url=target.url, status=status)
    raise FetchFailed(url=target.url, why=f"the site answers with status {status}")


def _content_type(headers: Mapping[str, str]) -> tuple[str, str | None]:
    kind, _, rest = headers.get("content-type", "").partition(";")
    charset = None
    for part in rest.split(";"):
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset":
            charset = value.strip().strip("\"'") or None
    return kind.strip().lower(), charset


def _why(error: Exception) -> str:
    if isinstance(error, httpcore.TimeoutException):
        return "the site did not answer in time"
    if isinstance(error, httpcore.ConnectError):
        return "the site is not known or lets nobody connect"
    return "the connection broke off"


async def fetch_page(url: str, limits: FetchLimits | None = None) -> Page:
    """The public page at `url`; as `Fetcher.fetch` with the system's resolver and network."""
    return await Fetcher(limits=limits or FetchLimits()).fetch(url)
