from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import typst

from cvweb.adapters.fetch import Page
from cvweb.cli.inputs import read_offer_url
from cvweb.samples import Sample

Cvweb = Callable[..., Any]

NEWS = """<!doctype html><html lang="en"><head><title>Harbour festival draws a record crowd</title>
</head><body><article><h1>Harbour festival draws a record crowd</h1>
<p>More than nine thousand people came to the harbour on Saturday to see the old ships.</p>
<p>The next festival will be held in two years, the mayor said.</p></article></body></html>"""


def test_the_packaged_offer_is_read(cvweb: Cvweb, english: Sample) -> None:
    ran = cvweb("read-offer", english.offer_html)
    assert ran.code == 0
    assert ran.json["title"] == "Senior Backend Engineer (Python)"
    assert ran.json["company"] == "Tidewater Freight Systems"
    assert ran.json["location"]["city"] == "York"
    assert ran.json["salary"] == {"min": 62000, "max": 74000, "currency": "GBP", "period": "year"}
    skills = {skill for each in ran.json["requirements"] for skill in each["skills"]}
    assert {"python", "postgresql", "rabbitmq", "docker", "terraform"} <= skills


def test_an_offer_is_open_or_closed_as_of_the_day_asked(cvweb: Cvweb, english: Sample) -> None:
    before = cvweb("read-offer", english.offer_html, "--at", "2026-12-01", "--jsonl").lines[0]
    after = cvweb("read-offer", english.offer_html, "--at", "2100-01-02", "--jsonl").lines[0]
    assert (before["status"], before["error"]) == ("open", None)
    assert (after["status"], after["error"]) == ("closed", None)
    assert after["offer"]["title"] == "Senior Backend Engineer (Python)"


def test_a_page_that_is_no_offer_is_an_answer(cvweb: Cvweb, tmp_path: Path) -> None:
    page = tmp_path / "news.html"
    page.write_text(NEWS)
    ran = cvweb("read-offer", page, "--jsonl")
    assert ran.code == 0
    (line,) = ran.lines
    assert (line["offer"], line["status"], line["error"]) == (None, "not_an_offer", None)
    assert cvweb("read-offer", page).json["status"] == "not_an_offer"


def test_text_and_pdf_are_offers_too(cvweb: Cvweb, tmp_path: Path) -> None:
    text = (
        "Senior Accountant\n\nCompany: Larkspur Foods\nLocation: Truro\n\nRequirements\n"
        "- Two years of experience in accounting\n- Microsoft Excel\n- SAP is a plus\n"
    )
    (tmp_path / "offer.txt").write_text(text)
    made: bytes = typst.compile(
        text.replace("\n", "\n\n").replace("\nRequirements", "\n= Requirements").encode(),
        format="pdf",
        ignore_system_fonts=True,
    )
    (tmp_path / "offer.pdf").write_bytes(made)
    ran = cvweb("read-offer", tmp_path / "offer.txt", tmp_path / "offer.pdf", "--jsonl")
    assert ran.code == 0
    assert [line["status"] for line in ran.lines] == ["open", "open"]
    for line in ran.lines:
        assert line["offer"]["company"] == "Larkspur Foods"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/offer",
        "http://localhost:5432/",
        "http://169.254.169.254/latest/meta-data/",
        "https://[::1]/",
        "http://2130706433/",
        "file:///etc/passwd",
        "ftp://example.org/offer.html",
    ],
)
def test_a_private_address_is_refused(cvweb: Cvweb, url: str) -> None:
    ran = cvweb("read-offer", url, "--jsonl")
    assert ran.code == 1
    (line,) = ran.lines
    assert (line["file"], line["offer"], line["status"]) == (url, None, "unreadable")
    assert line["error"]["code"] == "url_refused"


def test_a_page_of_the_web_is_read_with_its_address_and_characters(french: Sample) -> None:
    latin = french.offer_html.read_text().replace('charset="utf-8"', 'name="x"').encode("cp1252")

    async def fetched(url: str) -> Page:
        return Page(url=f"{url}/page", content_type="text/html", body=latin, charset="cp1252")

    reading = read_offer_url("https://jobs.example/42", at=date(2026, 11, 20), fetch=fetched)
    assert reading.offer is not None
    assert reading.offer.title == "Contrôleur de gestion industriel F/H"
    assert (reading.offer.source.kind, reading.offer.source.value) == (
        "url",
        "https://jobs.example/42/page",
    )


def test_every_file_has_its_line_in_the_order_given(
    cvweb: Cvweb, english: Sample, french: Sample, tmp_path: Path
) -> None:
    (tmp_path / "empty.html").write_bytes(b"")
    (tmp_path / "50-mb.html").write_bytes(b"<!doctype html><html>" + b" " * 50_000_000)
    (tmp_path / "noise.html").write_bytes(bytes(range(256)) * 50)
    given = [
        french.offer_html,
        tmp_path / "missing.html",
        tmp_path,
        tmp_path / "empty.html",
        tmp_path / "50-mb.html",
        tmp_path / "noise.html",
        english.offer_html,
    ]
    ran = cvweb("read-offer", "--jsonl", *given)
    assert ran.code == 1
    assert [line["file"] for line in ran.lines] == [str(path) for path in given]
    assert ran.lines[0]["offer"]["company"] == "Ateliers Brumeval"
    assert ran.lines[-1]["offer"]["company"] == "Tidewater Freight Systems"
    for line in ran.lines[1:-1]:
        assert line["offer"] is None
        assert line["error"] is None or line["error"]["code"] != "internal_error"
    assert [line["error"]["code"] for line in ran.lines[1:3]] == ["file_not_readable"] * 2


def test_a_day_that_is_none_is_wrong_usage(cvweb: Cvweb, english: Sample) -> None:
    assert cvweb("read-offer", english.offer_html, "--at", "yesterday").code == 2
