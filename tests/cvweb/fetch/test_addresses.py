from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvweb.adapters.fetch import address_of, why_not_public

PRIVATE = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200",
    "100.127.255.255", "127.0.0.1", "127.255.255.254", "169.254.169.254", "169.254.170.2",
    "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.0.192", "192.0.2.1", "192.88.99.1",
    "192.168.0.1", "192.168.255.255", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9",
    "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "168.63.129.16",
    "::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1",
    "64:ff9b:1::a00:1", "100::1", "2001::1", "2001:0:53aa:64c:0:fbff:5757:57fe", "2001:10::1",
    "2001:20::1", "2001:db8::1", "2002:7f00:1::", "2002:a9fe:a9fe::1", "3fff::1", "5f00::1",
    "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%1", "fec0::1", "ff02::1",
    "2606:4700::5efe:7f00:1",
]  # fmt: skip
PUBLIC = ["8.8.8.8", "1.1.1.1", "93.184.215.14", "172.32.0.1", "100.128.0.1", "192.0.1.1",
          "2606:4700:4700::1111", "2a00:1450:4007:80e::200e"]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_public_is_refused_in_words(address: str) -> None:
    assert why_not_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_passes(address: str) -> None:
    assert why_not_public(ipaddress.ip_address(address)) is None


@given(st.ip_addresses(v=4))
def test_what_passes_is_global_by_the_standard_library_too(address: ipaddress.IPv4Address) -> None:
    if why_not_public(address) is None:
        assert address.is_global
        assert not address.is_multicast


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_within_an_ipv6_one_never_passes(address: ipaddress.IPv4Address) -> None:
    carried = int(address)
    for prefix in ("::ffff:0:0", "::", "64:ff9b::"):
        assert why_not_public(ipaddress.IPv6Address(int(ipaddress.IPv6Address(prefix)) | carried))
    assert why_not_public(ipaddress.IPv6Address((0x2002 << 112) | (carried << 80)))


@given(st.ip_addresses(v=4))
def test_every_way_to_write_an_address_is_understood(address: ipaddress.IPv4Address) -> None:
    a, b, c, d = address.packed
    spellings = [
        str(address), str(int(address)), hex(int(address)), f"0{int(address):o}",
        f"{a}.{(b << 16) | (c << 8) | d}", f"{a}.{b}.{(c << 8) | d}",
        f"0x{a:x}.0{b:o}.{c}.0x{d:x}",
    ]  # fmt: skip
    assert {address_of(spelling) for spelling in spellings} == {address}


@pytest.mark.parametrize(
    "host", ["1.2.3.256", "1.2.3.4.5", "08.1.1.1", "example.256", "4294967296"]
)
def test_what_only_looks_like_an_address_is_no_name_either(host: str) -> None:
    with pytest.raises(ValueError, match=r"looks like|invalid literal"):
        address_of(host)


@pytest.mark.parametrize(
    "host", ["example.com", "1and1.com", "xn--bcher-kva.example", "0x.example"]
)
def test_a_name_is_no_address(host: str) -> None:
    assert address_of(host) is None
