from __future__ import annotations

import pytest

from cvcore.offers import Offer, Requirement
from cvcore.offline import read_offer
from cvcore.offline.offer_lines import Line, asked_in
from cvcore.offline.offer_sections import Section, section_of

ENGLISH = """Senior Backend Engineer
Company: Northwind Labs
Location: Leeds, United Kingdom (hybrid)

About us
We forecast the weather for farms. Our team uses Perl since 2004.

What you'll do
- Design services in Go
- Mentor engineers

Requirements:
- 5+ years of experience with Python
- PostgreSQL or MySQL
- Master's degree in computer science or equivalent experience
- Fluent English, French B2
- Docker (Kubernetes a plus)

Nice to have
- Terraform
- AWS must be known well

What we offer
- 28 days of holiday and a Jira licence of your own
"""

FRENCH = """Développeur Python H/F
Entreprise : Les Ateliers Bleus
Lieu de travail : Nantes

Vos missions :
• Concevoir des API avec Django
• Encadrer deux personnes

Profil recherché :
• Maîtrise de Python et de PostgreSQL
• Trois ans d'expérience minimum
• Une connaissance de Docker serait un plus
• Bac+5 en informatique
• Anglais courant

Nous offrons :
• Télétravail partiel, tickets restaurant
"""


def by_skill(offer: Offer, skill: str) -> Requirement:
    return next(r for r in offer.requirements if r.kind == "skill" and skill in r.skills)


def of_kind(offer: Offer, kind: str) -> list[Requirement]:
    return [requirement for requirement in offer.requirements if requirement.kind == kind]


def test_an_english_offer_is_split_into_what_it_asks() -> None:
    offer = read_offer(ENGLISH)
    assert (offer.title, offer.company) == ("Senior Backend Engineer", "Northwind Labs")
    assert (offer.location.text, offer.location.remote) == (
        "Leeds, United Kingdom (hybrid)",
        "hybrid",
    )
    assert offer.experience.years_min == 5
    assert offer.experience.level == "senior"
    assert offer.language == "en"
    assert offer.responsibilities == ("Design services in Go", "Mentor engineers")
    assert [(one.level, one.necessity) for one in of_kind(offer, "education")] == [
        ("EQF7", "preferred")
    ]
    assert [(one.skills, one.level) for one in of_kind(offer, "language")] == [
        (("english",), "C1"),
        (("french",), "B2"),
    ]


def test_a_french_offer_is_split_the_same_way() -> None:
    offer = read_offer(FRENCH)
    assert (offer.title, offer.company) == ("Développeur Python H/F", "Les Ateliers Bleus")
    assert offer.language == "fr"
    assert by_skill(offer, "python").necessity == "required"
    assert by_skill(offer, "docker").necessity == "preferred"
    assert [one.level for one in of_kind(offer, "experience")] == ["3"]
    assert [one.level for one in of_kind(offer, "education")] == ["EQF7"]
    assert offer.benefits == ("Télétravail partiel, tickets restaurant",)


def test_one_of_several_skills_is_enough_where_the_offer_says_or() -> None:
    either = by_skill(read_offer(ENGLISH), "mysql")
    assert either.any_of
    assert either.skills == ("postgresql", "mysql")


def test_necessity_follows_the_heading_and_the_words_follow_their_clause() -> None:
    offer = read_offer(ENGLISH)
    assert by_skill(offer, "docker").necessity == "required"
    assert by_skill(offer, "kubernetes").necessity == "preferred"
    assert by_skill(offer, "terraform").necessity == "preferred"
    assert by_skill(offer, "aws").necessity == "required"


def test_the_company_and_its_benefits_ask_nothing() -> None:
    asked = {skill for one in read_offer(ENGLISH).requirements for skill in one.skills}
    assert not asked & {"perl", "jira"}


def test_duties_add_what_no_requirement_names_as_preferred() -> None:
    text = ENGLISH.replace("services in Go", "services in Python and Kafka")
    duty = by_skill(read_offer(text), "kafka")
    assert (duty.skills, duty.necessity) == (("kafka",), "preferred")


def test_law_and_pay_at_the_end_of_a_part_end_it() -> None:
    text = ENGLISH.replace(
        "Nice to have",
        "We are an equal opportunity employer.\nSend your Excel sheets to us.\n\nNice to have",
    )
    assert read_offer(text).requirements == read_offer(ENGLISH).requirements


def test_ids_are_unique_and_in_the_order_of_the_text() -> None:
    ids = [requirement.id for requirement in read_offer(ENGLISH).requirements]
    assert ids == [f"r{number}" for number in range(1, len(ids) + 1)]


