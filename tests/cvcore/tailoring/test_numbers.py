"""Numbers are read in digits and words, English and French."""

from __future__ import annotations

import pytest

from cvcore.tailoring.numbers import numbers_in


@pytest.mark.parametrize(
    ("text", "values", "unit"),
    [
        ("a budget of 1,5 M€", {1.5e6}, "money"),
        ("€1.5 million", {1.5e6}, "money"),
        ("$1,500,000", {1.5e6}, "money"),
        ("1 500 000 €", {1.5e6}, "money"),
        ("1\u202f500\u00a0000 euros", {1.5e6}, "money"),
        ("200 k€", {2e5}, "money"),
        ("2 milliards d'euros", {2e9}, "money"),
        ("1.234,5 €", {1234.5}, "money"),
        ("1,500 lines", {1.5, 1500.0}, ""),
        ("40 % of it", {40.0}, "percent"),
        ("40 pour cent", {40.0}, "percent"),
        ("99.9%", {99.9}, "percent"),
        ("10+ years", {10.0}, "years"),
        ("trois ans", {3.0}, "years"),
        ("45 min", {45.0}, "minutes"),
        ("twelve people", {12.0}, ""),
        ("twenty-five people", {25.0}, ""),
        ("quatre-vingt-dix personnes", {90.0}, ""),
        ("dix mille utilisateurs", {10000.0}, ""),
        ("two hundred thousand", {2.0}, ""),
        ("3x faster", {3.0}, "times"),
        ("doubled the sales", {2.0}, "times"),
        ("réduit de moitié", {0.5}, "times"),
        ("dozens of shops", {10.0}, "vague"),
        ("une centaine de clients", {100.0}, ""),
    ],
)
def test_a_number_is_read(text: str, values: set[float], unit: str) -> None:
    found = numbers_in(text)[0]
    assert (set(found.values), found.unit) == (values, unit)


@pytest.mark.parametrize("text", ["C++17", "k8s", "S3", "OAuth2", "5G", "B2B", "a one-off", "ES6"])
def test_digits_of_a_name_are_no_number(text: str) -> None:
    assert numbers_in(text) == ()


@pytest.mark.parametrize(
    "text", ["over 40 shops", "more than 40 shops", "40+ shops", "plus de 40", "au moins 40"]
)
def test_more_than_is_more(text: str) -> None:
    assert numbers_in(text)[0].is_more
