"""Drafts that bring to the list, the summary and the headline what the jobs show."""

from __future__ import annotations

from collections.abc import Iterator

from cvcore.cv.model import Skill
from cvcore.skills import find_skills, lexicon
from cvcore.skills.fold import fold
from cvcore.tailoring.sketch import NAMES_MAX, Sketch
from cvcore.tailoring.wanted import Seen, Wanted
from cvcore.tailoring.wording import enumerated
from cvcore.versions.model import Citation, Position, Proposal

LISTED_MAX = 8
SUMMARY_MIN = 2
SHOWING = ("work", "projects", "volunteer")


def list_proposals(sketch: Sketch) -> Iterator[Proposal]:
    """Skills that a job or project shows and no group lists, each where its kin are listed."""
    lacking = [
        (wanted, shown)
        for wanted in sketch.wanted
        if (shown := _shown(sketch, wanted))
        and not any(each.section == "skills" for each in sketch.seen_of(wanted.skill))
    ][:LISTED_MAX]
    groups = sketch.cv.skills
    if not groups and lacking:
        yield _new_group(sketch, lacking)
        return
    for wanted, shown in lacking:
        yield _listed(sketch, wanted, shown)


def _shown(sketch: Sketch, wanted: Wanted) -> Seen | None:
    seen = [each for each in sketch.seen_of(wanted.skill) if each.section in SHOWING]
    return min(seen, key=lambda each: SHOWING.index(each.section), default=None)


def _listed(sketch: Sketch, wanted: Wanted, shown: Seen) -> Proposal:
    group = _group_for(wanted.skill, sketch)
    name = _name(wanted, shown)
    where = _where(sketch, shown)
    path, after, behind = "skills", {"name": name}, sketch.cv.skills[-1].id
    if group is not None:
        path, behind = f"skills[{group.id}].keywords", group.keywords[-1].id
    return Proposal(
        id="",
        path=path,
        op="insert",
        after=after if group is None else name,
        position=Position(after=behind),
        reason=sketch.reason("list", name=name, where=where),
        criterion=wanted.requirement,
        citations=(shown.citation,),
    )


def _name(wanted: Wanted, shown: Seen) -> str:
    """The CV's own words where they name the skill as well as the offer's."""
    own = lexicon().get(wanted.skill)
    if own is not None and fold(wanted.name) == fold(shown.words):
        return shown.words
    return wanted.name if not wanted.name.islower() or shown.words.islower() else shown.words


def _group_for(skill: str, sketch: Sketch) -> Skill | None:
    """The group that lists most of the skill's family, then trade; None where none has keywords."""
    grouped = [group for group in sketch.cv.skills if group.keywords]
    if not grouped:
        return None
    term = lexicon().get(skill)

    def kinship(group: Skill) -> tuple[int, int, int]:
        text = ", ".join([group.name or "", *(line.text for line in group.keywords)])
        held = [entry for one in find_skills(text) if (entry := lexicon().get(one.skill))]
        family = sum(term is not None and entry.family == term.family for entry in held)
        trade = sum(term is not None and entry.trade == term.trade for entry in held)
        return family, trade, len(sketch.under(f"skills[{group.id}]"))

    return max(grouped, key=kinship)


def _new_group(sketch: Sketch, lacking: list[tuple[Wanted, Seen]]) -> Proposal:
    names = list(dict.fromkeys(_name(wanted, shown) for wanted, shown in lacking))
    wanted, shown = lacking[0]
    return Proposal(
        id="",
        path="skills",
        op="insert",
        after={"name": sketch.words["groupname"], "keywords": names},
        position=Position(after=None),
        reason=sketch.reason(
            "list", name=enumerated(names, sketch.words), where=_where(sketch, shown)
        ),
        criterion=wanted.requirement,
        citations=tuple(each.citation for _, each in lacking),
    )


def _where(sketch: Sketch, seen: Seen) -> str:
    """The employer or project that shows it."""
    item = seen.at.path.partition("]")[0] + "]"
    for section in SHOWING:
        for each in getattr(sketch.cv, section):
            if f"{section}[{each.id}]" == item:
                name = getattr(each, "organization", None) or getattr(each, "name", None)
                return str(name or each.id)
    return item


def summary_proposals(sketch: Sketch) -> Iterator[Proposal]:
    """The skills that weigh most, named at the end of a summary that names none of them."""
    text = sketch.cv.basics.summary
    above = {each.found.skill for each in sketch.seen if each.section == "basics"}
    found = [
        (wanted, shown)
        for wanted in sketch.wanted
        if wanted.skill not in above and (shown := _shown(sketch, wanted))
    ][:NAMES_MAX]
    if not text or not text.strip() or len(found) < SUMMARY_MIN:
        return
    names = enumerated([_name(*pair) for pair in found], sketch.words)
    keys = sketch.words["keys"].format(names=names)
    end = "" if text.rstrip().endswith((".", "!", "?", "…")) else "."
    yield Proposal(
        id="",
        path="basics.summary",
        op="replace",
        before=text,
        after=f"{text.rstrip()}{end} {keys}",
        reason=sketch.reason("summary", names=names),
        criterion=found[0][0].requirement,
        citations=tuple(shown.citation for _, shown in found),
    )


def label_proposals(sketch: Sketch) -> Iterator[Proposal]:
    """The post held last, as the headline of a CV that has none."""
    if sketch.cv.basics.label:
        return
    dated = [job for job in sketch.cv.work if job.position and job.start_date]
    if not dated:
        return
    last = max(dated, key=lambda job: (job.end_date or "9999", job.start_date or ""))
    position = last.position or ""
    yield Proposal(
        id="",
        path="basics.label",
        op="replace",
        before=None,
        after=position,
        reason=sketch.reason("label", where=last.name or last.id),
        criterion=next(
            (each.requirement for each in sketch.score.criteria if each.rule.startswith("title")),
            None,
        ),
        citations=(Citation(path=f"work[{last.id}].position", quote=position),),
    )
