"""Texts that lost their layout: one undivided line, bullets run together, labels for heads."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from cvcore.offline.cv_outline import Section
from cvcore.offline.cv_sections import heading_kind
from cvcore.offline.cv_text import TextLine
from cvcore.offline.cv_words import folded

LINE_CHARACTERS_MAX = 240
"""A longer line with bullets or headings in it is taken apart."""

_INLINE_BULLET = re.compile(r"\s+(?=(?:[•●▪■◆➢➤❖✓✔✶◦·]|\*)\s*\S)|(?<=\S)(?=[•●▪■◆➢➤❖✓✔✶]\s)")
_HEADINGS = (
    "work experience|professional experience|education details|skill details|company details"
    "|technical skills|"
    "educational qualifications?|academic qualifications?|personal details|areas of interest|"
    "professional summary|career objective|key skills|employment history|work history|"
    "expériences? professionnelles?|compétences techniques|centres d['’]intérêt"
    "|parcours professionnel|"
    "berufserfahrung|technical expertise|core competencies|academic background|project details"
)
_IN_BLOB = re.compile(rf"(?:(?<=\s)|(?<=[a-z.;:)]))(?=(?:{_HEADINGS})\b\s*:?)", re.IGNORECASE)
_AFTER_HEADING = re.compile(
    rf"^((?:{_HEADINGS}))\b\s*[:\-]?\s+(?=\S)", re.IGNORECASE | re.MULTILINE
)
_GROUPS = re.compile(
    r"\s+((?:(?:programming|scripting|operating|web|databases?|big data|cloud|version control"
    r"|testing|backup|server|"
    r"network(?:ing)?|other|build|markup|reporting|ide|development)\s)?(?:languages?|databases?"
    r"|tools?|systems?|"
    r"technologies|frameworks?|servers?|ides?|devices|platforms?|methodolog(?:y|ies)|packages"
    r"|software|libraries|"
    r"skills)\s?:)",
    re.IGNORECASE,
)
_LABELS = re.compile(r"\s+(?=(?:company|description)\s+-\s)", re.IGNORECASE)
_COMPANY = re.compile(
    r"^(?:company|company name|employer|organi[sz]ation|employeur|entreprise|société|firma"
    r"|arbeitgeber)\s*(?:-|:|–)\s*(.*)$",
    re.IGNORECASE,
)
_DESCRIPTION = re.compile(r"^description\s*(?:-|:|–)\s*(.*)$", re.IGNORECASE)
_TWICE = re.compile(r"^(.{2,60}?)\s+-\s+(\S.*)$")
_OFFER_WORDS = re.compile(
    r"\b(?:we are (?:looking|seeking|hiring)|we(?:’|')re (?:looking|hiring)|you will|you(?:’"
    r"|')ll|apply now|the ideal candidate|"
    r"the successful candidate|join our|join us|equal opportunity|must have|nice to have"
    r"|we offer|what we offer|"
    r"about the role|nous recherchons|votre profil|vos missions|wir suchen|ihr profil"
    r"|wir bieten)\b",
    re.IGNORECASE,
)


def loose_lines(text: str) -> str:
    """`text` with line breaks where a text without them has bullets and headings."""
    return "\n".join(_taken_apart(line) for line in text.splitlines())


def with_details(sections: list[Section]) -> list[Section]:
    """Sections whose jobs are told by labels (`company - Acme`): those jobs in sections of work,
    wherever a label stands, and a title named beside its employer with it."""
    label = title_twice(sections)
    found: list[Section] = []
    for one in sections:
        at = next((n for n, line in enumerate(one.lines) if _COMPANY.match(line.text)), None)
        if one.kind == "work" or at is None or not _is_labelled(sections):
            found.append(_without_title(one, label))
            continue
        found.append(_without_title(msgspec.structs.replace(one, lines=one.lines[:at]), label))
        found.append(Section(kind="work", title=None, lines=one.lines[at:]))
    return found


def labelled_jobs(
    lines: Sequence[TextLine], label: tuple[str, str] | None
) -> tuple[list[TextLine], list[Job]]:
    """The lines above the first label, and the jobs that labels tell of."""
    first = next((n for n, line in enumerate(lines) if _COMPANY.match(line.text)), len(lines))
    jobs: list[Job] = []
    for line in lines[first:]:
        if match := _COMPANY.match(line.text):
            name = match.group(1).strip() or None
            is_named = label is not None and name is not None and folded(label[1]) == folded(name)
            jobs.append(Job(name, label[0] if label and is_named else None, []))
        elif match := _DESCRIPTION.match(line.text):
            if text := match.group(1).strip():
                jobs[-1].lines.append(msgspec.structs.replace(line, text=text, gap=0.0))
        else:
            jobs[-1].lines.append(line)
    return list(lines[:first]), jobs


class Job(msgspec.Struct):
    """A job told by labels: the employer, the title where it is known, and what is told of it."""

    name: str | None
    title: str | None
    lines: list[TextLine]


def _is_labelled(sections: Sequence[Section]) -> bool:
    return any(
        one.kind == "work" and any(_COMPANY.match(line.text) for line in one.lines)
        for one in sections
    )


def reads_like_an_offer(section: Section) -> bool:
    """Whether a section was pasted from a job offer: it speaks to the applicant."""
    text = "\n".join(line.text for line in section.lines)
    return len({match.casefold() for match in _OFFER_WORDS.findall(text)}) >= 2


def _taken_apart(line: str) -> str:
    marks = _INLINE_BULLET.split(line)
    if len(line) <= LINE_CHARACTERS_MAX and not (len(marks) > 2 and heading_kind(marks[0])):
        return line
    parts = "\n".join(marks) if len(marks) > 2 else line
    parts = _IN_BLOB.sub("\n", parts)
    parts = _LABELS.sub("\n", parts)
    if len(_GROUPS.findall(parts)) >= 2:
        parts = _GROUPS.sub(r"\n\1", parts)
    return _AFTER_HEADING.sub(r"\1\n", parts)


def title_twice(sections: Sequence[Section]) -> tuple[str, str] | None:
    """A job named on a line of its own and again with its employer: `Clerk`, `Clerk - Acme`."""
    for one in sections:
        for first, second in zip(one.lines, one.lines[1:], strict=False):
            match = _TWICE.match(second.text)
            if match and folded(match.group(1)) == folded(first.text) and len(first.text) < 60:
                return match.group(1).strip(), match.group(2).strip()
    return None


def _without_title(section: Section, label: tuple[str, str] | None) -> Section:
    if label is None or section.kind != "education":
        return section
    title, employer = label
    texts = {folded(title), folded(f"{title} - {employer}")}
    kept = tuple(line for line in section.lines if folded(line.text) not in texts)
    return msgspec.structs.replace(section, lines=kept)