def test_several_degrees_required_are_alternatives_and_the_lowest_counts() -> None:
    text = ENGLISH.replace(
        "- Docker", "- High school diploma and 4 years\n- Bachelor's degree and 2 years\n- Docker"
    )
    required = [
        one for one in of_kind(read_offer(text), "education") if one.necessity == "required"
    ]
    assert [one.level for one in required] == ["EQF4"]


@pytest.mark.parametrize(
    ("line", "skills"),
    [
        ("Message brokers such as RabbitMQ or Kafka", [("message-broker", "rabbitmq", "kafka")]),
        ("Java, Spring, Hibernate, Maven", []),
        ("Docker and Kubernetes", []),
        ("At least one of Java, Go or Python", [("java", "go", "python")]),
    ],
)
def test_alternatives_are_told_from_lists(line: str, skills: list[tuple[str, ...]]) -> None:
    drafts = list(asked_in(Line(line, "required")))
    assert [draft.skills for draft in drafts if draft.any_of] == skills


def test_the_field_of_a_degree_is_no_skill_of_its_own() -> None:
    drafts = list(asked_in(Line("Bachelor's degree in computer science", "required")))
    assert [draft.kind for draft in drafts] == ["education"]


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("Requirements", "required"), ("What you'll bring", "required"), ("MUST HAVE:", "required"),
        ("Basic Qualifications", "required"), ("Votre profil", "required"),
        ("Compétences techniques", "required"), ("Ihr Profil", "required"),
        ("Požadujeme", "required"), ("Nice to have", "preferred"),
        ("Preferred Qualifications", "preferred"), ("Les plus", "preferred"),
        ("Desired skills", "preferred"), ("What you'll do", "responsibilities"),
        ("Key responsibilities", "responsibilities"), ("Vos missions", "responsibilities"),
        ("Descriptif du poste", "responsibilities"), ("Benefits", "benefits"),
        ("What we offer", "benefits"), ("Nos avantages", "benefits"), ("About us", "company"),
        ("Qui sommes-nous ?", "company"), ("How to apply", "process"),
        ("Equal opportunity employer", "other"), ("Banana bread", None), ("", None),
    ],
)  # fmt: skip
def test_headings_open_the_part_they_name(heading: str, section: Section | None) -> None:
    assert section_of(heading, is_marked=True) == section


@pytest.mark.parametrize(
    ("line", "skills"),
    [
        ("At least 5 years of experience as a backend engineer", []),
        ("Two years as a front-end developer", []),
        ("3+ years of experience as a Java developer", [("java",)]),
        ("5 years of backend development in Python", [("backend-development", "python")]),
    ],
)
def test_years_in_a_role_ask_for_the_years_and_not_again_for_its_field(
    line: str, skills: list[tuple[str, ...]]
) -> None:
    drafts = list(asked_in(Line(line, "required")))
    assert [draft.kind for draft in drafts].count("experience") == 1
    assert [draft.skills for draft in drafts if draft.kind == "skill"] == skills


def test_what_a_duty_is_about_is_no_skill_it_asks() -> None:
    duties = "- Design and run the services behind our shipment API\n- Tune our Kafka cluster"
    offer = read_offer(ENGLISH.replace("- Mentor engineers", duties))
    preferred = {s for one in offer.requirements for s in one.skills if one.kind == "skill"}
    assert "kafka" in preferred
    assert "api-development" not in preferred


@pytest.mark.parametrize(
    ("line", "necessity"),
    [
        ("Tu as de l'expérience en atelier de tonnellerie", "required"),
        ("Expérience similaire exigée", "required"),
        ("Une première expérience en chapellerie est souhaitée", "preferred"),
        ("Une expérience dans les marais salants serait un plus", "preferred"),
        ("Previous experience in a lighthouse is required", "required"),
    ],
)
def test_experience_is_asked_without_a_number_of_years_too(line: str, necessity: str) -> None:
    asked = [one for one in asked_in(Line(line, "none")) if one.kind == "experience"]
    assert [(one.level, one.necessity) for one in asked] == [(None, necessity)]


@pytest.mark.parametrize("line", ["Débutant accepté", "Aucune expérience exigée"])
def test_an_offer_open_to_beginners_asks_no_experience(line: str) -> None:
    assert list(asked_in(Line(line, "required"))) == []


def test_a_licence_demanded_among_the_conditions_is_asked() -> None:
    text = "Batelier H/F\nVos missions :\n- Passer les promeneurs d'une rive à l'autre\n"
    offer = read_offer(f"{text}Conditions proposées :\n- 35 heures\n- Permis B obligatoire\n")
    assert [one.kind for one in offer.requirements if "Permis" in one.text][:1] == ["certification"]


def test_a_diploma_demanded_without_a_level_is_asked() -> None:
    drafts = list(asked_in(Line("Diplôme de scaphandrier exigé", "none")))
    assert [one.kind for one in drafts] == ["education"]
