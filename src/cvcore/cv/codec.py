"""CVs from and to JSON Resume documents, losing nothing either way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeGuard

from cvcore.cv.errors import InvalidCv, Problem
from cvcore.cv.model import Cv, Line, Origin
from cvcore.cv.numbering import counted, is_id
from cvcore.cv.shape import SHAPES, Node, Slot, extra_of, id_of, slots_of

META_KEY = "x-cvcore"
"""Where a document's `meta` holds what JSON Resume has no field for."""
META_VERSION = 1
_SURROGATE = re.compile("[\ud800-\udfff]")
DEPTH_MAX = 64
"""How many objects and lists may lie within one another in a document."""

ORIGINS: tuple[Origin, ...] = ("import", "person", "model", "attested")
_OURS = ("version", "language", "ids", "origins", "order")


def from_json_resume(document: Any) -> Cv:
    """The CV in a JSON Resume 1.x document, already parsed from JSON.

    Fields that the standard does not name are kept. null, an empty list and an absent field are the
    same. Ids come from `meta["x-cvcore"]` where they fit, else items and lines are counted. A date
    that is none is kept as it stands.

    >>> from_json_resume({"work": [{"name": "Acme", "highlights": ["Sold"]}]}).work[0].highlights
    (Line(id='b1', text='Sold'),)

    Raises:
        InvalidCv: texts, lists or objects stand where others belong; all of them are named.
    """
    reader = _Reader()
    cv = reader.document(document)
    if reader.problems:
        raise InvalidCv(reader.problems)
    return cv


def to_json_resume(cv: Cv) -> dict[str, Any]:
    """The JSON Resume document of a CV: `from_json_resume` of it is equal to `cv`.

    Ids, language, origins and order stand in `meta["x-cvcore"]`.
    """
    document = plain(cv)
    ids = ids_in(cv)
    ours: dict[str, Any] = {"version": META_VERSION}
    if cv.language is not None:
        ours["language"] = cv.language
    if ids:
        ours["ids"] = ids
    if cv.origins:
        ours["origins"] = dict(cv.origins)
    if cv.order:
        ours["order"] = list(cv.order)
    kept = cv.meta.get(META_KEY)
    document["meta"] = {**cv.meta, META_KEY: {**(kept or {}), **ours}}
    return document


def plain(node: Node) -> dict[str, Any]:
    """A part of a CV as JSON Resume has it: no ids, nothing that is absent."""
    found: dict[str, Any] = {}
    for slot in slots_of(node).values():
        value = getattr(node, slot.attribute)
        if value is None or value == ():
            continue
        if slot.kind == "text":
            found[slot.wire] = value
        elif slot.kind == "lines":
            found[slot.wire] = [line.text for line in value]
        elif slot.kind == "items":
            found[slot.wire] = [plain(item) for item in value]
        elif (inner := plain(value)) or slot.wire != "basics":
            found[slot.wire] = inner
    for name, value in extra_of(node).items():
        found.setdefault(name, value)
    return found


def node_from(
    type_: type[Any],
    value: Any,
    *,
    path: str,
    id: str = "",
    ids: dict[str, list[str]] | None = None,
) -> Any:
    """An item (or basics, or a location) from its JSON Resume form.

    `ids` are those of the lists in it, by their path within it (`{"highlights": ["b1"]}`); lists it
    does not name are counted.

    Raises:
        InvalidCv: `value` is no such item.
    """
    reader = _Reader()
    node = reader.node(type_, value, path, _Ids(ids or {}), id=id)
    if reader.problems:
        raise InvalidCv(reader.problems)
    return node


def ids_in(node: Node) -> dict[str, list[str]]:
    """The ids of every list in a part of a CV, by its path within that part."""
    return dict(_ids(node, ""))


def is_json_resume(document: Any) -> bool:
    """Whether `document` looks like a CV in JSON Resume: a person, or a list of jobs or studies."""
    if not isinstance(document, dict):
        return False
    basics = document.get("basics")
    is_person = isinstance(basics, dict) and "sections" not in document
    return is_person or any(_is_rows(document.get(name)) for name in ("work", "education"))


def _is_rows(value: Any) -> TypeGuard[list[dict[str, Any]]]:
    return isinstance(value, list) and bool(value) and all(isinstance(e, dict) for e in value)


def _ids(node: Node, path: str) -> Iterator[tuple[str, list[str]]]:
    for slot in slots_of(node).values():
        value, at = getattr(node, slot.attribute), f"{path}.{slot.wire}".lstrip(".")
        if slot.kind == "object" and value is not None:
            yield from _ids(value, at)
        elif slot.kind in ("lines", "items") and value:
            yield at, [id_of(row) for row in value]
            if slot.kind == "items":
                for row in value:
                    yield from _ids(row, f"{at}[{row.id}]")


class _Ids:
    """The ids a document brings, by the path of their list; those that do not fit are not used."""

    def __init__(self, known: Any) -> None:
        self._known = known if isinstance(known, dict) else {}

    def of(self, path: str, name: str, length: int) -> list[str]:
        ids = self._known.get(path)
        if isinstance(ids, list) and all(map(is_id, ids)) and length == len(ids) == len(set(ids)):
            return list(ids)
        counter = counted(name)
        return [next(counter) for _ in range(length)]


