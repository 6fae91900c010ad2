"""Offers as PDF, DOCX and pasted text, through the same reader as pages."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import docx
import pytest
import typst

from cvcore.errors import Refusal
from cvweb.adapters.files.offer_reading import parse_offer, read_offer_file

AT = date(2031, 2, 1)
SOURCE = b"""
#set page(width: 12cm)
= Data Engineer (f/m/x)
Company: Northwind Labs

Location: Leeds

We are looking for a data engineer to join our team. You will build the pipelines that feed our
forecasts, together with four colleagues who have done so for years.

== Requirements
- At least 4 years of experience with Python, in a team that reviews what it writes and runs what
  it builds
- PostgreSQL and Airflow
- Bachelor's degree in any field

== Nice to have
- Terraform
"""


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return typst.compile(SOURCE)


def test_a_pdf_is_read_as_an_offer(pdf: bytes) -> None:
    offer = parse_offer("offer.pdf", pdf, at=AT).offer
    assert offer is not None
    assert (offer.title, offer.company) == ("Data Engineer (f/m/x)", "Northwind Labs")
    assert offer.source.kind == "pdf"
    necessity = {skill: one.necessity for one in offer.requirements for skill in one.skills}
    assert (necessity["python"], necessity["terraform"]) == ("required", "preferred")
    texts = [one.text for one in offer.requirements if one.kind == "experience"]
    assert len(texts) == 1
    assert texts[0].startswith("At least 4 years of experience with Python")
    assert texts[0].endswith("reviews what it writes and runs what it builds")


def test_the_same_pdf_under_another_name_has_the_same_hash(pdf: bytes) -> None:
    offers = [parse_offer(name, pdf, at=AT).offer for name in ("a.pdf", "b.txt")]
    hashes = {offer.source.content_hash for offer in offers if offer is not None}
    assert len(hashes) == 1


def test_a_docx_is_read_as_an_offer() -> None:
    document = docx.Document()
    document.add_heading("Comptable H/F", 1)
    document.add_paragraph("Entreprise : Les Ateliers Bleus")
    document.add_paragraph("Nous recherchons un comptable pour notre équipe de Nantes.")
    document.add_heading("Profil recherché", 2)
    document.add_paragraph("BTS comptabilité", style="List Bullet")
    document.add_paragraph("Trois ans d'expérience", style="List Bullet")
    target = BytesIO()
    document.save(target)
    offer = read_offer_file("offre.docx", target.getvalue(), at=AT).offer
    assert offer is not None
    assert (offer.title, offer.company) == ("Comptable H/F", "Les Ateliers Bleus")
    assert offer.experience.years_min == 3


def test_pasted_text_is_read_as_an_offer() -> None:
    text = "Plombier H/F\nNous recherchons un plombier. CAP exigé, permis B, 2 ans d'expérience."
    reading = parse_offer("", text.encode(), at=AT)
    assert reading.offer is not None
    assert reading.offer.source.kind == "text"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (b"%PDF-1.7\n1 0 obj <<>> endobj", "file_damaged"),
        (b"PK\x03\x04nothing", "unsupported_format"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 99, "unsupported_format"),
        (b"x" * (10 * 1024 * 1024 + 1), "file_too_large"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_code(data: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_offer_file("x", data, at=AT)
    assert refused.value.code == code


def test_a_text_that_is_no_offer_says_why() -> None:
    reading = parse_offer("x.txt", b"Two eggs, some flour and a little milk.", at=AT)
    assert (reading.status, reading.offer) == ("not_an_offer", None)
    assert "neither says what the work is" in reading.findings[0].detail
