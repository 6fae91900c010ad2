"""PDFs read as a person sees them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cvweb.adapters.files.errors import FileDamaged, FileEncrypted, NoText, TooManyPages
from cvweb.adapters.files.limits import LIMITS, FileLimits
from cvweb.adapters.files.pdf_in import read_pdf
from cvweb.adapters.files.reading import read_cv_file
from cvweb.adapters.files.sandbox import Sandbox

Pdf = Callable[[str], bytes]

SIDEBAR = """
#set page(paper: "a4", margin: 1.5cm)
#set text(size: 10pt)
#grid(columns: (5cm, 1fr), gutter: 1cm, [
  #text(size: 13pt, weight: "bold")[Compétences]

  Python

  PostgreSQL

  #text(size: 13pt, weight: "bold")[Langues]

  Français : langue maternelle

  Anglais : C1
], [
  #text(size: 24pt, weight: "bold")[Noé Marchand]

  Développeur web

  #link("mailto:noe@exemple.fr")[noe\\@exemple.fr] · 06 11 22 33 44

  #text(size: 13pt, weight: "bold")[Expérience]

  *Développeur web* #h(1fr) mars 2020 – aujourd'hui

  Exemple SAS, Lyon

  - Refonte du site marchand avec une équipe de quatre personnes et mise en place d'un suivi de la
    qualité du code
  - Passage à PostgreSQL

  *Stagiaire* #h(1fr) janv. 2019 – juin 2019

  Modèle SARL, Grenoble

  - Écriture de tests

  #text(size: 13pt, weight: "bold")[Formation]

  *Master Informatique* #h(1fr) 2017 – 2019

  Université de Lyon
])
"""
HIDDEN = """
#set page(paper: "a4")
= Jane Example
jane\\@example.org

== Experience
Engineer, Acme Ltd, 2020 - 2022
- Built things
#place(dx: 0pt, dy: 0pt, text(fill: white)[kubernetes whitewords])
#text(size: 2pt)[terraform tinywords]
#place(dx: 900pt, text[outside offwords])
#place(rect(width: 4cm, height: 1cm, fill: rgb("#203040"))[#text(fill: white)[shown on dark]])
"""


def test_a_sidebar_and_the_text_beside_it_are_kept_apart(pdf: Pdf, sandbox: Sandbox) -> None:
    cv = read_cv_file("cv.pdf", pdf(SIDEBAR), sandbox=sandbox).cv
    assert (cv.basics.name, cv.basics.label) == ("Noé Marchand", "Développeur web")
    assert (cv.basics.email, cv.basics.phone) == ("noe@exemple.fr", "06 11 22 33 44")
    assert [(job.position, job.name, job.location, job.start_date) for job in cv.work] == [
        ("Développeur web", "Exemple SAS", "Lyon", "2020-03"),
        ("Stagiaire", "Modèle SARL", "Grenoble", "2019-01"),
    ]
    assert cv.work[0].highlights[0].text.endswith("un suivi de la qualité du code")
    assert [skill.name for skill in cv.skills] == ["Python", "PostgreSQL"]
    assert [one.fluency for one in cv.languages] == ["langue maternelle", "C1"]
    assert cv.education[0].institution == "Université de Lyon"


def test_text_that_nobody_sees_is_left_out_and_reported(pdf: Pdf) -> None:
    told = read_pdf(pdf(HIDDEN), LIMITS)
    text = " ".join(line.text for line in told.lines)
    assert "whitewords" not in text
    assert "tinywords" not in text
    assert "offwords" not in text
    assert "shown on dark" in text
    assert {finding.code for finding in told.findings} == {"hidden_text"}
    hidden = " ".join(finding.text or "" for finding in told.findings)
    assert {"whitewords", "tinywords"} <= set(hidden.split())
    assert {finding.page for finding in told.findings} == {1}


def test_links_are_kept_with_their_words(pdf: Pdf) -> None:
    (link,) = read_pdf(pdf(SIDEBAR), LIMITS).links
    assert (link.url, link.text) == ("mailto:noe@exemple.fr", "noe@exemple.fr")


def test_more_pages_than_a_cv_has_are_refused(pdf: Pdf) -> None:
    long = pdf("#for n in range(4) [ page #n with some words #pagebreak() ] end")
    with pytest.raises(TooManyPages, match="5 pages, at most 3"):
        read_pdf(long, FileLimits(pages_max=3))


def test_a_page_of_pictures_is_refused_as_such(pdf: Pdf) -> None:
    with pytest.raises(NoText, match="export the CV from the program"):
        read_pdf(pdf("#rect(width: 10cm, height: 10cm, fill: blue)"), LIMITS)


def test_a_truncated_pdf_is_damaged_or_still_read(pdf: Pdf) -> None:
    whole = pdf(SIDEBAR)
    for share in (0.1, 0.5, 0.9):
        try:
            told = read_pdf(whole[: int(len(whole) * share)], LIMITS)
        except (FileDamaged, NoText):
            continue
        assert told.lines


def test_a_pdf_under_a_password_is_refused_as_such() -> None:
    with pytest.raises(FileEncrypted, match="save it without"):
        read_pdf(encrypted_pdf(), LIMITS)


def encrypted_pdf() -> bytes:
    """The least PDF that asks for a password."""
    secret = b"<" + b"5A" * 32 + b">"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [] /Count 0 >>",
        b"<< /Filter /Standard /V 1 /R 2 /P -4 /O " + secret + b" /U " + secret + b" >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % p for p in places)
    identity = b"<" + b"00" * 16 + b">"
    return out + (
        b"trailer\n<< /Size 4 /Root 1 0 R /Encrypt 3 0 R /ID [%s %s] >>\nstartxref\n%d\n%%%%EOF\n"
        % (identity, identity, start)
    )
