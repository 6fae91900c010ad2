"""CVs to export: the packaged samples, and one that means harm."""

from __future__ import annotations

import msgspec
import pytest

from cvcore.cv import Cv, from_json_resume
from cvweb.samples import SAMPLES

HOSTILE = (
    '#import "secret.typ": *',
    "<script>alert(1)</script>",
    '$x^2$ *b* _i_ `c` @ref <lab> #panic("no") \\u{41} "q" \\',
    "= Heading",
    "- item",
    "// comment /* c */",
    "{{ template }} %s ../../etc/passwd",
)


@pytest.fixture(params=[each.language for each in SAMPLES])
def sample_cv(request: pytest.FixtureRequest) -> Cv:
    """Each packaged CV."""
    return next(cv for language, cv in _samples() if language == request.param)


@pytest.fixture
def hostile() -> Cv:
    """A CV whose every text is somebody's markup."""
    return from_json_resume(
        {
            "basics": {
                "name": HOSTILE[0],
                "label": HOSTILE[1],
                "summary": "\n".join(HOSTILE),
                "url": "javascript:alert(1)",
            },
            "work": [
                {"name": text, "position": text, "highlights": [text], "startDate": text}
                for text in HOSTILE
            ],
            "skills": [{"name": text, "keywords": [text]} for text in HOSTILE],
        }
    )


@pytest.fixture
def hostile_texts() -> tuple[str, ...]:
    """What the hostile CV says."""
    return HOSTILE


_WORKS = (
    ("Planned", "the drains", "farms", "last pipe"),
    ("Built", "timber roofs", "village halls", "last tile"),
    ("Renewed", "the stonework", "chapels", "last joint of the tower"),
    ("Surveyed", "the footings", "warehouses", "first load of stone"),
    ("Supervised", "concrete pours", "bridges", "opening by the mayor"),
    ("Repaired", "sea walls", "harbours", "first ship"),
    ("Estimated", "the costs", "schools", "signed contract"),
    ("Handed over", "finished flats", "housing trusts", "keys in the tenants' hands"),
)


def _job(number: int) -> dict[str, object]:
    """One job of a long life."""
    year = 2024 - 3 * number
    return {
        "name": f"Larkspur Works {number + 1} Ltd",
        "position": ("Site Manager", "Project Engineer", "Site Engineer")[number % 3],
        "location": ("Truro", "Exeter", "Bristol")[number % 3],
        "startDate": f"{year}-04",
        "endDate": f"{year + 3}-03",
        "highlights": [
            f"{verb} {work} for {number + 2} {places}, from the first survey to the {end}"
            for verb, work, places, end in _WORKS
        ],
    }


_PERSON = {"name": "Jo Example", "email": "jo@example.org", "phone": "+44 20 7946 0112"}
_STUDY = {
    "institution": "University of Northmoor",
    "studyType": "MSc",
    "area": "Civil Engineering",
    "startDate": "1995",
    "endDate": "1998",
}
VARIED: dict[str, dict[str, object]] = {
    "three pages": {
        "basics": {**_PERSON, "label": "Site Manager"},
        "work": [_job(number) for number in range(9)],
        "education": [_STUDY],
        "skills": [{"name": "Site", "keywords": ["AutoCAD", "Concrete", "Surveying"]}],
    },
    "empty sections": {
        "basics": _PERSON,
        "work": [],
        "education": [_STUDY],
        "skills": [],
        "languages": [],
        "projects": [],
    },
    "accents": {
        "basics": {**_PERSON, "name": "Zdeňka Ěščáková", "summary": "Żółć, ångström, çà, œuvre."},
        "work": [
            {
                "name": "Kovárna Březová",
                "position": "Účetní",
                "startDate": "2019-05",
                "highlights": ["Řídila uzávěrky za 3 střediska", "Přešla na nový účetní systém"],
            }
        ],
        "education": [_STUDY],
    },
    "emoji": {
        "basics": {**_PERSON, "summary": "Teacher 📚 and gardener 🌱."},
        "work": [
            {
                "name": "Fernhill School",
                "position": "Teacher",
                "startDate": "2015-09",
                "highlights": ["Taught mathematics to 120 pupils a year"],
            }
        ],
        "education": [_STUDY],
    },
    "whole days and years alone": {
        "basics": {**_PERSON, "label": "Nurse"},
        "work": [
            {
                "name": "St Bride's Hospital",
                "position": "Nurse",
                "startDate": "2018-03-12",
                "endDate": "2022-11-30",
                "highlights": ["Cared for a ward of 24 patients"],
            },
            {
                "name": "Marlow Clinic",
                "position": "Assistant Nurse",
                "startDate": "2014",
                "endDate": "2018",
                "highlights": ["Supported two surgeons"],
            },
        ],
        "education": [_STUDY],
    },
    "right to left": {
        "basics": {**_PERSON, "summary": "مهندسة برمجيات من ذوي الخبرة"},
        "work": [
            {
                "name": "Dar Alnoor",
                "position": "Software Engineer",
                "startDate": "2020-01",
                "highlights": ["Translated the shop into العربية and עברית for 9 countries"],
            }
        ],
        "education": [_STUDY],
    },
    "every section": {
        "basics": {
            **_PERSON,
            "label": "Software Engineer",
            "url": "https://jo.example.org",
            "summary": "Writes maps that sailors trust.",
            "location": {"city": "Bristol", "countryCode": "GB"},
            "profiles": [{"network": "Forge", "url": "https://forge.example.org/jo"}],
        },
        "work": [_job(0)],
        "volunteer": [
            {
                "organization": "Harbour Lifeboat Society",
                "position": "Volunteer Navigator",
                "startDate": "2016-05",
                "endDate": "2019-09",
                "highlights": ["Planned searches along 40 miles of coast"],
            }
        ],
        "education": [_STUDY],
        "awards": [{"title": "Silver Compass", "awarder": "Guild of Pilots", "date": "2018-06"}],
        "publications": [
            {"name": "Charts for small boats", "publisher": "Keel Press", "releaseDate": "2017-02"}
        ],
        "skills": [{"name": "Maps", "keywords": ["QGIS", "PostGIS"]}],
        "languages": [{"language": "English", "fluency": "native"}],
        "interests": [{"name": "Rowing"}, {"name": "Choir"}],
        "references": [{"name": "Ana Example", "reference": "Jo finds the way."}],
        "projects": [
            {
                "name": "Tidebook",
                "startDate": "2019-01",
                "endDate": "2020-06",
                "description": "An open tide table.",
                "highlights": ["Used by 11 harbours"],
            }
        ],
    },
}
"""CVs that differ in what makes an export hard."""


@pytest.fixture(params=list(VARIED))
def varied_cv(request: pytest.FixtureRequest) -> Cv:
    """Each of the varied CVs."""
    return from_json_resume({**VARIED[request.param], "meta": {"x-cvcore": {"language": "en"}}})


def _samples() -> list[tuple[str, Cv]]:
    return [
        (each.language, from_json_resume(msgspec.json.decode(each.cv_json.read_bytes())))
        for each in SAMPLES
    ]
