"""A CV read from text without a model: the same text gives the same CV, and no word is lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import msgspec

from cvcore.cv.model import ID_PREFIX, Basics, Cv, Item, Language, Project, Skill
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
)
from cvcore.offline.cv_loose import loose_lines, reads_like_an_offer, title_twice, with_details
from cvcore.offline.cv_outline import Section, sections_of, unglued, without_strays
from cvcore.offline.cv_person import read_person
from cvcore.offline.cv_rows import (
    education_of,
    jobs_of,
    projects_of,
    section_as_project,
    volunteer_of,
)
from cvcore.offline.cv_sections import SectionKind
from cvcore.offline.cv_skills import skills_of
from cvcore.offline.cv_suspect import without_instructions
from cvcore.offline.cv_text import (
    CvText,
    TextLine,
    bounded,
    clean,
    lines_of,
    tamed,
    without_furniture,
)
from cvcore.offline.cv_words import folded

T = TypeVar("T", bound=Item)


class CvReading(msgspec.Struct, frozen=True, kw_only=True):
    """What reading came to: the CV, and what a person should know about the file."""

    cv: Cv
    findings: tuple[Finding, ...] = ()


def read_cv(text: str | CvText) -> Cv:
    """The CV that `text` is, in JSON Resume's shape; a field that the text does not give is absent.

    Understands headings in English, French and German, dates in all usual forms, and texts without
    any line breaks. What fits no field is kept in the section it stands in.

    >>> cv = read_cv("Ada Example\\nWork experience\\nEngineer, Acme Ltd, 2020 - 2022")
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
    given = text if isinstance(text, CvText) else lines_of(loose_lines(unglued(clean(tamed(text)))))
    lines, suspects = without_instructions(bounded(without_furniture(given.lines)))
    whole = "\n".join(line.text for line in lines)
    told = without_strays(sections_of(lines))
    label, sections = title_twice(told), with_details(told)
    person = read_person(sections, given.links)
    basics = person.basics
    if label and basics.label is None:
        basics = msgspec.structs.replace(basics, label=label[0])
    judge(whole, sections, has_contact=bool(basics.email or basics.phone))
    cv = _assembled(sections, list(person.paragraphs), label)
    cv = msgspec.structs.replace(
        cv,
        basics=msgspec.structs.replace(_labelled(basics, cv), summary=cv.basics.summary),
        language=language_of(whole),
    )
    return CvReading(cv=cv, findings=(*given.findings, *suspects))


def _assembled(
    sections: Sequence[Section], opening: list[str], label: tuple[str, str] | None
) -> Cv:
    def read(kind: SectionKind, reader: Callable[[Sequence[TextLine]], list[T]]) -> tuple[T, ...]:
        found = [item for one in sections if one.kind == kind for item in reader(one.lines)]
        return _numbered(found, ID_PREFIX[kind])

    skills: list[Skill] = []
    spoken: list[Language] = []
    for one in sections:
        if one.kind == "skills":
            listed, languages = skills_of(one.lines)
            skills += listed
            spoken += languages
    summary = "\n".join([*opening, *_summary(sections)]) or None
    return Cv(
        basics=Basics(summary=summary),
        work=read("work", lambda lines: jobs_of(lines, label)),
        volunteer=read("volunteer", volunteer_of),
        education=read("education", education_of),
        awards=read("awards", awards_of),
        certificates=read("certificates", certificates_of),
        publications=read("publications", publications_of),
        skills=_numbered(skills, ID_PREFIX["skills"]),
        languages=_numbered([*read("languages", languages_of), *spoken], ID_PREFIX["languages"]),
        interests=read("interests", interests_of),
        references=read("references", references_of),
        projects=tuple(_projects(sections)),
        extra=_pasted(sections),
    )


def _labelled(basics: Basics, cv: Cv) -> Basics:
    """The basics with a headline that only the newest job explains: its very title."""
    other = basics.extra.get("otherLines")
    newest = max(cv.work, key=lambda job: job.end_date or job.start_date or "", default=None)
    if basics.label or newest is None or not newest.position or not isinstance(other, list):
        return basics
    titles = {folded(one.position) for one in (newest, cv.work[0]) if one.position}
    told = next((text for text in other if folded(text) in titles), None)
    if told is None:
        return basics
    rest = [text for text in other if text != told]
    extra = {key: value for key, value in basics.extra.items() if key != "otherLines"}
    extra |= {"otherLines": rest} if rest else {}
    return msgspec.structs.replace(basics, label=told, extra=extra)


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


def _numbered(items: Sequence[T], prefix: str) -> tuple[T, ...]:
    return tuple(
        msgspec.structs.replace(item, id=f"{prefix}{n}") for n, item in enumerate(items, 1)
    )
