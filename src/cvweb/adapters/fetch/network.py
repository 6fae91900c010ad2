"""Connections to vetted addresses only: a name is resolved once, and what was vetted is used."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any

import httpcore

from cvweb.adapters.fetch.addresses import Vet

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""The addresses of a host, as texts."""

ADDRESSES_TRIED_MAX = 3


class AddressRefused(Exception):
    """An address that a name resolved to must not be connected to; `why` in words."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


async def system_addresses(host: str, port: int) -> Sequence[str]:
    """What the system's resolver answers for `host`, in its order."""
    loop = asyncio.get_running_loop()
    answers = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(answer[4][0]) for answer in answers]


class GuardedNetwork(httpcore.AsyncNetworkBackend):
    """A network that resolves a name once, vets every address of the answer, and connects to a
    vetted address literally; the name stays what TLS and the Host header use.

    One refused address in the answer refuses the name: a name that is public and private at once
    is a trap.
    """

    def __init__(self, inner: httpcore.AsyncNetworkBackend, *, resolve: Resolve, vet: Vet) -> None:
        self._inner, self._resolve, self._vet = inner, resolve, vet

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the signature is httpcore's
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """A connection to one of the vetted addresses of `host`.

        Raises:
            AddressRefused: an address of the answer must not be connected to.
            httpcore.ConnectError: the name is unknown, or nobody answers.
        """
        addresses = await self._vetted(host, port)
        problem: Exception | None = None
        for address in addresses[:ADDRESSES_TRIED_MAX]:
            try:
                return await self._inner.connect_tcp(
                    address, port, timeout, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                problem = error
        raise problem or httpcore.ConnectError(f"{host!r} has no address")

    async def connect_unix_socket(
        self,
        path: str,  # noqa: ARG002 - the signature is httpcore's
        timeout: float | None = None,  # noqa: ARG002, ASYNC109 - the same
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002 - the same
    ) -> httpcore.AsyncNetworkStream:
        """Never: no page is behind a socket of this machine."""
        raise AddressRefused("a socket of this very machine")

    async def sleep(self, seconds: float) -> None:
        """Wait, as the pool asks for between retries."""
        await self._inner.sleep(seconds)

    async def _vetted(self, host: str, port: int) -> Sequence[str]:
        try:
            answers = await self._resolve(host, port)
        except OSError as error:
            raise httpcore.ConnectError(f"{host!r} is not known") from error
        vetted: list[str] = []
        for answer in dict.fromkeys(answers):
            try:
                address = ipaddress.ip_address(answer)
            except ValueError:
                raise AddressRefused("something that is no address") from None
            why = self._vet(address)
            if why is not None:
                raise AddressRefused(why)
            vetted.append(str(address))
        return vetted
