"""What should be mended in a CV is named by its path; none of it is refused."""

from __future__ import annotations

from hypothesis import given, settings

from cvcore.cv import Cv, check, from_json_resume, is_date, paths
from cvcore.testing.cvs import cvs


def test_each_thing_to_mend_is_named_where_it_stands() -> None:
    cv = from_json_resume(
        {
            "basics": {"email": "ada at example"},
            "work": [
                {"startDate": "2021-05", "endDate": "2020"},
                {"startDate": "May 2021", "highlights": ["Sold it", "sold  it"]},
            ],
            "certificates": [{"date": "2021-13"}],
        }
    )
    assert [each.path for each in check(cv)] == [
        "work[w2].startDate",
        "certificates[c1].date",
        "work[w1].endDate",
        "basics.email",
        "basics.name",
        "work[w2].highlights[b2]",
    ]


@settings(max_examples=30, deadline=None)
@given(cvs())
def test_every_problem_stands_at_a_path_that_exists(cv: Cv) -> None:
    for problem in check(cv):
        assert paths.get(cv, problem.path) == problem.value


def test_dates_are_years_months_or_days() -> None:
    assert all(map(is_date, ("1999", "1999-12", "1999-12-31")))
    assert not any(map(is_date, ("99", "1999-00", "1999-1", "1999-12-32", "now", "")))
