"""References, keywords of projects, and headlines that only a job explains."""

from __future__ import annotations

import pytest

from cvcore.offline import read_cv

HEAD = "Mira Sample\nmira@sample.example\n\nWork experience\nTidewarden, Bluefin Ltd, 2019 - 2023\n"


def test_references_have_names_and_what_they_say() -> None:
    text = (
        f"{HEAD}\nReferences\n\nJonas Brandt\nHead of the yard, Bluefin Ltd\n"
        "\nLena Okafor\nShe worked with me for years.\n"
    )
    assert [(one.name, one.reference) for one in read_cv(text).references] == [
        ("Jonas Brandt", "Head of the yard, Bluefin Ltd"),
        ("Lena Okafor", "She worked with me for years."),
    ]


def test_references_on_request_name_nobody() -> None:
    (only,) = read_cv(f"{HEAD}\nReferences\nAvailable on request.\n").references
    assert (only.name, only.reference) == (None, "Available on request.")


def test_references_under_headings_of_their_own_are_one_each() -> None:
    text = f"# Mira Sample\n{HEAD[12:]}\n## References\n\n### JB\n\nKind.\n\n### LO\n\nExact.\n"
    assert [(one.name, one.reference) for one in read_cv(text).references] == [
        ("JB", "Kind."),
        ("LO", "Exact."),
    ]


@pytest.mark.parametrize("label", ["Keywords: ", "Mots-clés : ", "KEYWORDS: "])
def test_a_row_of_keywords_is_a_projects_keywords(label: str) -> None:
    told = "- Printed for ten harbours"
    text = f"{HEAD}\nProjects\nTide tables\n{told}\n{label}Rust, maps (paper, web)\n"
    (project,) = read_cv(text).projects
    assert [line.text for line in project.keywords] == ["Rust", "maps (paper, web)"]
    assert [line.text for line in project.highlights] == ["Printed for ten harbours"]


def test_a_headline_that_is_the_newest_jobs_title_is_the_label() -> None:
    text = HEAD.replace("Mira Sample\n", "Mira Sample\nTidewarden\n")
    basics = read_cv(text).basics
    assert (basics.name, basics.label) == ("Mira Sample", "Tidewarden")
    assert "otherLines" not in basics.extra


def test_a_line_below_the_name_that_no_job_explains_is_no_label() -> None:
    text = HEAD.replace("Mira Sample\n", "Mira Sample\nBluebird\n")
    assert read_cv(text).basics.label is None
