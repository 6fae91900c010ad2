"""The JSON Schema of a CV document, made from the types."""

from __future__ import annotations

from typing import Any

from cvcore.cv.codec import META_KEY, META_VERSION, ORIGINS
from cvcore.cv.model import SECTIONS, Cv
from cvcore.cv.shape import SHAPES, Shape, Slot

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT = {"type": ["string", "null"]}


def json_schema() -> dict[str, Any]:
    """The schema of the documents that `from_json_resume` reads: JSON Resume 1.x and our corner.

    Unknown fields are allowed everywhere, as the standard has it; null is as good as absent.
    """
    definitions = {
        shape.type.__name__: _object(shape) for type_, shape in SHAPES.items() if type_ is not Cv
    }
    whole = _object(SHAPES[Cv])
    whole["properties"]["meta"] = {
        "type": ["object", "null"],
        "properties": {META_KEY: _ours()},
        "additionalProperties": True,
    }
    return {"$schema": DIALECT, "title": "CV", **whole, "$defs": definitions}


def _object(shape: Shape) -> dict[str, Any]:
    found: dict[str, Any] = {"type": "object"}
    if shape.type.__doc__:
        found["description"] = " ".join(shape.type.__doc__.split())
    found["properties"] = {name: _field(slot) for name, slot in shape.slots.items()}
    found["additionalProperties"] = True
    return found


def _field(slot: Slot) -> dict[str, Any]:
    if slot.kind == "text":
        return _TEXT
    if slot.kind == "lines":
        return {"type": ["array", "null"], "items": {"type": "string"}}
    reference = {"$ref": f"#/$defs/{slot.type.__name__}"}
    if slot.kind == "object":
        return {"anyOf": [reference, {"type": "null"}]}
    return {"type": ["array", "null"], "items": reference}


def _ours() -> dict[str, Any]:
    return {
        "type": ["object", "null"],
        "properties": {
            "version": {"const": META_VERSION},
            "language": _TEXT,
            "ids": {
                "type": "object",
                "additionalProperties": {"type": "array", "items": {"type": "string"}},
            },
            "origins": {"type": "object", "additionalProperties": {"enum": list(ORIGINS)}},
            "order": {"type": "array", "items": {"enum": list(SECTIONS)}},
        },
        "additionalProperties": True,
    }
