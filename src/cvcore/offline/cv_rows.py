"""Jobs, studies and projects out of the lines of their sections."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from cvcore.cv.model import ID_PREFIX, Education, Project, Volunteer, Work
from cvcore.offline.cv_body import Paragraph, paragraphs_of
from cvcore.offline.cv_contact import without_url
from cvcore.offline.cv_dates import DateSpan, find_dates, without_dates
from cvcore.offline.cv_entries import Entry, entries_of
from cvcore.offline.cv_lists import keywords_in, lines_of_texts
from cvcore.offline.cv_loose import labelled_jobs
from cvcore.offline.cv_outline import look_of
from cvcore.offline.cv_studies import split_study
from cvcore.offline.cv_text import TextLine, is_bullet, unbulleted
from cvcore.offline.cv_words import organisation_words, title_words

SUMMARY_CHARACTERS_MIN = 120
_SCORE = re.compile(
    r"^(?:c?gpa|grade|note|score|marks?|mention|percentage|moyenne|abschlussnote|result"
    r"|final mark)\b\s*[:–-]?\s*(.+)$",
    re.IGNORECASE,
)


def work_of(lines: Sequence[TextLine]) -> list[Work]:
    """The jobs of a section, in the order they stand in."""
    jobs: list[Work] = []
    for entry in entries_of(lines, of="work"):
        head = entry.head
        name = head.organisation
        if name is None and head.title and jobs and _goes_on(jobs[-1], entry):
            name = jobs[-1].name
        summary, highlights = _told(entry.body)
        start, end = _when(head.dates)
        jobs.append(
            Work(
                id=f"{ID_PREFIX['work']}{len(jobs) + 1}", name=name, position=head.title,
                location=head.place, url=head.url, start_date=start, end_date=end,
                description=" · ".join(head.rest) or None, summary=summary,
                highlights=lines_of_texts("highlights", highlights),
            )
        )  # fmt: skip
    return _placed(jobs)


def _placed(jobs: list[Work]) -> list[Work]:
    """Jobs with the places that only show beside the others': what stands alone after title and
    employer, or behind the employer's comma where the section does so elsewhere."""
    has_places = any(job.location for job in jobs)
    found: list[Work] = []
    for read in jobs:
        job = read
        told, name = job.description or "", job.name or ""
        match = re.match(r"^(.{3,}),\s+([^,\d]{2,30})$", name)
        if job.location is None and told and _could_be_place(told):
            job = msgspec.structs.replace(job, location=told, description=None)
        elif job.location is None and has_places and match and _could_be_place(match.group(2)):
            job = msgspec.structs.replace(job, name=match.group(1), location=match.group(2))
        found.append(job)
    return found


def _could_be_place(text: str) -> bool:
    words = text.split()
    is_name = len(words) <= 3 and all(word[0].isupper() or len(word) <= 3 for word in words)
    is_known = title_words(text) or organisation_words(text) or "·" in text
    return is_name and text[:1].isupper() and not is_known and not any(c.isdigit() for c in text)


def jobs_of(lines: Sequence[TextLine], label: tuple[str, str] | None) -> list[Work]:
    """The jobs of a section whether their heads are set apart or told by labels."""
    plain, labelled = labelled_jobs(lines, label)
    jobs = work_of(plain)
    for job in labelled:
        summary, highlights = _told(job.lines)
        if job.name or job.title or summary or highlights:
            jobs.append(
                Work(
                    id=f"{ID_PREFIX['work']}{len(jobs) + 1}", name=job.name, position=job.title,
                    summary=summary, highlights=lines_of_texts("highlights", highlights),
                )
            )  # fmt: skip
    return jobs


def volunteer_of(lines: Sequence[TextLine]) -> list[Volunteer]:
    """The engagements of a section; lines without a date are told as they stand."""
    found: list[Volunteer] = []
    for entry in entries_of(lines, of="work"):
        head = entry.head
        summary, highlights = _told(entry.body)
        start, end = _when(head.dates)
        told = [*([head.place] if head.place else []), *head.rest, *([summary] if summary else [])]
        found.append(
            Volunteer(
                id=f"{ID_PREFIX['volunteer']}{len(found) + 1}", organization=head.organisation,
                position=head.title, url=head.url, start_date=start, end_date=end,
                summary="\n".join(told) or None,
                highlights=lines_of_texts("highlights", highlights),
            )
        )  # fmt: skip
    return found


