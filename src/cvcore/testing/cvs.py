"""Hypothesis strategies for CVs: documents of any shape, and CVs edited at random."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from cvcore.cv import SECTIONS, Cv, from_json_resume, paths, texts, to_json_resume
from cvcore.cv.shape import SHAPES, Shape, Slot

WORDS = (
    "led", "built", "a", "team", "of", "12", "engineers", "in", "Paris", "PostgreSQL", "C++",
    "café", "2019", "été", "sales", "\u200f", "👩‍💻", "*", "#import", "<b>",
)  # fmt: skip


def sentences() -> SearchStrategy[str]:
    """Short texts of words that occur in CVs, some of them hostile."""
    return st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)


def json_values() -> SearchStrategy[Any]:
    """Any JSON, as unknown fields hold it."""
    leaves = st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(max_size=8)
    return st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner),
        max_leaves=4,
    )


def documents() -> SearchStrategy[dict[str, Any]]:
    """JSON Resume documents: any of the standard's fields filled, and unknown ones anywhere."""
    return _node(SHAPES[Cv], fields_max=6)


def cvs() -> SearchStrategy[Cv]:
    """CVs as they are read from a document, some with a language, an order and origins."""
    return st.builds(_with_ours, documents(), st.sampled_from([None, "en", "fr"]), _orders())


@st.composite
def edited(draw: DrawFn, cv: Cv, *, edits_max: int = 6) -> Cv:
    """`cv` after some edits of a person: texts, lines and items changed, added, removed, moved."""
    for _ in range(draw(st.integers(0, edits_max))):
        cv = _edited_once(draw, cv)
    return cv


def _orders() -> SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(SECTIONS), max_size=3, unique=True)


def _with_ours(document: dict[str, Any], language: str | None, order: list[str]) -> Cv:
    cv = from_json_resume(document)
    ours = to_json_resume(cv)
    kept = [each.path for each in texts(cv) if each.kind == "text"][:2]
    ours["meta"]["x-cvcore"] |= {
        "language": language,
        "order": order,
        "origins": dict.fromkeys(kept, "model"),
    }
    return from_json_resume(ours)


@st.composite
def _node(draw: DrawFn, shape: Shape, *, fields_max: int = 4) -> dict[str, Any]:
    """Some fields of a type, few enough that an example stays small, and perhaps an unknown one."""
    chosen = draw(st.lists(st.sampled_from(list(shape.slots)), max_size=fields_max, unique=True))
    found = {name: draw(_field(shape.slots[name])) for name in chosen}
    if draw(st.integers(0, 5)) == 0:
        name = draw(st.text(max_size=5))
        if name not in shape.slots and name != "meta":
            found[name] = draw(json_values())
    return found


def _field(slot: Slot) -> SearchStrategy[Any]:
    if slot.kind == "text":
        return sentences()
    if slot.kind == "lines":
        return st.lists(sentences(), max_size=4)
    inner = _node(SHAPES[slot.type])
    return st.lists(inner, max_size=3) if slot.kind == "items" else inner


def _lists(cv: Cv) -> list[str]:
    found = [*SECTIONS, "basics.profiles"]
    found += [f"work[{item.id}].highlights" for item in cv.work]
    found += [f"projects[{item.id}].roles" for item in cv.projects]
    return found + [f"skills[{item.id}].keywords" for item in cv.skills]


def _edited_once(draw: DrawFn, cv: Cv) -> Cv:
    known = [each.path for each in texts(cv) if each.kind != "extra"]
    action = draw(st.sampled_from(("text", "unknown", "insert", "remove", "move")))
    if action == "text":
        at = draw(st.sampled_from([*known, "basics.summary"]))
        return paths.with_value(cv, at, draw(sentences()))
    if action == "unknown":
        return paths.with_value(cv, draw(st.sampled_from(["x", "basics.y"])), draw(json_values()))
    listed = draw(st.sampled_from(_lists(cv)))
    ids = paths.ids_at(cv, listed)
    if action == "insert":
        is_line = listed.endswith(("highlights", "keywords", "roles"))
        value = draw(sentences()) if is_line else {}
        after = draw(st.sampled_from([None, *ids]))
        return paths.insert(cv, listed, value, after=after)
    if not ids:
        return cv
    at = f"{listed}[{draw(st.sampled_from(ids))}]"
    if action == "remove":
        return paths.remove(cv, at)
    return paths.move(cv, at, after=draw(st.sampled_from([None, *ids])))
