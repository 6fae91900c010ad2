"""The laws of the score: the same for the same, blind to who it is, and never less for more."""

from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from cvcore.cv.model import Cv, Line, Location, Skill, Work
from cvcore.offers.model import Offer
from cvcore.scoring import score
from cvcore.scoring.dates import Span, months_in
from cvcore.scoring.rules import CLAIMS_POINTS_MAX, claims_rate

AT = date(2026, 1, 1)
FACTS = [
    "Ran Kafka for the order services",
    "Shipped Docker images every day",
    "Tuned MySQL queries",
    "Wrote Python for the depots",
    "Worked in a team of five, teamwork first",
    "Repaired the coffee machine",
]
quick = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def exact(cv: Cv, offer: Offer) -> float:
    scored = score(cv, offer, at=AT)
    assert scored.exact is not None
    return scored.exact


@st.composite
def additions(draw: st.DrawFn) -> Work | Skill:
    lines = draw(st.lists(st.sampled_from(FACTS), min_size=1, max_size=3))
    told = tuple(Line(f"b{n}", text) for n, text in enumerate(lines))
    if draw(st.booleans()):
        return Skill(id="s7", name="More", keywords=told)
    start = draw(st.sampled_from([None, "2019", "2022-05", "2024-01-15"]))
    end = draw(st.sampled_from([None, "2025-06"]))
    return Work(id="w7", name="Made Up", start_date=start, end_date=end, highlights=told)


@quick
@given(added=additions())
def test_adding_evidence_never_lowers_and_removing_never_raises(
    cv: Cv, offer: Offer, added: Work | Skill
) -> None:
    if isinstance(added, Work):
        more = replace(cv, work=(*cv.work, added))
    else:
        more = replace(cv, skills=(*cv.skills, added))
    assert exact(more, offer) >= exact(cv, offer) - 1e-6


@quick
@given(name=st.text(max_size=30), city=st.text(max_size=20), image=st.text(max_size=20))
def test_who_somebody_is_changes_nothing(
    cv: Cv, offer: Offer, name: str, city: str, image: str
) -> None:
    basics = replace(cv.basics, name=name, image=image, location=Location(city=city))
    assert exact(replace(cv, basics=basics), offer) == exact(cv, offer)


@quick
@given(data=st.data())
def test_the_order_of_items_changes_nothing(cv: Cv, offer: Offer, data: st.DataObject) -> None:
    work = tuple(data.draw(st.permutations(cv.work)))
    asked = tuple(data.draw(st.permutations(offer.requirements)))
    shuffled = exact(replace(cv, work=work), replace(offer, requirements=asked))
    assert abs(shuffled - exact(cv, offer)) < 1e-6


@quick
@given(change=st.sampled_from([str.upper, str.lower, lambda text: text.replace(" ", "  \n ")]))
def test_case_and_whitespace_change_nothing(cv: Cv, offer: Offer, change: object) -> None:
    assert callable(change)
    jobs = tuple(
        replace(
            job,
            position=change(job.position),
            highlights=tuple(replace(line, text=change(line.text)) for line in job.highlights),
        )
        for job in cv.work
    )
    assert abs(exact(replace(cv, work=jobs), offer) - exact(cv, offer)) < 1e-6


@quick
@given(times=st.integers(2, 8))
def test_repeating_a_list_adds_nothing(cv: Cv, offer: Offer, times: int) -> None:
    repeated = tuple(replace(cv.skills[0], id=f"s{n}") for n in range(times))
    assert exact(replace(cv, skills=repeated), offer) == exact(cv, offer)


def test_the_same_inputs_give_the_same_score(cv: Cv, offer: Offer) -> None:
    again, same = replace(cv, meta={"other": "object"}), replace(offer)
    assert score(again, same, at=date(2026, 1, 31)).criteria == score(cv, offer, at=AT).criteria


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(1, 90)), max_size=8))
def test_overlapping_months_count_once(spans: list[tuple[int, int]]) -> None:
    many = [Span(start, start + length) for start, length in spans]
    assert months_in(many) == len({month for one in many for month in range(one.start, one.end)})


@given(st.floats(0, 1e4), st.floats(0, 1e4))
def test_claims_earn_more_for_more_and_never_pass_their_cap(less: float, more: float) -> None:
    less, more = sorted((less, more))
    assert less * claims_rate(less) <= more * claims_rate(more) + 1e-9
    assert more * claims_rate(more) <= CLAIMS_POINTS_MAX + 1e-9
