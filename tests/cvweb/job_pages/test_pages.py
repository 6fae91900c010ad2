"""Fictional pages of every kind that boards have: what is read of each, and what is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cvcore.errors import Refusal
from cvcore.offers import Offer, OfferReading
from cvweb.adapters.files.job_page import page_text
from cvweb.adapters.files.offer_reading import parse_offer, read_offer_file

PAGES = Path(__file__).with_name("pages")
AT = date(2031, 2, 1)
STATES = ("open", "closed", "not_an_offer", "unreadable")


def read(name: str, at: date = AT) -> OfferReading:
    return parse_offer(name, (PAGES / name).read_bytes(), at=at)


def offer_of(name: str) -> Offer:
    offer = read(name).offer
    assert offer is not None
    return offer


def asked(name: str) -> dict[str, str]:
    """The skills asked and how."""
    every = offer_of(name).requirements
    return {skill: one.necessity for one in every if one.kind == "skill" for skill in one.skills}


@pytest.mark.parametrize(
    ("name", "title", "company", "place"),
    [
        ("en_class_names.html", "Staff Backend Engineer", "Northwind Labs", "Berlin, Germany"),
        ("en_headline.html", "Data Analyst (f/m/d)", "Northwind Labs", "Lyon, France"),
        ("en_graph.html", "Site Reliability Engineer", "Harbour Lights", "Cork, Ireland"),
        ("en_microdata.html", "Gardener", "Green Example Ltd", "Bath"),
        ("en_escaped.html", "Welder & Fitter", "Iron Example", None),
        ("en_state.html", "Office Manager", "Tidy Example", "Dublin"),
        ("en_view_source.html", "Baker", "Crumb Example", None),
        ("en_fragment.html", "Deckhand, part time", "Ferry Example", "Oban, Scotland"),
        ("en_hidden.html", "Clerk", "Paper Example", None),
        ("en_injected.html", "QA Engineer", "Acme", "Porto, Portugal"),
        ("fr_board.html", "Développeur·se Full Stack", "Les Ateliers Bleus", "Nantes"),
        ("fr_table.html", "Boulanger H/F", "Mairie de Saint-Example", "Saint-Example (63)"),
        ("de_plain.html", "Softwareentwickler Java (m/w/d)", "Beispiel GmbH", "München"),
    ],
)
def test_an_open_offer_names_its_title_company_and_place(
    name: str, title: str, company: str, place: str | None
) -> None:
    offer = offer_of(name)
    assert (offer.status, offer.title, offer.company) == ("open", title, company)
    assert offer.location.text == place


@pytest.mark.parametrize("page", sorted(PAGES.glob("no_*.html")), ids=lambda page: page.stem)
def test_lists_articles_and_shops_are_no_offers(page: Path) -> None:
    reading = read(page.name)
    assert (reading.status, reading.offer) == ("not_an_offer", None)
    assert reading.findings[-1].code == "not_an_offer"


@pytest.mark.parametrize("name", ["unreadable_shell.html", "unreadable_wall.html"])
def test_shells_and_walls_are_unreadable(name: str) -> None:
    reading = read(name)
    assert (reading.status, reading.offer) == ("unreadable", None)


@pytest.mark.parametrize("page", sorted(PAGES.glob("closed_*.html")), ids=lambda page: page.stem)
def test_an_offer_that_is_over_is_closed_and_still_read(page: Path) -> None:
    reading = read(page.name)
    assert reading.status == "closed"
    assert reading.offer is not None
    assert reading.offer.status == "closed"
    assert reading.offer.title


def test_an_offer_closes_when_its_data_says() -> None:
    assert read("en_graph.html", date(2031, 3, 1)).status == "open"
    assert read("en_graph.html", date(2031, 3, 2)).status == "closed"
    assert read("en_escaped.html", date(2040, 1, 1)).status == "open"  # 1970 is no deadline


def test_a_description_left_empty_is_taken_from_the_page() -> None:
    assert asked("en_graph.html")["kubernetes"] == "required"
    assert offer_of("en_graph.html").salary is not None


def test_required_and_preferred_follow_the_page() -> None:
    wanted = asked("fr_board.html")
    assert (wanted["python"], wanted["docker"]) == ("required", "preferred")
    assert "java" not in wanted  # another offer of the same board


def test_tables_label_contract_pay_and_deadline() -> None:
    offer = offer_of("fr_table.html")
    assert (offer.contract, offer.closes_on) == ("CDD", "2031-03-15")
    assert offer.salary is not None
    assert (offer.salary.min, offer.salary.currency, offer.salary.period) == (1900, "EUR", "month")


def test_words_to_a_model_are_reported_and_left_out() -> None:
    reading = read("en_injected.html")
    assert [finding.code for finding in reading.findings] == ["instruction_text"] * 2
    assert reading.offer is not None
    written = msgspec.json.encode(reading.offer).decode()
    assert "banana" not in written
    assert "100/100" not in written


def test_text_hidden_by_style_is_reported_and_left_out() -> None:
    reading = read("en_hidden.html")
    assert [finding.code for finding in reading.findings] == ["hidden_text"] * 2
    assert reading.offer is not None
    assert "COBOL" not in reading.offer.description
    assert "ministry" not in reading.offer.description
    assert "too old" not in reading.offer.description


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_characters_of_a_page_are_understood(encoding: str) -> None:
    page = (PAGES / "fr_table.html").read_text(encoding="utf-8").replace("<html", "<html ", 1)
    assert page_text(page.encode(encoding)).text.hints.salary is not None
    stated = page_text(page.encode("iso-8859-15"), charset="iso-8859-15").text.hints.salary
    assert stated is not None
    assert stated.currency == "EUR"


def test_the_same_page_says_the_same_twice_and_names_its_source() -> None:
    data = (PAGES / "en_graph.html").read_bytes()
    first = parse_offer("a.html", data, at=AT, url="https://jobs.example.org/1")
    again = parse_offer("b.html", data, at=AT, url="https://jobs.example.org/1")
    assert first == again
    assert first.offer is not None
    assert first.offer.source.kind == "url"
    assert first.offer.source.value == "https://jobs.example.org/1"
    assert len(first.offer.source.content_hash) == 64


def test_the_sandbox_reads_what_is_read_here() -> None:
    data = (PAGES / "fr_board.html").read_bytes()
    assert read_offer_file("x.html", data, at=AT) == parse_offer("x.html", data, at=AT)


@settings(max_examples=40, deadline=None)  # the first example loads the lexicon
@given(
    st.sampled_from(sorted(path.name for path in PAGES.glob("*.html"))),
    st.integers(0, 3000),
    st.integers(0, 400),
    st.binary(max_size=12),
)
def test_a_broken_page_is_read_or_refused(name: str, at: int, cut: int, put: bytes) -> None:
    data = (PAGES / name).read_bytes()
    broken = data[:at] + put + data[at + cut :]
    try:
        reading = parse_offer(name, broken, at=AT)
    except Refusal:
        return
    assert reading.status in STATES
    assert (reading.offer is None) == (reading.status in ("not_an_offer", "unreadable"))


def test_characters_that_no_tree_may_hold_do_not_stop_the_reading() -> None:
    page = (PAGES / "en_headline.html").read_bytes()
    odd = page.replace(b"<h3>", b"<nav>x</nav>&#1;\x0b&#xFFFF;\xed\xa0\x80<h3>")
    assert parse_offer("x.html", odd, at=AT).offer is not None
