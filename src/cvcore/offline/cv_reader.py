"""A CV read from text without a model: the same text gives the same CV, and no word is lost."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from cvcore.cv.model import Cv, Project
from cvcore.offers.model import Finding
from cvcore.offline.cv_body import paragraphs_of
from cvcore.offline.cv_judge import judge
from cvcore.offline.cv_language import language_of
from cvcore.offline.cv_lists import (
    awards_of,
    certificates_of,
    interests_of,
    languages_of,
    publications_of,
    references_of,
    skills_of,
)
from cvcore.offline.cv_loose import loose_lines, reads_like_an_offer, with_details
from cvcore.offline.cv_outline import Section, sections_of, unglued
from cvcore.offline.cv_person import read_person
from cvcore.offline.cv_rows import (
    education_of,
    projects_of,
    section_as_project,
    volunteer_of,
    work_of,
)
from cvcore.offline.cv_suspect import without_instructions
from cvcore.offline.cv_text import CvText, TextLine, lines_of


class CvReading(msgspec.Struct, frozen=True, kw_only=True):
    """What reading came to: the CV, and what a person should know about the file."""

    cv: Cv
    findings: tuple[Finding, ...] = ()


def read_cv(text: str | CvText) -> Cv:
    """The CV that `text` is, in JSON Resume's shape; a field that the text does not give is absent.

    Understands headings in English, French and German, dates in all usual forms, and texts without
    any line breaks. What fits no field is kept in the section it stands in.

    >>> cv = read_cv("Ada Example\\nSkills\\nPython, SQL\\nExperience\\nEngineer, Acme Ltd, 2020 - 2022")
    >>> cv.work[0].position, cv.work[0].name, cv.work[0].start_date
    ('Engineer', 'Acme Ltd', '2020')

    Raises:
        NotACv: the text is something else, or nothing of a career stands in it.
    """
    return reading_of_cv(text).cv


def reading_of_cv(text: str | CvText) -> CvReading:
    """The CV with its findings: instruction-like text is left out of what is read and reported.

    Raises:
        NotACv: the text is something else, or nothing of a career stands in it.
    """
    given = text if isinstance(text, CvText) else lines_of(loose_lines(unglued(text)))
    lines, suspects = without_instructions(given.lines)
    whole = "\n".join(line.text for line in lines)
    sections = with_details(sections_of(lines))
    person = read_person(sections, given.links)
    basics = person.basics
    judge(whole, sections, has_contact=bool(basics.email or basics.phone))
    cv = _assembled(sections, list(person.paragraphs))
    cv = msgspec.structs.replace(
        cv,
        basics=msgspec.structs.replace(basics, summary=cv.basics.summary),
        language=language_of(whole),
    )
    return CvReading(cv=cv, findings=(*given.findings, *suspects))


def _assembled(sections: Sequence[Section], opening: list[str]) -> Cv:
    lines = {
        kind: [line for one in sections if one.kind == kind for line in _lines(one)]
        for kind in ("work", "volunteer", "education", "awards", "certificates", "publications",
                     "languages", "interests", "references")
    }  # fmt: skip
    summary = [*opening, *_summary(sections)]
    skills, spoken = skills_of(
        [line for one in sections if one.kind == "skills" for line in one.lines]
    )
    cv = Cv(
        work=tuple(work_of(lines["work"])),
        volunteer=tuple(volunteer_of(lines["volunteer"])),
        education=tuple(education_of(lines["education"])),
        awards=tuple(awards_of(lines["awards"])),
        certificates=tuple(certificates_of(lines["certificates"])),
        publications=tuple(publications_of(lines["publications"])),
        skills=tuple(skills),
        languages=_numbered([*languages_of(lines["languages"]), *spoken], "l"),
        interests=tuple(interests_of(lines["interests"])),
        references=tuple(references_of(lines["references"])),
        projects=tuple(_projects(sections)),
        extra=_pasted(sections),
    )
    basics = msgspec.structs.replace(cv.basics, summary="\n".join(summary) or None)
    return msgspec.structs.replace(cv, basics=basics)


def _lines(section: Section) -> list[TextLine]:
    """The lines of a section, apart from those of the section before it."""
    if not section.lines:
        return []
    first = msgspec.structs.replace(section.lines[0], gap=max(section.lines[0].gap, 1.0))
    return [first, *section.lines[1:]]


def _summary(sections: Sequence[Section]) -> list[str]:
    return [
        paragraph.text.replace("\t", " ")
        for one in sections
        if one.kind == "summary"
        for paragraph in paragraphs_of(one.lines)
    ]


def _projects(sections: Sequence[Section]) -> list[Project]:
    found: list[Project] = []
    for one in sections:
        if one.kind == "projects":
            found += projects_of(one.lines, len(found))
        elif one.kind == "other" and not reads_like_an_offer(one) and (one.lines or one.title):
            found.append(section_as_project(one.title or "Other", one.lines, len(found)))
    return found


def _pasted(sections: Sequence[Section]) -> dict[str, object]:
    """Sections that are a job offer's, not the person's: kept, but no part of what they did."""
    pasted = [
        "\n".join([*([one.title] if one.title else []), *(line.text for line in one.lines)])
        for one in sections
        if one.kind == "other" and reads_like_an_offer(one)
    ]
    return {"pastedOffer": pasted} if pasted else {}


def _numbered(items: Sequence[msgspec.Struct], prefix: str) -> tuple:  # type: ignore[type-arg]
    return tuple(
        msgspec.structs.replace(item, id=f"{prefix}{n}") for n, item in enumerate(items, 1)
    )
