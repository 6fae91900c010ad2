"""A network for tests and demonstrations: it connects nowhere, and remembers where it was sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import httpcore

from cvweb.adapters.fetch.network import Resolve

PUBLIC_ADDRESS = "93.184.215.14"
"""An address that passes the vetting, for names that tests make up."""


class ScriptedNetwork(httpcore.AsyncNetworkBackend):
    """Answers each connection with the next of `answers`; `asked` lists what was connected to."""

    def __init__(self, answers: Sequence[bytes]) -> None:
        self.asked: list[tuple[str, int]] = []
        self._answers = list(answers)

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002, ASYNC109 - the signature is httpcore's
        local_address: str | None = None,  # noqa: ARG002 - the same
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002 - the same
    ) -> httpcore.AsyncNetworkStream:
        """A stream with the next answer; nobody is there once they are used up."""
        self.asked.append((host, port))
        if not self._answers:
            raise httpcore.ConnectError("nobody there")
        return await httpcore.AsyncMockBackend([self._answers.pop(0)]).connect_tcp(host, port)

    async def sleep(self, seconds: float) -> None:
        """Return at once."""


def scripted_addresses(names: Mapping[str, Sequence[Sequence[str]]]) -> Resolve:
    """A resolver that gives each name its answers in turn, the last one for ever."""
    left = {name: [list(answer) for answer in answers] for name, answers in names.items()}

    async def resolve(host: str, port: int) -> Sequence[str]:
        answers = left.get(host)
        if not answers:
            raise OSError(f"{host}:{port} is not known")
        return answers.pop(0) if len(answers) > 1 else answers[0]

    return resolve


def answer(
    body: bytes = b"<p>hello</p>",
    *,
    status: str = "200 OK",
    headers: Mapping[str, str] | None = None,
) -> bytes:
    """A whole HTTP answer, by default an HTML page."""
    lines = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body))}
    lines |= dict(headers or {})
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode("latin-1") + body


def redirect(location: str) -> bytes:
    """An answer that sends whoever asks elsewhere."""
    return answer(b"", status="302 Found", headers={"Location": location})
