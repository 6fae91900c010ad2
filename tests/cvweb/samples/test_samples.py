from __future__ import annotations

import re
from datetime import date

import msgspec
import pypdfium2
import pytest

from cvcore.cv import from_json_resume
from cvweb.adapters.files.export import export_cv
from cvweb.adapters.files.offer_reading import read_offer_file
from cvweb.adapters.files.reading import read_cv_file
from cvweb.samples import SAMPLES, Sample, sample

AT = date(2026, 11, 20)
each_sample = pytest.mark.parametrize("pair", SAMPLES, ids=[each.language for each in SAMPLES])


def text_of(data: bytes) -> str:
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))


@each_sample
def test_the_pdf_is_the_one_we_make_of_the_json(pair: Sample) -> None:
    cv = from_json_resume(msgspec.json.decode(pair.cv_json.read_bytes()))
    assert text_of(pair.cv_pdf.read_bytes()) == text_of(export_cv(cv, "pdf").data)


@each_sample
def test_the_pdf_is_read_as_the_person_it_is_about(pair: Sample) -> None:
    written = from_json_resume(msgspec.json.decode(pair.cv_json.read_bytes()))
    read = read_cv_file("cv.pdf", pair.cv_pdf.read_bytes()).cv
    assert read.language == written.language == pair.language
    assert read.basics.name == written.basics.name
    assert read.basics.email == written.basics.email
    assert read.basics.phone == written.basics.phone
    assert [[bullet.text for bullet in job.highlights] for job in read.work] == [
        [bullet.text for bullet in job.highlights] for job in written.work
    ]


@each_sample
def test_the_offer_is_open_and_asks_for_something(pair: Sample) -> None:
    reading = read_offer_file("offer.html", pair.offer_html.read_bytes(), at=AT)
    assert reading.status == "open"
    assert reading.offer is not None
    assert reading.offer.language == pair.language
    necessities = {each.necessity for each in reading.offer.requirements}
    assert necessities == {"required", "preferred"}


@each_sample
def test_everybody_in_the_samples_is_invented(pair: Sample) -> None:
    text = pair.cv_json.read_text() + pair.offer_html.read_text()
    hosts = set(re.findall(r"https?://([^/\"'\s]+)", text)) - {"schema.org"}
    assert all(host.endswith((".example", "example.org")) for host in hosts)
    assert set(re.findall(r"@([\w.-]+\.\w+)", text)) == {"example.org"}
    phones = re.findall(r'"phone": "([^"]+)"', text)
    assert all(number.startswith(("+44 20 7946 0", "+33 1 99 00")) for number in phones)


def test_a_language_without_a_sample_is_told() -> None:
    assert sample("fr").language == "fr"
    with pytest.raises(ValueError, match="en, fr"):
        sample("xx")
