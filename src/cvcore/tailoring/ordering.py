"""Drafts that change nothing but the order: what answers the offer stands first."""

from __future__ import annotations

from collections.abc import Iterator

from cvcore.cv.model import Work
from cvcore.cv.paths import get
from cvcore.tailoring.sketch import Sketch, weight_of
from cvcore.versions.model import Citation, Position, Proposal

JOBS_MAX = 4
KEYWORDS_MIN = 4
QUOTE_CHARACTERS_MAX = 200


def group_proposals(sketch: Sketch) -> Iterator[Proposal]:
    """The group of skills that answers most of the offer, first."""
    weighed = [(weight_of(sketch.under(f"skills[{each.id}]")), each) for each in sketch.cv.skills]
    if len(weighed) < 2:
        return
    best, group = max(weighed, key=lambda pair: pair[0])
    if best <= weighed[0][0]:
        return
    path = f"skills[{group.id}]"
    wanted = sketch.under(path)
    yield _first(
        sketch, path, "group", wanted[0].requirement, sketch.names(wanted), _cited(sketch, path)
    )


def keyword_proposals(sketch: Sketch) -> Iterator[Proposal]:
    """In each group of skills, those that the offer asks for first; the others keep their order."""
    for group in sketch.cv.skills:
        ranked = {
            line.id: sketch.under(f"skills[{group.id}].keywords[{line.id}]")
            for line in group.keywords
        }
        texts = [line.text for line in group.keywords]
        first = [line.text for line in group.keywords if ranked[line.id]]
        order = [*first, *(line.text for line in group.keywords if not ranked[line.id])]
        if len(texts) < KEYWORDS_MIN or order == texts or len(set(texts)) < len(texts):
            continue
        wanted = [each for found in ranked.values() for each in found]
        path = f"skills[{group.id}].keywords"
        yield Proposal(
            id="",
            path=path,
            op="replace",
            before=texts,
            after=order,
            reason=sketch.reason("keywords", names=sketch.names(wanted)),
            criterion=wanted[0].requirement,
            citations=tuple(
                Citation(path=f"{path}[{line.id}]", quote=line.text)
                for line in group.keywords
                if ranked[line.id]
            ),
        )


def bullet_proposals(sketch: Sketch) -> Iterator[Proposal]:
    """In each job, the line that answers most of the offer first."""
    made = 0
    for job in sketch.cv.work:
        proposal = _best_line(sketch, job)
        if proposal is not None and made < JOBS_MAX:
            made += 1
            yield proposal


def _best_line(sketch: Sketch, job: Work) -> Proposal | None:
    weighed = [
        (weight_of(sketch.under(f"work[{job.id}].highlights[{line.id}]")), line)
        for line in job.highlights
    ]
    if len(weighed) < 2:
        return None
    best, line = max(weighed, key=lambda pair: pair[0])
    if best <= weighed[0][0]:
        return None
    path = f"work[{job.id}].highlights[{line.id}]"
    wanted = sketch.under(path)
    cited = (Citation(path=path, quote=line.text[:QUOTE_CHARACTERS_MAX]),)
    return _first(sketch, path, "bullet", wanted[0].requirement, sketch.names(wanted), cited)


def project_proposals(sketch: Sketch) -> Iterator[Proposal]:
    """The project that answers most of the offer, first."""
    weighed = [
        (weight_of(sketch.under(f"projects[{each.id}]")), each) for each in sketch.cv.projects
    ]
    if len(weighed) < 2:
        return
    best, project = max(weighed, key=lambda pair: pair[0])
    if best <= weighed[0][0]:
        return
    path = f"projects[{project.id}]"
    wanted = sketch.under(path)
    yield _first(
        sketch, path, "project", wanted[0].requirement, sketch.names(wanted), _cited(sketch, path)
    )


def _first(
    sketch: Sketch,
    path: str,
    form: str,
    criterion: str,
    names: str,
    cited: tuple[Citation, ...],
) -> Proposal:
    held = get(sketch.cv, path)
    return Proposal(
        id="",
        path=path,
        op="move",
        before=held,
        after=held,
        position=Position(after=None),
        reason=sketch.reason(form, names=names),
        criterion=criterion,
        citations=cited,
    )


def _cited(sketch: Sketch, path: str) -> tuple[Citation, ...]:
    """The words within `path` that name what the offer asks, once per skill."""
    wanted = {each.skill for each in sketch.under(path)}
    found: dict[str, Citation] = {}
    for each in sketch.seen:
        if each.found.skill in wanted and each.at.path.startswith((f"{path}.", f"{path}[")):
            found.setdefault(each.found.skill, each.citation)
    return tuple(dict.fromkeys(found.values()))
