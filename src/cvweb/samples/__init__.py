"""Two people, two companies and two offers, all of them invented: what the demonstration runs on.

Each folder holds a CV as JSON Resume and as the PDF we make of it (`python -m cvweb export cv.json
--to pdf -o cv.pdf`), and an offer as a job page with structured data.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

__all__ = ["SAMPLES", "Sample", "sample"]

FOLDER = Path(__file__).parent


class Sample(msgspec.Struct, frozen=True, kw_only=True):
    """One pair of files: a CV (the same as PDF and as JSON Resume) and an offer."""

    language: str
    title: str
    cv_pdf: Path
    cv_json: Path
    offer_html: Path


def _sample(language: str, title: str) -> Sample:
    folder = FOLDER / language
    return Sample(
        language=language,
        title=title,
        cv_pdf=folder / "cv.pdf",
        cv_json=folder / "cv.json",
        offer_html=folder / "offer.html",
    )


SAMPLES: tuple[Sample, ...] = (
    _sample("en", "A backend engineer and an offer in English"),
    _sample("fr", "Une contrôleuse de gestion et une offre en français"),
)
"""The packaged pairs, English first."""


def sample(language: str) -> Sample:
    """The pair in a language (`en` or `fr`).

    Raises:
        ValueError: there is none in it.
    """
    for each in SAMPLES:
        if each.language == language:
            return each
    known = ", ".join(each.language for each in SAMPLES)
    raise ValueError(f"no sample in {language!r}; there are some in {known}")
