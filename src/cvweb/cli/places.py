"""Where in a CV a path leads, in words: what a person finds without knowing our ids."""

from __future__ import annotations

from typing import Any

from cvcore.cv import LABELS, Cv, Item, paths
from cvcore.cv.pathnames import Step, format_path, parse
from cvcore.errors import CvcoreError

NAMES = ("position", "study_type", "title", "name", "organization", "institution", "language")
FIELDS = {
    "basics.label": "headline",
    "basics.summary": "profile",
    "highlights": "bullets",
    "keywords": "words",
    "courses": "courses",
    "roles": "roles",
    "studyType": "degree",
    "area": "subject",
    "name": "name",
    "position": "title",
    "summary": "text",
    "description": "description",
}
NAME_CHARACTERS_MAX = 40


def place_in_words(cv: Cv, path: str) -> str:
    """`work[w1].highlights[b4]` as `Experience > Backend Engineer > bullet 4`.

    A path that cannot be followed stays as it is.
    """
    if path in FIELDS:
        return FIELDS[path].capitalize()
    try:
        steps = parse(path)
        if steps[0].name == "basics" or steps[0].name not in LABELS["en"]:
            return path
        return " > ".join([LABELS["en"][steps[0].name], *inner_words(cv, steps)])
    except CvcoreError:
        return path


def inner_words(cv: Cv, steps: tuple[Step, ...]) -> list[str]:
    """The steps within a section."""
    found = []
    if steps[0].id is not None:
        found.append(item_name(paths.get(cv, format_path(steps[:1])), steps[0].id))
    for number, step in enumerate(steps[1:], 2):
        name = FIELDS.get(step.name, step.name)
        if step.id is None:
            found.append(name)
            continue
        ids = paths.ids_at(cv, format_path((*steps[: number - 1], Step(step.name))))
        where = ids.index(step.id) + 1 if step.id in ids else step.id
        found.append(f"{name.removesuffix('s')} {where}")
    return found


def item_name(item: Any, id: str) -> str:
    """What a person calls an item: its title, else what it has of names, else its id."""
    if isinstance(item, dict):
        values = [item.get(name) for name in ("position", "studyType", "title", "name")]
    elif isinstance(item, Item):
        values = [getattr(item, name, None) for name in NAMES]
    else:
        values = []
    name = next((value for value in values if isinstance(value, str) and value), id)
    one_line = " ".join(name.split())
    if len(one_line) <= NAME_CHARACTERS_MAX:
        return one_line
    return one_line[: NAME_CHARACTERS_MAX - 3] + "..."
