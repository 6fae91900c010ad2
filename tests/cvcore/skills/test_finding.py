"""Finding skills in text: the awkward names, the ambiguous ones, and the laws."""

from __future__ import annotations

import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cvcore.skills import Found, find_skills, lexicon

NAMES = ["Python", "C++", "C#", ".NET", "Node.js", "CI/CD", "PostgreSQL", "réseaux de neurones"]
FILLERS = ["we worked with", "and then", "nothing", "l'équipe a choisi", "(since 2019)", "—"]


def ids(text: str) -> list[str]:
    return [found.skill for found in find_skills(text)]


def words(text: str, found: Found) -> str:
    return text[found.start : found.end]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C++, C# and F#", ["cpp", "csharp", "fsharp"]),
        ("ASP.NET, .NET Core", ["aspnet", "dotnet"]),
        ("visit example.net today", []),
        ("Node.js, NodeJS and node js", ["nodejs", "nodejs", "nodejs"]),
        ("CI/CD, ci cd, CI-CD", ["ci-cd", "ci-cd", "ci-cd"]),
        ("front-end, frontend, front end", ["front-end-development"] * 3),
        ("Développeuse Python ; RESEAUX DE NEURONES", ["python-developer", "reseaux-de-neurones"]),
        ("bases de données", ["databases"]),
        ("write to ada@python.org or https://java.com/ruby", []),
        ("CompTIA Security+ and a guard", ["comptia-security"]),
    ],
)
def test_awkward_names_are_found(text: str, expected: list[str]) -> None:
    assert ids(text) == expected


@pytest.mark.parametrize(
    ("text", "skill", "is_found"),
    [
        ("Ready to go to market", "go", False),
        ("Python, Go, Rust", "go", True),
        ("Go microservices", "go", True),
        ("Go", "go", True),
        ("R and D", "r", False),
        ("statistics with R", "r", True),
        ("we react quickly", "react", False),
        ("React and TypeScript", "react", True),
        ("the rest of the team", "rest", False),
        ("REST APIs", "rest", True),
        ("San Francisco", "san", False),
        ("j'ai travaillé", "artificial-intelligence", False),
    ],
)
def test_common_words_count_only_in_context(text: str, skill: str, *, is_found: bool) -> None:
    assert (skill in ids(text)) is is_found


def test_the_longest_name_wins() -> None:
    assert ids("machine learning engineer") == ["data-scientist"]
    assert ids("Spring Boot") == ["spring-boot"]


def test_a_part_names_its_whole() -> None:
    hive = lexicon().get("hive")
    assert hive is not None
    assert hive.broader == "hadoop"
    assert "hive" in lexicon().parts_of("hadoop")


def test_offsets_are_of_the_text_as_given() -> None:
    text = "De\u0301veloppeur Py\u00adthon, ｊａｖａ et oﬃce, Jav\u200ba"
    assert [words(text, one) for one in find_skills(text)] == [
        "De\u0301veloppeur Py\u00adthon",
        "ｊａｖａ",
        "Jav\u200ba",
    ]


@st.composite
def sentences(draw: st.DrawFn) -> str:
    parts = draw(st.lists(st.sampled_from(NAMES + FILLERS), max_size=12))
    return draw(st.sampled_from([", ", " ", "\n"])).join(parts)


@settings(max_examples=60, deadline=None)
@given(sentences())
def test_found_terms_follow_one_another_and_never_overlap(text: str) -> None:
    found = find_skills(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= two.start for one, two in pairwise(found))


@settings(max_examples=60, deadline=None)
@given(sentences())
def test_case_and_accents_make_no_difference(text: str) -> None:
    bare = "".join(
        letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter)
    )
    assert ids(text.upper()) == ids(text) == ids(bare)


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_without_a_crash(text: str) -> None:
    assert all(words(text, one) for one in find_skills(text))


def test_a_megabyte_is_read_in_a_second() -> None:
    text = "Built data pipelines in Python and SQL for the team, deployed on AWS; " * 14_000
    find_skills("warm")
    begun = time.process_time()
    find_skills(text)
    assert time.process_time() - begun < 1.5
