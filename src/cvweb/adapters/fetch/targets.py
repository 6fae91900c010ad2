"""An address line as what it means: scheme, host, port and path, or why it is refused."""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import quote, urljoin, urlsplit

import msgspec

from cvweb.adapters.fetch.addresses import Vet, address_of
from cvweb.adapters.fetch.errors import UrlRefused

URL_CHARACTERS_MAX = 2_048
_UNSEEN = re.compile(r"[\x00-\x20\x7f\\]")
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})+")
_INSIDE = re.compile(
    r"(?:^|\.)(?:localhost|local|localdomain|internal|intranet|lan|home|corp|private|onion|arpa|"
    r"test|example|invalid|alt|kubernetes|svc)$"
)
_DEFAULT_PORTS = {"http": 80, "https": 443}


class Target(msgspec.Struct, frozen=True):
    """Where a request goes: `host` in ASCII, lower case; `path` with its query, percent-encoded."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def url(self) -> str:
        """The address line in one spelling."""
        port = "" if self.port == _DEFAULT_PORTS[self.scheme] else f":{self.port}"
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}{port}{self.path}"


def target_of(url: str, *, ports: Collection[int], vet: Vet) -> Target:
    """What `url` addresses.

    Raises:
        UrlRefused: another scheme or port, a name of its own network, user and password, an
            address that `vet` refuses, or a form that two readers could understand differently.
    """
    url = url.strip()
    if len(url) > URL_CHARACTERS_MAX:
        raise UrlRefused(url=url[:80] + "...", why=f"it is over {URL_CHARACTERS_MAX} characters")
    if _UNSEEN.search(url):
        raise UrlRefused(url=url, why="it holds spaces, backslashes or control characters")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise UrlRefused(url=url, why="it is no valid address") from None
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS:
        raise UrlRefused(url=url, why="only http and https addresses are read")
    if parts.username is not None or parts.password is not None:
        raise UrlRefused(url=url, why="it holds a user name or password")
    host = _host(url, parts.hostname or "", vet)
    port = _DEFAULT_PORTS[scheme] if port is None else port
    if port not in ports:
        raise UrlRefused(url=url, why=f"port {port} is not one of {sorted(ports)}")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]")
    return Target(scheme, host, port, f"{path}?{query}" if query else path)


def redirected(target: Target, location: str, *, ports: Collection[int], vet: Vet) -> Target:
    """Where a redirect leads, vetted like an address somebody typed.

    Raises:
        UrlRefused: the same.
    """
    location = location.strip()
    if _UNSEEN.search(location):
        raise UrlRefused(url=location, why="it holds spaces, backslashes or control characters")
    return target_of(urljoin(target.url, location), ports=ports, vet=vet)


def _host(url: str, host: str, vet: Vet) -> str:
    if not host or "%" in host:
        raise UrlRefused(url=url, why="its host is missing or written in a disguised form")
    if ":" not in host:
        try:
            host = host.encode("idna").decode("ascii").lower().removesuffix(".")
        except UnicodeError:
            raise UrlRefused(url=url, why="its host is no valid name") from None
    try:
        address = address_of(host)
    except ValueError:
        raise UrlRefused(url=url, why="its host looks like an address and is none") from None
    if address is not None:
        why = vet(address)
        if why is not None:
            raise UrlRefused(url=url, why=f"it leads to {why}")
        return str(address)
    if not _HOST.fullmatch(host) or _INSIDE.search(host):
        raise UrlRefused(url=url, why="its host is no public name")
    return host
