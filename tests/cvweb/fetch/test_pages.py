"""What comes back: bounded, unpacked, typed; on a loopback connection and a scripted one."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from cvcore.errors import Refusal, Unavailable
from cvweb.adapters.fetch import (
    Address,
    Fetcher,
    FetchFailed,
    FetchLimits,
    Page,
    PageForbidden,
    PageNotFound,
    PageTooLarge,
)
from cvweb.adapters.fetch.scripted import (
    PUBLIC_ADDRESS,
    ScriptedNetwork,
    answer,
    redirect,
    scripted_addresses,
)

URL = "http://jobs.example.org/offer?id=7"
KNOWN = {"jobs.example.org": [[PUBLIC_ADDRESS]], "other.example.net": [["1.1.1.1"]]}
SMALL = FetchLimits(page_bytes_max=10_000)


async def fetched(*answers: bytes, limits: FetchLimits = SMALL) -> Page:
    network = ScriptedNetwork(answers)
    return await Fetcher(limits=limits, network=network, resolve=scripted_addresses(KNOWN)).fetch(
        URL
    )


async def test_a_page_comes_with_its_type_and_charset() -> None:
    page = await fetched(
        answer(b"ol\xe9", headers={"Content-Type": "Text/HTML; Charset=ISO-8859-1"})
    )
    assert (page.body, page.content_type, page.charset) == (b"ol\xe9", "text/html", "ISO-8859-1")


async def test_a_redirect_is_followed_and_named() -> None:
    page = await fetched(redirect("https://other.example.net/x y".replace(" ", "%20")), answer())
    assert page.url == "https://other.example.net/x%20y"


@pytest.mark.parametrize("packed", [gzip.compress, zlib.compress, lambda b: zlib.compress(b)[2:-4]])
async def test_compressed_pages_are_unpacked(packed: Callable[[bytes], bytes]) -> None:
    encoding = "gzip" if packed is gzip.compress else "deflate"
    page = await fetched(answer(packed(b"hello " * 99), headers={"Content-Encoding": encoding}))
    assert page.body == b"hello " * 99


@pytest.mark.parametrize(
    "sent",
    [
        answer(b"x" * 10_001),
        answer(gzip.compress(b"\0" * 50_000_000), headers={"Content-Encoding": "gzip"}),
        answer(zlib.compress(b"\0" * 50_000_000), headers={"Content-Encoding": "deflate"}),
        answer(b"", headers={"Content-Length": "99999999999"}),
    ],
)
async def test_a_page_over_the_limit_is_refused(sent: bytes) -> None:
    with pytest.raises(PageTooLarge) as refused:
        await fetched(sent)
    assert refused.value.fields() == {"url": URL, "page_bytes_max": 10_000}


@pytest.mark.parametrize(
    ("status", "error"),
    [
        ("404 Not Found", PageNotFound),
        ("410 Gone", PageNotFound),
        ("403 Forbidden", PageForbidden),
        ("401 Unauthorized", PageForbidden),
        ("429 Too Many Requests", PageForbidden),
        ("999 Request denied", PageForbidden),
        ("500 Internal Server Error", FetchFailed),
        ("304 Not Modified", FetchFailed),
    ],
)
async def test_the_answer_of_the_site_decides_the_error(
    status: str, error: type[Refusal | Unavailable]
) -> None:
    with pytest.raises(error, match="paste the text"):
        await fetched(answer(b"", status=status))


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 50\r\n\r\nshort",
        answer(b"not gzip", headers={"Content-Encoding": "gzip"}),
        answer(gzip.compress(b"hello" * 50)[:-12], headers={"Content-Encoding": "gzip"}),
        answer(b"hello", headers={"Content-Encoding": "br"}),
    ],
)
async def test_a_broken_answer_is_unavailable(sent: bytes) -> None:
    with pytest.raises(FetchFailed):
        await fetched(sent)


Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def loopback_is_fine(_: Address) -> str | None:
    return None


@pytest.fixture
async def silent() -> AsyncIterator[int]:
    """The port of a server that takes a request and never answers."""
    release = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        await release.wait()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1]
    release.set()
    server.close()
    await server.wait_closed()


@pytest.fixture
async def echo() -> AsyncIterator[int]:
    """The port of a server that answers with the request it got, and sets a cookie."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = await reader.readuntil(b"\r\n\r\n")
        writer.write(answer(asked, headers={"Set-Cookie": "id=1", "Content-Type": "text/plain"}))
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()


def on_loopback(port: int, *, timeout_seconds: float = 5) -> Fetcher:
    limits = FetchLimits(ports=frozenset({port}), timeout_seconds=timeout_seconds)
    names = {"jobs.example.org": [["127.0.0.1"]]}
    return Fetcher(limits=limits, vet=loopback_is_fine, resolve=scripted_addresses(names))


async def test_a_site_that_never_answers_is_given_up(silent: int) -> None:
    fetcher = on_loopback(silent, timeout_seconds=0.2)
    with pytest.raises(FetchFailed, match=r"no answer within 0\.2 seconds|did not answer in time"):
        await fetcher.fetch(f"http://jobs.example.org:{silent}/")


async def test_the_host_header_keeps_the_name_and_no_cookie_comes_back(echo: int) -> None:
    fetcher = on_loopback(echo)
    for _ in range(2):
        page = await fetcher.fetch(f"http://jobs.example.org:{echo}/a?b=c#d")
        asked = page.body.decode().lower()
        assert asked.startswith("get /a?b=c http/1.1\r\n")
        assert f"host: jobs.example.org:{echo}" in asked
        assert "cookie" not in asked
        assert "authorization" not in asked
