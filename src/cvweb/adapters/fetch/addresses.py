"""Which addresses of the internet may be connected to: public unicast, and nothing else.

The lists are our own, after the IANA special-purpose registries, because what the standard library
calls global differs between versions of Python.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Vet = Callable[[Address], str | None]
"""Why an address must not be connected to, in words; None where it may."""

_IPV4: tuple[tuple[str, str], ...] = (
    ("0.0.0.0/8", "this very network"),
    ("10.0.0.0/8", "a private network"),
    ("100.64.0.0/10", "a carrier's shared network"),
    ("127.0.0.0/8", "this very machine"),
    ("169.254.0.0/16", "a link-local or metadata address"),
    ("172.16.0.0/12", "a private network"),
    ("192.0.0.0/24", "a protocol assignment"),
    ("192.0.2.0/24", "a documentation range"),
    ("192.31.196.0/24", "a special-purpose range"),
    ("192.52.193.0/24", "a special-purpose range"),
    ("192.88.99.0/24", "a tunnel relay"),
    ("192.168.0.0/16", "a private network"),
    ("192.175.48.0/24", "a special-purpose range"),
    ("198.18.0.0/15", "a benchmarking range"),
    ("198.51.100.0/24", "a documentation range"),
    ("203.0.113.0/24", "a documentation range"),
    ("224.0.0.0/4", "a multicast address"),
    ("240.0.0.0/4", "a reserved or broadcast address"),
    ("168.63.129.16/32", "a cloud's metadata address"),
)
_IPV6: tuple[tuple[str, str], ...] = (
    ("2001::/23", "a protocol assignment or a tunnel"),
    ("2001:db8::/32", "a documentation range"),
    ("2002::/16", "a 6to4 tunnel"),
    ("2620:4f:8000::/48", "a special-purpose range"),
    ("3fff::/20", "a documentation range"),
)
_GLOBAL_IPV6 = ipaddress.IPv6Network("2000::/3")
_REFUSED_IPV4 = tuple((ipaddress.IPv4Network(network), why) for network, why in _IPV4)
_REFUSED_IPV6 = tuple((ipaddress.IPv6Network(network), why) for network, why in _IPV6)
_ISATAP = frozenset([0x00005EFE, 0x02005EFE])


def why_not_public(address: Address) -> str | None:
    """Why `address` is no public unicast address, in words; None where it is one.

    Of IPv6 only global unicast passes: addresses that carry an IPv4 one (mapped, compatible, 6to4,
    Teredo, NAT64, ISATAP) are refused as such, whatever they carry.
    """
    if isinstance(address, ipaddress.IPv4Address):
        return next((why for network, why in _REFUSED_IPV4 if address in network), None)
    if address.scope_id is not None:
        return "a link-local address"
    if address not in _GLOBAL_IPV6:
        return "no global unicast address"
    if (int(address) >> 32) & 0xFFFFFFFF in _ISATAP:
        return "a tunnel"
    return next((why for network, why in _REFUSED_IPV6 if address in network), None)


def address_of(host: str) -> Address | None:
    """The address a host is written as, in any form that the system's resolver would take for one.

    `127.1`, `0177.0.0.1`, `0x7f000001` and `2130706433` are all 127.0.0.1. None for a name.

    Raises:
        ValueError: the host looks like an address and is none.
    """
    if ":" in host:
        return ipaddress.IPv6Address(host)
    labels = host.split(".")
    if not _is_number(labels[-1]):
        return None
    if len(labels) > 4 or not all(map(_is_number, labels)):
        raise ValueError(f"{host!r} looks like an address and is none")
    parts = [_number(label) for label in labels]
    *heads, last = parts
    if any(head > 255 for head in heads) or last >= 256 ** (5 - len(parts)):
        raise ValueError(f"{host!r} looks like an address and is none")
    value = last
    for place, head in enumerate(heads):
        value += head << (8 * (3 - place))
    return ipaddress.IPv4Address(value)


def _is_number(label: str) -> bool:
    if label[:2].lower() == "0x":
        return all(digit in "0123456789abcdefABCDEF" for digit in label[2:])
    return label.isascii() and label.isdigit()


def _number(label: str) -> int:
    if label[:2].lower() == "0x":
        return int(label[2:] or "0", 16)
    if len(label) > 1 and label.startswith("0"):
        return int(label, 8)  # a ValueError for 08 and 09: no resolver agrees on them
    return int(label)
