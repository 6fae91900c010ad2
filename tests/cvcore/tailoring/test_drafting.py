"""Drafts without a model: order, emphasis and names, of nothing but what the CV says."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cvcore.cv import Cv, from_json_resume, paths
from cvcore.offers.model import Experience, Offer, Requirement
from cvcore.scoring import score
from cvcore.tailoring import Proposal, all_accepted, draft, verify

AT = date(2026, 1, 1)


def offer_of(*skills: tuple[str, str], title: str = "Backend engineer") -> Offer:
    asked = tuple(
        Requirement(id=f"r{at}", text=text, kind="skill", skills=(skill,))
        for at, (skill, text) in enumerate(skills, 1)
    )
    return Offer(title=title, requirements=asked, experience=Experience(years_min=3))


OFFER = offer_of(
    ("kubernetes", "Kubernetes in production"),
    ("kafka", "Apache Kafka"),
    ("postgresql", "PostgreSQL"),
    ("terraform", "Terraform"),
)

CV = from_json_resume(
    {
        "basics": {"name": "Ada", "summary": "Likes quiet systems."},
        "work": [
            {
                "name": "Northwind",
                "position": "Backend engineer",
                "startDate": "2020-01",
                "highlights": [
                    "Answered the phone on Fridays",
                    "Ran order services on k8s for 40 depots",
                    "Moved billing to Postgres",
                ],
            }
        ],
        "skills": [
            {"name": "Office", "keywords": ["Word processing", "Typing"]},
            {"name": "Data", "keywords": ["Perl", "COBOL", "Bash", "Postgres"]},
        ],
        "projects": [{"name": "Garden"}, {"name": "Bus", "description": "A Kafka bus"}],
        "meta": {"x-cvcore": {"language": "en"}},
    }
)


def drafted(cv: Cv, offer: Offer = OFFER) -> tuple[Proposal, ...]:
    return draft(cv, offer, score(cv, offer, at=AT))


def test_every_draft_is_supported_cites_the_cv_and_names_its_criterion() -> None:
    proposals = drafted(CV)
    assert len(proposals) >= 7
    for proposal in proposals:
        assert verify(CV, proposal).supported
        assert proposal.citations
        assert proposal.criterion in {"r1", "r2", "r3", "title"}
        assert proposal.reason
    assert len({proposal.id for proposal in proposals}) == len(proposals)


def test_the_offers_name_stands_beside_the_cvs() -> None:
    (named,) = (each for each in drafted(CV) if each.path == "skills[s2].keywords[k4]")
    assert (named.before, named.after) == ("Postgres", "PostgreSQL (Postgres)")


def test_what_answers_the_offer_comes_first() -> None:
    cv = all_accepted(CV, drafted(CV))
    assert [group.name for group in cv.skills] == ["Data", "Office"]
    assert paths.get(cv, "skills[s2].keywords")[0] == "PostgreSQL (Postgres)"
    assert "k8s" in cv.work[0].highlights[0].text
    assert [project.name for project in cv.projects] == ["Bus", "Garden"]


def test_skills_that_jobs_show_are_listed_and_others_never() -> None:
    cv = all_accepted(CV, drafted(CV))
    listed = [line.text for group in cv.skills for line in group.keywords]
    assert any("Kubernetes" in text for text in listed)
    assert any("Kafka" in text for text in listed)
    assert not any("Terraform" in text for text in listed)


def test_the_summary_and_an_empty_headline_take_words_of_the_jobs() -> None:
    cv = all_accepted(CV, drafted(CV))
    assert cv.basics.label == "Backend engineer"
    assert (cv.basics.summary or "").startswith("Likes quiet systems. Key skills: ")
    assert "Kubernetes" in (cv.basics.summary or "")


def test_reasons_are_in_the_language_of_the_cv() -> None:
    french = paths.with_value(CV, "meta.x-cvcore.language", "fr")
    assert any("L'offre" in each.reason for each in drafted(french))
    assert any("Compétences clés" in str(each.after) for each in drafted(french))


def test_an_ambiguous_word_is_made_plain_where_the_skills_list_it_and_the_score_rises() -> None:
    job = {
        "name": "Northwind",
        "position": "Backend engineer",
        "startDate": "2020-01",
        "highlights": ["Wrote order services in Go", "Went on to Go meetups"],
    }
    cv = from_json_resume({"work": [job], "skills": [{"name": "Code", "keywords": ["Golang"]}]})
    offer = offer_of(("go", "Golang"))
    before = score(cv, offer, at=AT)
    after = score(all_accepted(cv, drafted(cv, offer)), offer, at=AT)
    assert before.exact is not None
    assert after.exact is not None
    assert after.exact > before.exact + 10


def test_drafts_use_nothing_that_a_model_wrote() -> None:
    at = "work[w1].highlights[b2]"
    by_model = paths.with_value(CV, "meta.x-cvcore.origins", {at: "model"})
    assert not any("Kubernetes" in str(each.after) for each in drafted(by_model))


def test_an_offer_that_asks_nothing_that_can_be_checked_brings_no_draft() -> None:
    assert drafted(CV, Offer(description="Come and join us")) == ()


def test_a_cv_without_skills_gets_one_group_of_those_its_jobs_show() -> None:
    cv = paths.with_value(CV, "skills", [])
    (group,) = (each for each in drafted(cv) if each.path == "skills")
    assert group.after["name"] == "Technical skills"
    assert {"Kubernetes", "PostgreSQL"} <= set(group.after["keywords"])


LINES = (
    "Ran services on k8s", "Answered the phone", "Moved billing to Postgres", "Sold fish",
    "Built a Kafka bus", "Wrote Terraform modules", "Took part in a K8s course",
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(LINES), max_size=4), max_size=3),
    st.lists(st.lists(st.sampled_from(["Postgres", "K8s", "Perl", "Kafka", "Tea"]), max_size=5)),
)
def test_accepting_every_draft_never_lowers_the_score(
    jobs: list[list[str]], groups: list[list[str]]
) -> None:
    work = [
        {"name": f"E{n}", "startDate": "2020", "highlights": each} for n, each in enumerate(jobs)
    ]
    skills = [{"name": f"G{n}", "keywords": each} for n, each in enumerate(groups[:3])]
    cv = from_json_resume({"work": work, "skills": skills})
    before = score(cv, OFFER, at=AT).exact
    proposals = drafted(cv)
    after = score(all_accepted(cv, proposals), OFFER, at=AT).exact
    assert (after or 0) >= (before or 0) - 1e-6
    assert all(verify(cv, each).supported for each in proposals)


@pytest.mark.parametrize("language", ["en", "fr", None])
def test_the_same_cv_and_offer_give_the_same_drafts(language: str | None) -> None:
    cv = paths.with_value(CV, "meta.x-cvcore.language", language)
    assert drafted(cv) == drafted(cv)
