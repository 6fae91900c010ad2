from __future__ import annotations

import pytest

from cvcore.offers import Level, Remote, Salary
from cvcore.offline.offer_terms import (
    Years,
    contract_in,
    degree_in,
    fluency_in,
    level_in,
    remote_in,
    salary_in,
    years_in,
)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("At least 3 years of experience", Years(3)),
        ("Seven (7)+ years of experience in a similar role", Years(7)),
        ("2-4 years' experience with SQL", Years(2, 4)),
        ("3 à 5 ans d'expérience", Years(3, 5)),
        ("Expérience de deux ans minimum", Years(2)),
        ("24 mois d’expérience exigés", Years(2)),
        ("Mindestens 3 Jahre Erfahrung", Years(3)),
    ],
)
def test_years_of_experience_are_read_as_written(text: str, years: Years) -> None:
    assert years_in(text) == years


@pytest.mark.parametrize(
    "text",
    [
        "You are at least 18 years of age, experience is no condition",
        "Our company has 20 years of experience",
        "0.5 years of experience",
        "CDD de 6 mois, expérience souhaitée",
        "We built this in 3 years",
        "certification required within 6 months of hire, experience welcome",
    ],
)
def test_other_spans_of_time_are_no_experience(text: str) -> None:
    assert years_in(text) is None


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("PhD in physics", "EQF8"),
        ("Master's degree in law", "EQF7"),
        ("Bac +5, école d'ingénieurs", "EQF7"),
        ("Bachelor's or Master's degree in computer science", "EQF6"),
        ("Licence professionnelle", "EQF6"),
        ("a degree in economics", "EQF6"),
        ("BTS ou DUT informatique", "EQF5"),
        ("High School diploma or GED", "EQF4"),
        ("CAP boulanger exigé", "EQF3"),
        ("Certified Scrum Master", None),
        ("Master Electrician", None),
        ("360 degrees of freedom", None),
    ],
)
def test_the_lowest_degree_accepted_is_an_eqf_level(text: str, level: str | None) -> None:
    assert degree_in(text) == level


@pytest.mark.parametrize(
    ("text", "salary"),
    [
        ("Salaire : 42 000 € à 50 000 € brut annuel", (42_000, 50_000, "EUR", "year")),
        ("Salary: $120,000 - $150,000 per year", (120_000, 150_000, "USD", "year")),
        ("Pay £85k - 110k", (85_000, 110_000, "GBP", "year")),
        ("Rémunération 2 200 € brut par mois", (2_200, None, "EUR", "month")),
        ("TJM 450€", (450, None, "EUR", "day")),
        ("11,88 € / heure, salaire horaire", (11, None, "EUR", "hour")),
    ],
)
def test_pay_is_read_with_its_currency_and_period(
    text: str, salary: tuple[int, int | None, str, str]
) -> None:
    found = salary_in(text)
    assert isinstance(found, Salary)
    assert (found.min, found.max, found.currency, found.period) == salary


@pytest.mark.parametrize(
    "text",
    ["A budget of $500 for your desk", "We raised $40 million", "Call 0123 456 789", "Pay matters"],
)
def test_other_amounts_are_no_pay(text: str) -> None:
    assert salary_in(text) is None


@pytest.mark.parametrize(
    ("text", "level"),
    [("English (C1)", "C1"), ("Fluent English", "C1"), ("Anglais courant", "C1"),
     ("bilingual French", "C2"), ("Notions d'allemand", "A2"), ("English", None)],
)  # fmt: skip
def test_a_language_has_the_level_beside_it(text: str, level: str | None) -> None:
    assert fluency_in(text) == level


@pytest.mark.parametrize(
    ("title", "level"),
    [("Senior Data Engineer", "senior"), ("Développeur confirmé H/F", "senior"),
     ("Lead Developer", "lead"), ("Stage - Analyste", "intern"), ("Junior tester", "junior"),
     ("Plumber", None)],
)  # fmt: skip
def test_a_title_names_its_seniority(title: str, level: Level | None) -> None:
    assert level_in(title) == level


@pytest.mark.parametrize(
    ("text", "remote"),
    [("Fully remote", "full"), ("Hybrid, 2 days a week", "hybrid"),
     ("Télétravail partiel", "hybrid"),
     ("100% télétravail", "full"), ("No remote work", "none"), ("Lyon", None)],
)  # fmt: skip
def test_where_the_work_is_done_is_read(text: str, remote: Remote | None) -> None:
    assert remote_in(text) == remote


@pytest.mark.parametrize(
    ("text", "contract"),
    [("FULL_TIME", "Full-time"), ("CDI", "CDI"), ("Contrat en alternance", "Alternance"),
     ("Mission d'intérim", "Intérim"), ("temps plein", "Full-time"), ("good coffee", None)],
)  # fmt: skip
def test_a_contract_has_one_spelling(text: str, contract: str | None) -> None:
    assert contract_in(text) == contract
