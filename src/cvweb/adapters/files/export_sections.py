"""Each section of a CV as it is printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from cvcore.cv import (
    Award,
    Certificate,
    Cv,
    Education,
    Interest,
    Language,
    Project,
    Publication,
    Reference,
    Skill,
    Volunteer,
    Work,
)
from cvweb.adapters.files.export_view import (
    Entry,
    Group,
    Section,
    lines_of,
    link_to,
    paragraphs,
    shown,
)
from cvweb.adapters.files.export_words import WORDS, written_date, written_span


def section_of(cv: Cv, key: str, title: str, language: str) -> Section | None:
    """One part of the CV as it is printed; None where it says nothing."""
    if key == "summary":
        texts = paragraphs(cv.basics.summary)
        return Section(key=key, title=title, kind="text", texts=texts) if texts else None
    items: Sequence[Any] = getattr(cv, key)
    if key in GROUPS:
        groups = tuple(group for group in merged(map(GROUPS[key], items)) if any_text(group))
        return Section(key=key, title=title, kind="groups", groups=groups) if groups else None
    entries = tuple(ENTRIES[key](item, language) for item in items)
    kept = tuple(entry for entry in entries if entry != Entry())
    return Section(key=key, title=title, kind="entries", entries=kept) if kept else None


def work(item: Work, language: str) -> Entry:
    """A job: its title first, then the employer."""
    return Entry(
        title=shown(item.position),
        organisation=shown(item.name),
        place=shown(item.location),
        dates=written_span(shown(item.start_date), shown(item.end_date), language),
        link=link_to(item.url),
        details=paragraphs(item.description),
        texts=paragraphs(item.summary),
        bullets=lines_of(item.highlights),
    )


def volunteer(item: Volunteer, language: str) -> Entry:
    """A commitment, as a job."""
    return Entry(
        title=shown(item.position),
        organisation=shown(item.organization),
        dates=written_span(shown(item.start_date), shown(item.end_date), language),
        link=link_to(item.url),
        texts=paragraphs(item.summary),
        bullets=lines_of(item.highlights),
    )


def education(item: Education, language: str) -> Entry:
    """A course of study: the degree and its subject, then where."""
    words = WORDS[language]
    score = shown(item.score)
    return Entry(
        title=", ".join(part for part in (shown(item.study_type), shown(item.area)) if part),
        organisation=shown(item.institution),
        dates=written_span(shown(item.start_date), shown(item.end_date), language)
        if item.start_date and item.end_date
        else written_date(shown(item.end_date), language)
        or written_span(shown(item.start_date), None, language),
        link=link_to(item.url),
        texts=(f"{words['score']}{words['colon']}{score}",) if score else (),
        bullets=lines_of(item.courses),
    )


def award(item: Award, language: str) -> Entry:
    """A prize, who gave it and when."""
    return Entry(
        title=shown(item.title),
        organisation=shown(item.awarder),
        dates=written_date(shown(item.date), language),
        texts=paragraphs(item.summary),
    )


def certificate(item: Certificate, language: str) -> Entry:
    """A certificate, who issued it and when."""
    return Entry(
        title=shown(item.name),
        organisation=shown(item.issuer),
        dates=written_date(shown(item.date), language),
        link=link_to(item.url),
    )


def publication(item: Publication, language: str) -> Entry:
    """A publication, where and when."""
    return Entry(
        title=shown(item.name),
        organisation=shown(item.publisher),
        dates=written_date(shown(item.release_date), language),
        link=link_to(item.url),
        texts=paragraphs(item.summary),
    )


def project(item: Project, language: str) -> Entry:
    """A project: for whom, as what, and with what."""
    words = WORDS[language]
    roles = ", ".join(lines_of(item.roles))
    role = (f"{words['role']}{words['colon']}{roles}",) if roles else ()
    return Entry(
        title=shown(item.name),
        organisation=shown(item.entity),
        dates=written_span(shown(item.start_date), shown(item.end_date), language),
        link=link_to(item.url),
        details=paragraphs(item.type) + role,
        texts=paragraphs(item.description),
        bullets=lines_of(item.highlights),
        words=lines_of(item.keywords),
        words_label=f"{words['words']}{words['colon']}" if lines_of(item.keywords) else "",
    )


def reference(item: Reference, _language: str) -> Entry:
    """Who speaks for the person, and what they say."""
    return Entry(title=shown(item.name), texts=paragraphs(item.reference))


def skill(item: Skill) -> Group:
    """A group of skills, or one skill with its level."""
    name, level, words = shown(item.name), shown(item.level), lines_of(item.keywords)
    named = f"{name} ({level})" if name and level else name or level
    return Group(named, words) if words else Group("", (named,) if named else ())


def interest(item: Interest) -> Group:
    """What the person likes."""
    name, words = shown(item.name), lines_of(item.keywords)
    return Group(name, words) if words else Group("", (name,) if name else ())


def language(item: Language) -> Group:
    """A language and how well it is spoken."""
    name, fluency = shown(item.language), shown(item.fluency)
    text = f"{name} ({fluency})" if name and fluency else name or fluency
    return Group("", (text,) if text else ())


def merged(groups: Any) -> list[Group]:
    """The groups, those without a name that follow one another in one row."""
    found: list[Group] = []
    for group in groups:
        if found and not group.name and not found[-1].name:
            found[-1] = Group("", found[-1].words + group.words)
        else:
            found.append(group)
    return found


def any_text(group: Group) -> bool:
    """Whether a group says anything."""
    return bool(group.name or group.words)


ENTRIES: dict[str, Callable[[Any, str], Entry]] = {
    "work": work,
    "volunteer": volunteer,
    "education": education,
    "awards": award,
    "certificates": certificate,
    "publications": publication,
    "references": reference,
    "projects": project,
}
GROUPS: dict[str, Callable[[Any], Group]] = {
    "skills": skill,
    "languages": language,
    "interests": interest,
}
