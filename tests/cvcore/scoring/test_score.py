"""The story of one score: what each line says, what is flagged, what would help."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from cvcore.cv import texts
from cvcore.cv.model import Cv, Line, Skill, Work
from cvcore.offers.model import Offer
from cvcore.scoring import Criterion, Evidence, Match, Score, replay, score

AT = date(2026, 1, 15)


def line(scored: Score, requirement: str) -> Criterion:
    return next(each for each in scored.criteria if each.requirement == requirement)


def test_each_criterion_says_what_was_found(cv: Cv, offer: Offer) -> None:
    scored = score(cv, offer, at=AT)
    states = {each.requirement: each.state for each in scored.criteria}
    assert states["r1"] == states["r2"] == states["r5"] == states["r6"] == states["r7"] == "met"
    assert states["r3"] == "partial"
    assert states["r8"] == "missing"
    assert states["r9"] == "unverifiable"
    assert line(scored, "r4").state == "missing"
    assert scored.matching_skills[:2] == ("Python", "PostgreSQL")
    assert "Kafka" in " ".join(scored.missing_skills)


def test_every_quote_stands_in_the_cv(cv: Cv, offer: Offer) -> None:
    by_path = {each.path: each.text for each in texts(cv)}
    quotes = [one for each in score(cv, offer, at=AT).criteria for one in each.evidence]
    assert quotes
    assert all(one.quote in by_path[one.path] for one in quotes)


def test_contributions_sum_to_exact_and_weights_to_100(cv: Cv, offer: Offer) -> None:
    scored = score(cv, offer, at=AT)
    assert scored.exact == pytest.approx(sum(each.earned for each in scored.criteria))
    assert sum(each.weight for each in scored.criteria) == pytest.approx(100)
    assert sum(part.weight for part in scored.breakdown.values()) == pytest.approx(100)
    assert scored.exact is not None
    assert abs((scored.value or 0) - scored.exact) <= 0.5


def test_required_weighs_twice_preferred(cv: Cv, offer: Offer) -> None:
    scored = score(cv, offer, at=AT)
    assert line(scored, "r1").weight == pytest.approx(2 * line(scored, "r4").weight)


def test_an_offer_that_states_nothing_gives_no_value(cv: Cv) -> None:
    scored = score(cv, Offer(), at=AT)
    assert scored.value is None
    assert scored.exact is None
    assert all(part.value is None for part in scored.breakdown.values())


def test_a_skill_used_counts_more_than_one_listed(cv: Cv, offer: Offer) -> None:
    bullets = (*cv.work[0].highlights, Line("b9", "Shipped every service as a Docker image"))
    used = replace(cv, work=(replace(cv.work[0], highlights=bullets), *cv.work[1:]))
    listed, told = score(cv, offer, at=AT), score(used, offer, at=AT)
    assert line(listed, "r3").strength <= 0.5
    assert line(told, "r3").strength == 1.0


def test_a_related_skill_counts_in_part_and_says_so(cv: Cv, offer: Offer) -> None:
    without = replace(cv, work=(replace(cv.work[0], highlights=()), cv.work[1]))
    mysql = line(score(without, offer, at=AT), "r2")
    assert mysql.rule.startswith("family")
    assert 0 < mysql.strength < 0.5


def test_years_are_of_merged_dated_jobs(cv: Cv, offer: Offer) -> None:
    short = replace(cv, work=(replace(cv.work[0], start_date="2025-01"),))
    assert line(score(short, offer, at=AT), "r5").strength == pytest.approx(12 / 36, abs=0.01)
    twice = replace(short, work=(*short.work, replace(short.work[0], id="w9")))
    assert line(score(twice, offer, at=AT), "r5").strength == pytest.approx(12 / 36, abs=0.01)


def test_words_copied_from_the_offer_earn_nothing_and_are_flagged(cv: Cv, offer: Offer) -> None:
    text = f"{offer.description} Kafka"
    kafka = replace(offer, description=f"{offer.description} Kafka")
    pasted = replace(cv, basics=replace(cv.basics, summary=text))
    before, after = score(cv, kafka, at=AT), score(pasted, kafka, at=AT)
    assert after.exact == before.exact
    assert [flag.path for flag in after.flags if flag.code == "pasted_offer"] == ["basics.summary"]


def test_lists_earn_no_more_than_their_cap_however_long(cv: Cv, offer: Offer) -> None:
    keywords = tuple(Line(f"k{n}", "Kafka, Docker, teamwork, Ruby, Go") for n in range(50))
    stuffed = replace(cv, skills=(*cv.skills, Skill(id="s9", name="More", keywords=keywords)))
    once = replace(cv, skills=(*cv.skills, Skill(id="s9", name="More", keywords=keywords[:1])))
    honest, listed = score(cv, offer, at=AT).exact, score(once, offer, at=AT).exact
    assert score(stuffed, offer, at=AT).exact == listed
    assert honest is not None
    assert listed is not None
    assert listed - honest <= 11.5


def test_a_suggestion_gains_exactly_what_it_says(cv: Cv, offer: Offer) -> None:
    scored = score(cv, offer, at=AT)
    docker = next(each for each in scored.suggestions if each.criterion == "r3")
    assert docker.claimable
    assert not next(each for each in scored.suggestions if each.criterion == "r4").claimable
    matches = [
        Match(
            requirement=each.requirement,
            strength=1.0 if each.requirement == "r3" else each.strength,
            claimed=0.0 if each.requirement == "r3" else each.claimed,
            rule=each.rule,
            evidence=(Evidence(path="work[w1].position", quote="Python developer"),)
            if each.requirement == "r3"
            else each.evidence,
            verifiable=each.state != "unverifiable",
        )
        for each in scored.criteria
    ]
    from cvcore.scoring.criteria import demand_of
    from cvcore.scoring.rules import tally

    counted = tally(demand_of(offer).asked, {match.requirement: match for match in matches})
    assert counted.exact is not None
    assert scored.exact is not None
    assert counted.exact - scored.exact == pytest.approx(docker.gain, abs=1e-3)
    assert list(scored.suggestions) == sorted(scored.suggestions, key=lambda each: -each.gain)


def test_suggestions_speak_the_language_of_the_cv(cv: Cv, offer: Offer) -> None:
    french = score(replace(cv, language="fr"), offer, at=AT)
    assert any(each.title.startswith("Absent") for each in french.suggestions)


def test_matches_from_elsewhere_must_quote_the_cv(cv: Cv, offer: Offer) -> None:
    made_up = Match(
        requirement="r4",
        strength=1.0,
        rule="model",
        evidence=(Evidence(path="work[w1].highlights[b1]", quote="Ran Kafka in three regions"),),
    )
    listed = Match(
        requirement="r3",
        strength=1.0,
        rule="model",
        evidence=(Evidence(path="skills[s1].keywords[k2]", quote="Docker"),),
    )
    scored = score(cv, offer, at=AT, matches=[made_up, listed], matcher="model/1")
    assert line(scored, "r4").state == "missing"
    assert line(scored, "r3").strength <= 0.5
    assert scored.receipt.matcher == "model/1"
    assert replay(scored, cv, offer).is_same


def test_a_receipt_replays_and_names_what_has_changed(cv: Cv, offer: Offer) -> None:
    scored = score(cv, offer, at=AT)
    assert scored.receipt.at == date(2026, 1, 1)
    assert replay(scored, cv, offer).is_same
    other = replace(cv, work=cv.work[:1])
    assert replay(scored, other, offer).changed == ("cv",)
    assert replay(scored, cv, replace(offer, title="Cook")).changed == ("offer",)
    first = scored.criteria[0]
    forged = replace(
        scored, criteria=(replace(first, earned=first.earned + 1), *scored.criteria[1:])
    )
    assert f"points:{first.requirement}" in replay(forged, cv, offer).changed


def test_a_plain_text_in_the_summary_scores_too(offer: Offer) -> None:
    plain = Cv(work=(Work(id="w1", summary="Built services in Python and PostgreSQL"),))
    bare = score(plain, offer, at=AT)
    assert line(bare, "r1").state == "partial"
    assert {flag.code for flag in bare.flags} == {"no_dates"}
