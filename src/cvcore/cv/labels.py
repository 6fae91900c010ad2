"""The titles of a CV's sections, in English and in French."""

from __future__ import annotations

LABELS: dict[str, dict[str, str]] = {
    "en": {
        "summary": "Profile",
        "work": "Experience",
        "volunteer": "Volunteering",
        "education": "Education",
        "awards": "Awards",
        "certificates": "Certificates",
        "publications": "Publications",
        "skills": "Skills",
        "languages": "Languages",
        "interests": "Interests",
        "references": "References",
        "projects": "Projects",
        "present": "present",
    },
    "fr": {
        "summary": "Profil",
        "work": "Expérience",
        "volunteer": "Bénévolat",
        "education": "Formation",
        "awards": "Distinctions",
        "certificates": "Certifications",
        "publications": "Publications",
        "skills": "Compétences",
        "languages": "Langues",
        "interests": "Centres d'intérêt",
        "references": "Références",
        "projects": "Projets",
        "present": "aujourd'hui",
    },
}
"""Titles by language and by the section's name on the wire; `present` ends a current job."""


def labels_for(language: str | None) -> dict[str, str]:
    """The titles in `language` (ISO 639-1), in English where we have none in it."""
    return LABELS.get((language or "en")[:2].lower(), LABELS["en"])
