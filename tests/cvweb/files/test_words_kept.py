"""Whatever we export is read back without losing a word, the clear fields where they were."""

from __future__ import annotations

import json
import re

import pytest

from cvcore.cv import Cv, from_json_resume, to_json_resume
from cvcore.offline.cv_words import folded
from cvweb.adapters.files.cv_parsing import parse_cv
from cvweb.adapters.files.export import export_cv
from cvweb.adapters.files.limits import LIMITS

TEMPLATES = ["classic", "modern", "compact"]
CV = from_json_resume(
    {
        "basics": {
            "name": "Mira Sample",
            "label": "Tidewarden",
            "email": "mira@sample.example",
            "phone": "+44 20 7946 0958",
            "summary": "Twelve years on the quays, from night watch to planning of the yard.",
            "location": {"city": "Leeds"},
            "profiles": [{"network": "GitHub", "url": "https://github.com/mira-sample"}],
        },
        "work": [
            {
                "position": "Tidewarden",
                "name": "Bluefin Harbour Ltd",
                "startDate": "2019-03",
                "endDate": "2023-06",
                "summary": "Kept the gates of a harbour with nine basins.",
                "highlights": [
                    "Cut waiting at the lock from forty minutes to twelve",
                    "Wrote the tide tables in Python, printed for ten harbours",
                ],
            },
            {
                "position": "Quay Engineer",
                "name": "Northwind Works",
                "startDate": "2012-01",
                "endDate": "2019-02",
                "highlights": ["Renewed four cranes", "Trained seven apprentices"],
            },
        ],
        "education": [
            {
                "studyType": "Bachelor",
                "area": "Hydrology",
                "institution": "Northbridge University",
                "startDate": "2008",
                "endDate": "2011",
            }
        ],
        "skills": [{"name": "Software", "keywords": ["Python", "QGIS", "PostgreSQL"]}],
        "languages": [{"language": "English", "fluency": "native"}],
        "projects": [
            {
                "name": "Tide tables",
                "description": "Open tables of every basin.",
                "keywords": ["Rust", "cartography"],
            }
        ],
        "references": [{"name": "Jonas Brandt", "reference": "Never late for a tide."}],
    }
)


def words_of(cv: Cv) -> set[str]:
    """The words of a CV, dates apart, which are read in another writing."""
    document = to_json_resume(cv)
    del document["meta"]
    text = re.sub(r'"(?:startDate|endDate|date)": "[^"]*"', "", json.dumps(document))
    return set(folded(re.sub(r"https?://|\\n", " ", text)).split())


KEYS = words_of(Cv()) | {"https", "network", "github"}


def read_back(format: str, template: str) -> Cv:
    return parse_cv(export_cv(CV, format, template=template).data, LIMITS).cv


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("format", ["pdf", "docx"])
def test_no_word_of_an_export_is_lost(format: str, template: str) -> None:
    keys = {folded(key) for key in re.findall(r'"(\w+)":', json.dumps(to_json_resume(CV)))}
    assert words_of(CV) - words_of(read_back(format, template)) - KEYS - keys == set()


@pytest.mark.parametrize("format", ["pdf", "docx"])
def test_what_an_export_says_is_read_where_it_stood(format: str) -> None:
    cv = read_back(format, "classic")
    assert (cv.basics.name, cv.basics.label) == ("Mira Sample", "Tidewarden")
    assert [(job.position, job.name) for job in cv.work] == [
        ("Tidewarden", "Bluefin Harbour Ltd"),
        ("Quay Engineer", "Northwind Works"),
    ]
    assert [line.text for line in cv.projects[0].keywords] == ["Rust", "cartography"]
    assert [(one.name, one.reference) for one in cv.references] == [
        ("Jonas Brandt", "Never late for a tide.")
    ]
