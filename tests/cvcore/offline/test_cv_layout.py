"""Reading order from where words stand."""

from __future__ import annotations

import pytest

from cvcore.offline import Word, lines_of_page
from cvcore.offline.cv_contact import emails_in, network_of, phones_in
from cvcore.offline.cv_name import looks_like_name
from cvcore.offline.cv_sections import heading_kind
from cvcore.offline.cv_text import clean, closed_up


def row(text: str, x: float, y: float, size: float = 10.0) -> list[Word]:
    """The words of a line that begins at `x`, half as wide as they are high."""
    words: list[Word] = []
    for part in text.split():
        wide = len(part) * size * 0.5
        words.append(Word(part, x, x + wide, y, size, f"plain/{size}"))
        x += wide + size * 0.3
    return words


def column(texts: list[str], x: float, y: float, step: float = 14.0) -> list[Word]:
    return [word for n, text in enumerate(texts) for word in row(text, x, y + n * step)]


LEFT = ["Skills", "Python", "Databases", "Kubernetes", "Languages", "English", "French"]
RIGHT = [
    "Experience", "Engineer at the Example Company", "Built the payment service with two others",
    "and kept it running for years", "Developer at Another Company",
    "Wrote the reports that people do read",
    "Education", "Master of Science at a University",
]  # fmt: skip


def test_two_columns_are_read_one_after_the_other() -> None:
    words = column(LEFT, 40, 100, 17) + column(RIGHT, 220, 100, 15)
    assert [line.text for line in lines_of_page(words, 1)] == LEFT + RIGHT


def test_a_headline_over_two_columns_comes_first() -> None:
    head = row("Jane Example and everything that she has done so far in her life", 40, 50, 16)
    words = head + column(LEFT, 40, 100, 17) + column(RIGHT, 220, 100, 15)
    lines = [line.text for line in lines_of_page(words, 1)]
    assert lines[0].startswith("Jane Example")
    assert lines[1:] == LEFT + RIGHT


def test_dates_in_the_margin_stay_with_what_they_date() -> None:
    texts = ["Engineer, Acme", "Built a thing that works", "Developer, Beta"]
    texts += ["Wrote another thing of use", "Intern, Gamma", "Learnt a lot"]
    words = column(texts, 40, 100)
    for n, date in enumerate(["2019 – 2021", "2017 – 2019", "2016 – 2017"]):
        words += row(date, 460, 100 + n * 28)
    lines = [line.text for line in lines_of_page(words, 1)]
    assert lines[0] == "Engineer, Acme\t2019 – 2021"
    assert lines[2] == "Developer, Beta\t2017 – 2019"


def test_labels_and_their_values_are_one_line() -> None:
    words: list[Word] = []
    table = {
        "Cloud": "AWS and Azure with Terraform on top",
        "Data": "PostgreSQL and Kafka in production",
        "Web": "Django and React for the pages",
        "Tools": "Git and Docker every day",
    }
    for n, (label, value) in enumerate(table.items()):
        words += row(label, 40, 100 + n * 14) + row(value, 140, 100 + n * 14)
    assert [line.text.split("\t")[0] for line in lines_of_page(words, 1)] == [
        "Cloud", "Data", "Web", "Tools",
    ]  # fmt: skip


def test_no_word_of_a_page_is_lost_or_doubled() -> None:
    words = column(LEFT, 40, 100, 17) + column(RIGHT, 220, 100, 15) + row("2020", 500, 115)
    told = " ".join(line.text for line in lines_of_page(words, 1)).split()
    assert sorted(told) == sorted(word.text for word in words)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("EXPÉRIENCES PROFESSIONNELLES :", "work"),
        ("Work Experience", "work"),
        ("Beruflicher Werdegang", "work"),
        ("Diplômes et formations", "education"),
        ("Skills & Tools", "skills"),
        ("Sprachkenntnisse", "languages"),
        ("Centres d’intérêt", "interests"),
        ("Licenses & Certifications", "certificates"),
        ("Engagement associatif", "volunteer"),
        ("À propos", "summary"),
        ("Senior Engineer", None),
        ("We improved the experience of thousands of people", None),
    ],
)
def test_headings_are_known_in_three_languages(text: str, kind: str | None) -> None:
    assert heading_kind(text) == kind


def test_letters_spaced_out_are_closed_up() -> None:
    assert closed_up("E X P E R I E N C E") == "EXPERIENCE"
    assert closed_up("W O R K  H I S T O R Y") == "WORK HISTORY"
    assert closed_up("A B testing") == "A B testing"


def test_ligatures_icons_and_double_encoding_are_put_right() -> None:
    assert clean("ﬁnance e\u00adcole \ue0b1caf\u00e9") == "finance ecole  café"
    assert clean("NaÃ¯ve â\x80¢ one") == "Naïve • one"
    assert clean("555-\u00ad\u20105555") == "555-5555"


@pytest.mark.parametrize(
    ("text", "phones"),
    [
        ("Tel: (+82) 10-9030-1843", ["(+82) 10-9030-1843"]),
        ("06.12.34.56.78 | Lyon", ["06.12.34.56.78"]),
        ("+49 (0)170 1234567", ["+49 (0)170 1234567"]),
        ("2012 - 2015", []),
        ("2012-2015 and 01/2019", []),
        ("call 555-0199 now", ["555-0199"]),
    ],
)
def test_telephone_numbers_of_any_country_are_found(text: str, phones: list[str]) -> None:
    assert phones_in(text) == phones


def test_addresses_and_networks_are_known() -> None:
    assert emails_in("mail: jane.doe @example.org, x") == ["jane.doe@example.org"]
    assert network_of("https://www.linkedin.com/in/jane") == "LinkedIn"
    assert network_of("https://jane.example.org") is None


@pytest.mark.parametrize("text", ["Jane Doe", "JOSÉ DE LA CRUZ", "Anne O’Brien", "Dr. Li Wei"])
def test_a_name_looks_like_one(text: str) -> None:
    assert looks_like_name(text)


@pytest.mark.parametrize(
    "text", ["Software Engineer", "Paris, France", "English, Hebrew", "Work Experience", "jane doe"]
)
def test_what_only_resembles_a_name_is_none(text: str) -> None:
    assert not looks_like_name(text)
