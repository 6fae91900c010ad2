"""The verifier refuses what the CV does not support, and lets the same be said in other words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from cvcore.cv import Cv, paths
from cvcore.tailoring import Citation, Position, Proposal, verify

CASES = Path(__file__).parent / "fabrications.txt"


class Case(msgspec.Struct, frozen=True):
    cv: str
    path: str
    text: str
    rules: frozenset[str]


def cases(file: Path = CASES) -> list[Case]:
    found = []
    for line in file.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            cv, path, text, rules = (part.strip() for part in line.split("|"))
            named = frozenset(rule.strip() for rule in rules.split(",") if rule.strip())
            found.append(Case(cv, path, text, named))
    return found


FABRICATED = [case for case in cases() if case.rules]
HONEST = [case for case in cases() if not case.rules]


@pytest.fixture
def cv(request: pytest.FixtureRequest, case: Case) -> Cv:
    found = request.getfixturevalue(case.cv)
    assert isinstance(found, Cv)
    return found


def proposal_of(cv: Cv, case: Case) -> Proposal:
    if case.path.endswith("[]"):
        return Proposal(id="p", path=case.path[:-2], op="insert", reason="r", after=case.text)
    before = paths.get(cv, case.path)
    return Proposal(
        id="p", path=case.path, op="replace", reason="r", before=before, after=case.text
    )


def test_the_battery_is_large_enough_to_mean_something() -> None:
    assert len(FABRICATED) >= 110
    assert len(HONEST) >= 50


def test_in_other_trades_few_lies_pass_and_few_truths_fail(mira: Cv, paul: Cv) -> None:
    people = {"mira": mira, "paul": paul}
    passed = [
        (case, verify(people[case.cv], proposal_of(people[case.cv], case)).supported)
        for case in cases(CASES.with_name("holdout.txt"))
    ]
    lies = [supported for case, supported in passed if case.rules]
    truths = [supported for case, supported in passed if not case.rules]
    assert len(lies) >= 50
    assert len(truths) >= 30
    assert sum(lies) / len(lies) <= 0.05
    assert sum(truths) / len(truths) >= 0.9


@pytest.mark.parametrize("case", FABRICATED, ids=lambda case: case.text[:60])
def test_a_fabrication_is_refused_for_what_it_is(cv: Cv, case: Case) -> None:
    verdict = verify(cv, proposal_of(cv, case))
    assert not verdict.supported
    assert {each.rule for each in verdict.refusals} & case.rules


@pytest.mark.parametrize("case", HONEST, ids=lambda case: case.text[:60])
def test_the_same_in_other_words_passes(cv: Cv, case: Case) -> None:
    assert verify(cv, proposal_of(cv, case)).refusals == ()


SUMMARY = "Backend developer with a taste for databases and quiet systems."


def change(path: str, after: Any, *citations: Citation, op: Any = "replace") -> Proposal:
    return Proposal(id="p", path=path, op=op, reason="r", after=after, citations=citations)


def rules_of(cv: Cv, proposal: Proposal, attested: tuple[str, ...] = ()) -> set[str]:
    return {each.rule for each in verify(cv, proposal, attested).refusals}


@pytest.mark.parametrize(
    ("path", "quote"),
    [
        ("work[w1].highlights[b1]", "for 400 depots"),
        ("work[w1].highlights[b1]", "built order services"),
        ("work[w1].highlights[b1]", "  "),
        ("work[w1].highlights", "Built order services"),
        ("work[w9].highlights[b1]", "Built order services"),
    ],
)
def test_a_citation_that_does_not_stand_there_letter_for_letter_is_refused(
    ada: Cv, path: str, quote: str
) -> None:
    proposal = change("basics.summary", SUMMARY, Citation(path=path, quote=quote))
    assert rules_of(ada, proposal) == {"citation"}


def test_what_a_model_wrote_is_no_evidence_until_a_person_attests_it(ada: Cv) -> None:
    drafted = paths.insert(ada, "work[w1].highlights", "Ran Kafka for 7 depots")
    at = f"work[w1].highlights[{paths.ids_at(drafted, 'work[w1].highlights')[0]}]"
    by_model = paths.with_value(drafted, "meta.x-cvcore.origins", {at: "model"})
    keyword = change("skills[s2].keywords", "Kafka", op="insert")
    quoting = change("basics.summary", SUMMARY, Citation(path=at, quote="Ran Kafka"))
    assert rules_of(drafted, keyword) == set()
    assert rules_of(by_model, keyword) == {"tool"}
    assert rules_of(by_model, quoting) == {"citation"}
    attested = paths.with_value(drafted, "meta.x-cvcore.origins", {at: "attested"})
    assert rules_of(attested, keyword) == set()


def test_what_a_person_attests_supports_the_claim(ada: Cv) -> None:
    line = "Led the migration of 5 warehouses to Kubernetes"
    proposal = change("work[w1].highlights", line, op="insert")
    assert {"number"} <= rules_of(ada, proposal)
    assert rules_of(ada, proposal, ("I led the migration of 5 warehouses to Kubernetes",)) == set()


def test_moving_and_removing_claim_nothing(ada: Cv) -> None:
    move = Proposal(id="p", path="work[w1].highlights[b3]", op="move", reason="r",
                    position=Position(after=None))  # fmt: skip
    assert verify(ada, move).supported
    assert verify(ada, change("work[w1].highlights[b5]", None, op="remove")).supported


@pytest.mark.parametrize("op", ["replace", "insert", "remove", "move"])
def test_a_path_that_leads_nowhere_is_refused(ada: Cv, op: Any) -> None:
    assert rules_of(ada, change("work[w9].highlights[b1]", "x", op=op)) == {"path"}


@pytest.mark.parametrize(
    ("path", "item"),
    [
        ("work", {"name": "Acme", "position": "Backend developer"}),
        ("work", {"name": "Northwind Freight", "position": "Backend developer"}),
        ("education", {"institution": "University of Tours", "studyType": "Bachelor"}),
        ("certificates", {"name": "CKA"}),
        ("languages", {"language": "English", "fluency": "fluent"}),
        ("awards", {"title": "Employee of the year"}),
        ("projects", {"name": "Mars lander", "highlights": ["Flew it"]}),
        ("basics.profiles", {"network": "GitHub", "username": "ada"}),
    ],
)
def test_no_job_study_or_certificate_is_added_by_a_draft(ada: Cv, path: str, item: Any) -> None:
    assert "item" in rules_of(ada, change(path, item, op="insert"))


def test_a_whole_item_is_checked_field_by_field(ada: Cv) -> None:
    job = paths.get(ada, "work[w1]")
    same = {**job, "highlights": job["highlights"][::-1]}
    assert rules_of(ada, change("work[w1]", same)) == set()
    better = {**job, "startDate": "2015-01", "highlights": ["Built 99 services in Kafka"]}
    assert {"fixed_fact", "number", "tool"} <= rules_of(ada, change("work[w1]", better))


def test_a_list_put_in_the_place_of_another_is_checked_line_by_line(ada: Cv) -> None:
    words = paths.get(ada, "skills[s1].keywords")
    assert rules_of(ada, change("skills[s1].keywords", words[::-1])) == set()
    assert rules_of(ada, change("skills[s1].keywords", [*words, "Rust"])) == {"tool"}


def test_a_group_of_skills_may_have_a_name_that_says_nothing(ada: Cv) -> None:
    group = {"name": "Technical skills", "keywords": ["PostgreSQL", "Kubernetes"]}
    assert rules_of(ada, change("skills", group, op="insert")) == set()
    group = {"name": "Cloud native expertise", "keywords": ["PostgreSQL"], "level": "Master"}
    assert rules_of(ada, change("skills", group, op="insert")) == {"tool", "level"}


def test_a_number_is_known_in_any_of_its_forms(ada: Cv) -> None:
    for text in ("1.5 million euros", "€1.5M", "1,5 M€", "1 500 000 €", "1,500,000 euros"):
        line = f"Maintained a Django shop with a yearly turnover of {text}"
        assert rules_of(ada, change("work[w2].highlights[b1]", line)) == set()


def test_the_verdict_is_the_same_however_often_it_is_asked(ada: Cv) -> None:
    proposal = change("basics.summary", "Senior expert in Kafka for 20 years at Google.")
    assert verify(ada, proposal) == verify(ada, proposal)
    claims = [(each.rule, each.claim) for each in verify(ada, proposal).refusals]
    assert len(claims) == len(set(claims))


@pytest.mark.parametrize(
    "text", ["word " * 3000, "1 " * 10_000, "A" * 200_000, ["Sold it in Kafka"] * 400]
)
def test_what_is_far_too_long_is_refused_unread(ada: Cv, text: Any) -> None:
    path = "basics.summary" if isinstance(text, str) else "work[w1].highlights"
    assert rules_of(ada, change(path, text)) == {"content"}
