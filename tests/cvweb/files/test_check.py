"""What a machine reads wrong in a file is told with its page and words, and never made up."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cvcore.cv.errors import NotACv
from cvweb.adapters.files.check import BLOCKED_SCORE_MAX, check_cv_file, parse_check
from cvweb.adapters.files.limits import LIMITS
from cvweb.adapters.files.sandbox import Sandbox

Pdf = Callable[[str], bytes]

GOOD = r"""
#set page(margin: 2cm)
= Mira Sample
mira\@sample.example \
+44 20 7946 0958

== Work experience
*Tidewarden*, Bluefin Harbour Ltd, March 2019 - June 2023
- Cut waiting at the lock from forty minutes to twelve

== Education
*Bachelor of Science in Hydrology*, Northbridge University, 2008 - 2011
"""


def test_a_plain_file_has_nothing_to_tell(pdf: Pdf, sandbox: Sandbox) -> None:
    checked = check_cv_file(pdf(GOOD), sandbox=sandbox)
    assert (checked.score, checked.findings, checked.skipped) == (100, (), {})
    assert set(checked.passed) == {"hidden_text", "contact", "entries", "headings", "columns"}


def test_hidden_words_block_the_file_and_are_cited(pdf: Pdf) -> None:
    hidden = "#text(fill: white)[Kubernetes Terraform Ansible expert]\n"
    checked = parse_check(pdf(GOOD + hidden), LIMITS)
    (found,) = [one for one in checked.findings if one.check == "hidden_text"]
    assert (found.severity, found.page) == ("blocker", 1)
    assert "Kubernetes" in (found.text or "")
    assert checked.score <= BLOCKED_SCORE_MAX


def test_contacts_that_are_missing_are_told(pdf: Pdf) -> None:
    lines = GOOD.splitlines()
    bare = "\n".join(line for line in lines if "@" not in line and "+44" not in line)
    checked = parse_check(pdf(bare), LIMITS)
    assert [one.check for one in checked.findings] == ["contact"]
    assert checked.score <= BLOCKED_SCORE_MAX


def test_a_job_without_dates_is_cited_with_its_page(pdf: Pdf) -> None:
    checked = parse_check(pdf(GOOD.replace(", March 2019 - June 2023", "")), LIMITS)
    found = [one for one in checked.findings if one.check == "entries"]
    assert [(one.severity, one.page) for one in found] == [("warning", 1)]
    assert "dates" in found[0].detail
    assert "Tidewarden" in (found[0].text or "")


def test_columns_side_by_side_are_told(pdf: Pdf) -> None:
    skills = "== Skills\n\nPython\n\nQGIS\n\nExcel\n\nSailing\n\nWelding\n\nSums"
    columns = f"#columns(2)[\n{GOOD.replace('#set page(margin: 2cm)', '')}\n#colbreak()\n{skills}]"
    checked = parse_check(pdf(columns), LIMITS)
    assert ("columns", 1) in [(one.check, one.page) for one in checked.findings]


def test_checks_without_ground_are_skipped_with_the_reason() -> None:
    text = "Mira Sample\nmira@sample.example\n\nWork experience\nTidewarden, Bluefin Ltd, 2019\n"
    checked = parse_check(text.encode(), LIMITS)
    assert set(checked.skipped) == {"columns", "hidden_text"}
    assert not set(checked.skipped) & set(checked.passed)


def test_what_is_no_cv_is_refused(sandbox: Sandbox) -> None:
    with pytest.raises(NotACv):
        check_cv_file(b"Recipe: mix flour, butter and sugar, then bake it.", sandbox=sandbox)
