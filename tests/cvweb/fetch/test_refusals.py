"""The battery: disguised private addresses, redirects and rebinding; none of them connects."""

from __future__ import annotations

import pytest

from cvweb.adapters.fetch import Fetcher, FetchFailed, PageTypeRefused, UrlRefused
from cvweb.adapters.fetch.scripted import (
    PUBLIC_ADDRESS as PUBLIC,
)
from cvweb.adapters.fetch.scripted import (
    ScriptedNetwork,
    answer,
    redirect,
    scripted_addresses,
)

DISGUISED = [
    "http://127.0.0.1/", "http://127.0.0.1:80/jobs", "http://127.1/", "http://127.0.1/",
    "http://2130706433/", "http://0x7f000001/", "http://0x7f.1/", "http://0x7f.0.0.0x1/",
    "http://017700000001/", "http://0177.0.0.1/", "http://0/", "http://0.0.0.0/",
    "http://[::1]/", "http://[::]/", "http://[0:0:0:0:0:0:0:1]/", "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/", "http://[::127.0.0.1]/", "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/", "http://[2001:0:0:0::1]/", "http://[fe80::1]/",
    "http://[fe80::1%25eth0]/", "http://[fc00::1]/", "http://[fd00:ec2::254]/", "http://[ff02::1]/",
    "http://10.0.0.1/", "http://10.1/", "http://172.16.0.1/", "http://192.168.1.1/",
    "http://192.168.257/", "http://100.64.0.1/", "http://100.100.100.200/latest/meta-data/",
    "http://169.254.169.254/latest/meta-data/", "http://2852039166/", "http://0xa9fea9fe/",
    "http://0251.0376.0251.0376/", "http://169.254.43518/", "http://168.63.129.16/",
    "http://224.0.0.1/", "http://255.255.255.255/", "http://198.18.0.1/", "http://192.0.0.192/",
    "http://localhost/", "http://LOCALHOST./", "http://app.localhost/", "http://printer.local/",
    "http://metadata.google.internal/", "http://router/", "http://intranet.corp/",
    "http://１２７.0.0.1/", "http://①②⑦.⓪.⓪.①/", "http://127。0。0。1/", "http://ｌｏｃａｌｈｏｓｔ/",
    "http://127.0.0.1./", "http://127%2e0%2e0%2e1/", "http://%6c%6f%63alhost/",
    "http://user:pass@127.0.0.1/", "http://example.com@127.0.0.1/", "http://127.0.0.1#@example.com/",
    "http://example.com\\@127.0.0.1/", "http://127.0.0.1\t/", "http://exa mple.com/",
    "http://1.2.3.4.5/", "http://256.256.256.256/", "http://08.08.08.08/",
    "https://example.com:22/", "http://example.com:8080/", "http://example.com:6379/",
    "file:///etc/passwd", "ftp://example.com/", "gopher://example.com/", "javascript:alert(1)",
    "data:text/html,hello", "//127.0.0.1/", "http://", "http:///x", "", "example.com",
    "http://[::1", "http://example.com:99999/", "http://-example-.com/", "unix:///run/x.sock",
]  # fmt: skip

ANSWERS = [
    ["127.0.0.1"], ["10.0.0.5"], ["192.168.1.10"], ["172.20.0.3"], ["169.254.169.254"],
    ["100.64.3.2"], ["0.0.0.0"], ["::1"], ["fe80::1"], ["fe80::1%2"], ["fd12::1"],
    ["::ffff:10.0.0.1"], ["64:ff9b::a00:1"], ["2002:a00:1::"], ["224.0.0.5"], ["not an address"],
    [PUBLIC, "127.0.0.1"], ["127.0.0.1", PUBLIC], [PUBLIC, "fd00::1"],
]  # fmt: skip

LANDINGS = [
    "http://127.0.0.1/", "http://169.254.169.254/latest/", "http://[::1]/", "http://2130706433/",
    "//127.0.0.1/", "http://inside.example.net/", "file:///etc/passwd", "http://localhost/",
    "http://jobs.example.org:8080/", "gopher://jobs.example.org/", "http://0x7f.1/",
    "http://u:p@jobs.example.org/", "http://jobs.example.org\\@127.0.0.1/",
]  # fmt: skip


