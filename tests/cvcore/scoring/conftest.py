"""A CV and an offer of the same trade, and small ways to change them."""

from __future__ import annotations

from datetime import date

import pytest

from cvcore.cv.model import Basics, Cv, Education, Language, Line, Skill, Work
from cvcore.offers.model import Experience, Offer, Requirement

AT = date(2026, 1, 1)


@pytest.fixture
def cv() -> Cv:
    return Cv(
        basics=Basics(name="Ada Example", label="Backend developer", email="ada@example.org"),
        work=(
            Work(
                id="w1",
                name="Fictional Freight",
                position="Python developer",
                start_date="2021-03",
                highlights=(
                    Line("b1", "Built order services in Python and PostgreSQL for 40 depots"),
                    Line("b2", "Moved nightly jobs to Kubernetes with two colleagues"),
                ),
            ),
            Work(
                id="w2",
                name="Invented Shops",
                position="Software engineer",
                start_date="2018-01",
                end_date="2021-02",
                highlights=(Line("b1", "Maintained a Django shop and its MySQL reports"),),
            ),
        ),
        education=(Education(id="e1", study_type="Bachelor of Science", area="Computer science"),),
        skills=(Skill(id="s1", name="Tools", keywords=(Line("k1", "Git"), Line("k2", "Docker"))),),
        languages=(Language(id="l1", language="English", fluency="C1"),),
        language="en",
    )


@pytest.fixture
def offer() -> Offer:
    def asked(id: str, text: str, kind: str, *skills: str, **more: object) -> Requirement:
        return Requirement(id=id, text=text, kind=kind, skills=skills, **more)  # type: ignore[arg-type]

    return Offer(
        title="Backend developer",
        experience=Experience(years_min=3),
        requirements=(
            asked("r1", "Python", "skill", "python"),
            asked("r2", "PostgreSQL", "skill", "postgresql"),
            asked("r3", "Docker", "skill", "docker"),
            asked("r4", "Kafka", "skill", "kafka", necessity="preferred"),
            asked("r5", "3 years with Python", "experience", "python", level="3"),
            asked("r6", "Bachelor in computer science", "education", level="EQF6"),
            asked("r7", "English B2", "language", "english", level="B2"),
            asked("r8", "Teamwork", "softSkill", "teamwork"),
            asked("r9", "You like our office dog", "other"),
        ),
        description="We look for a backend developer who cares about quiet, boring deployments "
        "and about the people who are woken at night when a deployment was neither of these.",
    )