def education_of(lines: Sequence[TextLine]) -> list[Education]:
    """The studies of a section. A single date is when they ended."""
    found: list[Education] = []
    for entry in entries_of(lines, of="education"):
        head = entry.head
        degree, area = split_study(head.title) if head.title else (None, None)
        paragraphs = [one.text for one in paragraphs_of(entry.body)]
        score = next(
            (m.group(1) for text in paragraphs if (m := _SCORE.match(text)) and len(text) < 60),
            None,
        )
        courses = [
            text for text in paragraphs if not ((m := _SCORE.match(text)) and m.group(1) == score)
        ]
        start, end = _when(head.dates)
        if head.dates is not None and not head.dates.is_range:
            start, end = None, start
        extra = {"location": head.place} if head.place else {}
        found.append(
            Education(
                id=f"{ID_PREFIX['education']}{len(found) + 1}", institution=head.organisation,
                study_type=degree, area=area, url=head.url, start_date=start, end_date=end,
                score=score, courses=lines_of_texts("courses", [*head.rest, *courses]), extra=extra,
            )
        )  # fmt: skip
    return found


def projects_of(lines: Sequence[TextLine], known: int = 0) -> list[Project]:
    """The projects of a section: a name each, with what is told of it."""
    found: list[Project] = []
    for chunk in _project_chunks(lines):
        head, body = chunk[0], chunk[1:]
        spans = find_dates(head.text) if len(head.text) < 140 else []
        name = unbulleted(without_dates(head.text, spans)) or None
        cells = [cell.strip() for cell in (name or "").split("\t") if cell.strip()]
        dates = spans[0] if spans else None
        links = [
            line for line in body if without_url(line.text)[0] and not without_url(line.text)[1]
        ]
        url = without_url(links[0].text)[0] if links else None
        body = [line for line in body if not links or line is not links[0]]
        if dates is None and body and len(body[0].text) < 60 and (late := find_dates(body[0].text)):
            rest = without_dates(body[0].text, late)
            if not rest:
                dates, body = late[0], body[1:]
        keywords, body = keywords_in(body)
        summary, highlights = _told(body)
        start, end = _when(dates)
        told = [*cells[1:], *([summary] if summary else [])]
        found.append(
            Project(
                id=f"{ID_PREFIX['projects']}{known + len(found) + 1}",
                name=cells[0] if cells else None,
                url=url, start_date=start, end_date=end, description="\n".join(told) or None,
                highlights=lines_of_texts("highlights", highlights),
                keywords=lines_of_texts("keywords", keywords),
            )
        )  # fmt: skip
    return found


def section_as_project(title: str, lines: Sequence[TextLine], known: int) -> Project:
    """A section of the person's own as one project-like item, so that none of it is lost."""
    texts = [one.text.replace("\t", " · ") for one in paragraphs_of(lines)]
    return Project(
        id=f"{ID_PREFIX['projects']}{known + 1}", name=title, type="section",
        highlights=lines_of_texts("highlights", texts),
    )  # fmt: skip


def _project_chunks(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    if not lines:
        return []
    if all(is_bullet(line.text) or n == 0 for n, line in enumerate(lines)) and is_bullet(
        lines[0].text
    ):
        return [[line] for line in lines]
    if lines[0].level:
        starts = [n for n, line in enumerate(lines) if line.level == lines[0].level]
        return [list(lines[a:b]) for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]
    first = look_of(lines[0])
    styled = bool(lines[0].style) and len({look_of(line) for line in lines}) > 1
    chunks: list[list[TextLine]] = []
    for number, line in enumerate(lines):
        is_new = number == 0
        if number and not is_bullet(line.text):
            above = lines[number - 1]
            apart = look_of(above) != first or line.gap > 0.3
            is_new = (look_of(line) == first and apart) if styled else line.gap > 0.5
            is_new = is_new and len(line.text) < 140
        if is_new:
            chunks.append([])
        chunks[-1].append(line)
    return chunks


def _told(lines: Sequence[TextLine]) -> tuple[str | None, list[str]]:
    """What is told below a head: an opening paragraph as the summary, the rest line by line."""
    paragraphs = [
        Paragraph(one.text.replace("\t", " "), one.is_bullet) for one in paragraphs_of(lines)
    ]
    if not paragraphs:
        return None, []
    first, rest = paragraphs[0], paragraphs[1:]
    if first.is_bullet:
        return None, [one.text for one in paragraphs]
    if not rest or rest[0].is_bullet or len(first.text) >= SUMMARY_CHARACTERS_MIN:
        return first.text, [one.text for one in rest]
    return None, [one.text for one in paragraphs]


def _when(dates: DateSpan | None) -> tuple[str | None, str | None]:
    if dates is None:
        return None, None
    if not dates.is_range:
        return dates.start, dates.start
    return dates.start, dates.end


def _goes_on(job: Work, entry: Entry) -> bool:
    """Whether a title without employer follows within the last one's: a promotion."""
    first = entry.lines[0] if entry.lines else None
    return (
        job.name is not None
        and first is not None
        and first.gap < 1.2
        and entry.head.dates is not None
    )
