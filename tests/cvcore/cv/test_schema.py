"""The published schema allows what is read, field by field."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings

from cvcore.cv import Cv, json_schema, to_json_resume
from cvcore.testing.cvs import cvs

TYPES: dict[str, Any] = {"object": dict, "array": list, "string": str, "null": type(None)}


def misfits(value: Any, schema: dict[str, Any], whole: dict[str, Any]) -> list[str]:
    """What `value` has that `schema` does not allow, as far as our schema goes."""
    if "$ref" in schema:
        return misfits(value, whole["$defs"][schema["$ref"].rpartition("/")[2]], whole)
    if "anyOf" in schema:
        each = [misfits(value, one, whole) for one in schema["anyOf"]]
        return [] if [] in each else each[0]
    if "const" in schema or "enum" in schema:
        return [] if value in schema.get("enum", [schema.get("const")]) else [repr(value)]
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if not isinstance(value, tuple(TYPES[kind] for kind in kinds)):
        return [repr(value)]
    found: list[str] = []
    if isinstance(value, dict):
        inner = schema.get("properties", {})
        for name, held in value.items():
            further = inner.get(name, schema.get("additionalProperties", True))
            if further is not True:
                found += misfits(held, further, whole)
    if isinstance(value, list):
        for held in value:
            found += misfits(held, schema["items"], whole)
    return found


@settings(max_examples=40, deadline=None)
@given(cvs())
def test_every_document_we_write_fits_the_schema(cv: Cv) -> None:
    schema = json_schema()
    assert misfits(to_json_resume(cv), schema, schema) == []


def test_the_schema_names_what_a_document_gets_wrong() -> None:
    schema = json_schema()
    document = {"basics": {"name": 3}, "work": [{"highlights": "x"}], "skills": {}}
    assert len(misfits(document, schema, schema)) == 3