class _Reader:
    """Reads a document and notes every problem on the way. Two paths run along: `at` as the
    document counts, for people; `by_id` as our ids are kept."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def document(self, document: Any) -> Cv:
        if not isinstance(document, dict):
            self._note("$", "an object is needed here", document)
            return Cv()
        if _depth(document) > DEPTH_MAX:
            self._note("$", f"more than {DEPTH_MAX} levels within one another", None)
            return Cv()
        body = {name: value for name, value in document.items() if name != "meta"}
        meta = self._object(document.get("meta"), "meta")
        ours = self._object(meta.get(META_KEY), f"meta.{META_KEY}")
        cv: Cv = self.node(Cv, body, "", _Ids(ours.get("ids")))
        return self._with_ours(cv, meta, ours)

    def _with_ours(self, cv: Cv, meta: dict[str, Any], ours: dict[str, Any]) -> Cv:
        at = f"meta.{META_KEY}"
        origins = self._object(ours.get("origins"), f"{at}.origins")
        for path, origin in origins.items():
            if origin not in ORIGINS:
                self._note(f"{at}.origins[{path!r}]", f"one of {', '.join(ORIGINS)}", origin)
        order = self._list(ours.get("order"), f"{at}.order")
        names = tuple(self._text(name, f"{at}.order[{n}]") or "" for n, name in enumerate(order))
        language = self._text(ours.get("language"), f"{at}.language")
        kept = {name: value for name, value in ours.items() if name not in _OURS}
        meta = {name: value for name, value in meta.items() if name != META_KEY}
        if kept:
            meta[META_KEY] = kept
        return Cv(
            **{slot.attribute: getattr(cv, slot.attribute) for slot in slots_of(cv).values()},
            language=language,
            origins=origins,
            order=names,
            meta=meta,
            extra=cv.extra,
        )

    def node(
        self, type_: type[Any], value: Any, at: str, ids: _Ids, *, id: str = "", by_id: str = ""
    ) -> Any:
        found = self._object(value, at or "$")
        slots = SHAPES[type_].slots
        arguments: dict[str, Any] = {"id": id} if id else {}
        for name, slot in slots.items():
            held = found.get(name)
            if held is not None:
                where, key = f"{at}.{name}".lstrip("."), f"{by_id}.{name}".lstrip(".")
                arguments[slot.attribute] = self._slot(slot, held, where, key, ids)
        extra = {name: held for name, held in found.items() if name not in slots}
        for name, held in extra.items():
            self._check_texts(held, f"{at}.{name}".lstrip("."))
        return type_(**arguments, extra=extra)

    def _slot(self, slot: Slot, value: Any, at: str, by_id: str, ids: _Ids) -> Any:
        if slot.kind == "text":
            return self._text(value, at)
        if slot.kind == "object":
            return self.node(slot.type, value, at, ids, by_id=by_id)
        rows = self._list(value, at)
        named = zip(ids.of(by_id, slot.wire, len(rows)), enumerate(rows), strict=True)
        if slot.kind == "lines":
            return tuple(
                Line(id, self._needed(self._text(row, f"{at}[{n}]"), f"{at}[{n}]", row))
                for id, (n, row) in named
            )
        return tuple(
            self.node(
                slot.type,
                self._row(row, f"{at}[{n}]"),
                f"{at}[{n}]",
                ids,
                id=id,
                by_id=f"{by_id}[{id}]",
            )
            for id, (n, row) in named
        )

    def _row(self, value: Any, at: str) -> Any:
        if value is None:
            self._note(at, "an object is needed here", value)
        return value

    def _needed(self, text: str | None, at: str, value: Any) -> str:
        if text is None and value is None:
            self._note(at, "a text is needed here", value)
        return text or ""

    def _text(self, value: Any, at: str) -> str | None:
        if value is None or isinstance(value, str):
            self._check_texts(value, at)
            return value
        self._note(at, "a text is needed here", value)
        return None

    def _list(self, value: Any, at: str) -> list[Any]:
        if isinstance(value, list | tuple):
            return list(value)
        if value is not None:
            self._note(at, "a list is needed here", value)
        return []

    def _object(self, value: Any, at: str) -> dict[str, Any]:
        if isinstance(value, dict):
            return value
        if value is not None:
            self._note(at, "an object is needed here", value)
        return {}

    def _check_texts(self, value: Any, at: str) -> None:
        for text in _texts_in(value):
            if not text.isascii() and _SURROGATE.search(text):
                self._note(at, "half of a character (a lone surrogate) stands here", ascii(text))

    def _note(self, at: str, message: str, value: Any) -> None:
        self.problems.append(Problem(at, message, value))


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, held in value.items():
            yield from _texts_in(name)
            yield from _texts_in(held)
    elif isinstance(value, list | tuple):
        for held in value:
            yield from _texts_in(held)


def _depth(document: Any) -> int:
    """How deep a document is, counted without recursion: a hostile one is refused, not a crash."""
    level, depth = [document], 0
    while level and depth <= DEPTH_MAX:
        depth += 1
        level = [
            held
            for value in level
            if isinstance(value, dict | list)
            for held in (value.values() if isinstance(value, dict) else value)
        ]
    return depth
