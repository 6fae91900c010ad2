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


def _samples() -> list[tuple[str, Cv]]:
    return [
        (each.language, from_json_resume(msgspec.json.decode(each.cv_json.read_bytes())))
        for each in SAMPLES
    ]