@pytest.mark.parametrize("url", DISGUISED)
async def test_a_disguised_address_is_refused_and_nothing_connects(url: str) -> None:
    network = ScriptedNetwork([answer()])
    names = scripted_addresses({"example.com": [[PUBLIC]]})
    with pytest.raises(UrlRefused) as refused:
        await Fetcher(network=network, resolve=names).fetch(url)
    assert network.asked == []
    assert refused.value.code == "url_refused"


@pytest.mark.parametrize("addresses", ANSWERS)
async def test_a_name_that_leads_inside_is_refused_and_nothing_connects(
    addresses: list[str],
) -> None:
    network = ScriptedNetwork([answer()])
    names = scripted_addresses({"jobs.example.org": [addresses]})
    with pytest.raises(UrlRefused):
        await Fetcher(network=network, resolve=names).fetch("https://jobs.example.org/1")
    assert network.asked == []


@pytest.mark.parametrize("landing", LANDINGS)
async def test_a_redirect_inside_is_refused_after_the_first_hop(landing: str) -> None:
    network = ScriptedNetwork([redirect(landing), answer()])
    names = scripted_addresses(
        {"jobs.example.org": [[PUBLIC]], "inside.example.net": [["10.1.2.3"]]}
    )
    with pytest.raises(UrlRefused):
        await Fetcher(network=network, resolve=names).fetch("http://jobs.example.org/1")
    assert network.asked == [(PUBLIC, 80)]


async def test_a_name_is_resolved_once_so_a_second_answer_is_never_used() -> None:
    network = ScriptedNetwork([answer()])
    names = scripted_addresses({"jobs.example.org": [[PUBLIC], ["127.0.0.1"]]})
    page = await Fetcher(network=network, resolve=names).fetch("http://jobs.example.org/1")
    assert network.asked == [(PUBLIC, 80)]
    assert page.body == b"<p>hello</p>"


async def test_a_name_that_turns_private_before_its_redirect_is_refused() -> None:
    network = ScriptedNetwork([redirect("/2"), answer()])
    names = scripted_addresses({"jobs.example.org": [[PUBLIC], ["127.0.0.1"]]})
    with pytest.raises(UrlRefused):
        await Fetcher(network=network, resolve=names).fetch("http://jobs.example.org/1")
    assert network.asked == [(PUBLIC, 80)]


async def test_a_proxy_of_the_environment_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    network = ScriptedNetwork([answer()])
    names = scripted_addresses({"jobs.example.org": [[PUBLIC]]})
    await Fetcher(network=network, resolve=names).fetch("http://jobs.example.org/1")
    assert network.asked == [(PUBLIC, 80)]


async def test_an_unknown_name_is_unavailable_not_refused() -> None:
    with pytest.raises(FetchFailed, match="not known"):
        await Fetcher(network=ScriptedNetwork([]), resolve=scripted_addresses({})).fetch(
            "http://nobody.example.org/"
        )


async def test_endless_redirects_end() -> None:
    network = ScriptedNetwork([redirect(f"/{n}") for n in range(20)])
    names = scripted_addresses({"jobs.example.org": [[PUBLIC]]})
    with pytest.raises(FetchFailed, match="redirects more than 5 times"):
        await Fetcher(network=network, resolve=names).fetch("http://jobs.example.org/")
    assert len(network.asked) == 6


@pytest.mark.parametrize("kind", ["image/png", "application/zip", "video/mp4", "application/json"])
async def test_what_is_no_page_is_refused(kind: str) -> None:
    network = ScriptedNetwork([answer(headers={"Content-Type": kind})])
    names = scripted_addresses({"jobs.example.org": [[PUBLIC]]})
    with pytest.raises(PageTypeRefused):
        await Fetcher(network=network, resolve=names).fetch("http://jobs.example.org/1")
