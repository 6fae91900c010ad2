"""A row as a line of JSON and back: each column by itself, as its type writes and reads it.

What a JSON column keeps need not be what the server can unpack (an escaped U+0000 is an example),
so a line is taken apart here and every column is handed over as its own text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

_NEW_LINES = re.compile(r"[\r\n]")


def line_of(row: str) -> bytes:
    """What `row_to_json` made of a row, as one line: a JSON column keeps its text as it was
    written, and in JSON new lines stand between values only."""
    return _NEW_LINES.sub(" ", row).encode() + b"\n"


async def insert(
    connection: Any, name: str, columns: Sequence[str], lines: Sequence[bytes]
) -> None:
    """Put the rows that these lines tell of into the table, nothing of them changed."""
    types = await _types(connection, name)
    listed = ", ".join(f'"{column}"' for column in columns)
    places = ", ".join(
        f"${number}::text::{types[column]}" for number, column in enumerate(columns, 1)
    )
    query = f"INSERT INTO {name} ({listed}) OVERRIDING SYSTEM VALUE VALUES ({places})"  # noqa: S608  # names of ours
    wanted = [types[column] for column in columns]
    await connection.executemany(query, [_texts(line, columns, wanted) for line in lines])


def _texts(line: bytes, columns: Sequence[str], types: Sequence[str]) -> list[str | None]:
    row: Mapping[str, msgspec.Raw] = msgspec.json.decode(line, type=dict[str, msgspec.Raw])
    return [
        _text(bytes(row.get(column, b"null")), type)
        for column, type in zip(columns, types, strict=True)
    ]


def _text(found: bytes, type: str) -> str | None:
    """A value in JSON as the text that a column of this type reads; None is NULL."""
    if found == b"null":
        return None
    if type in {"json", "jsonb"}:
        return found.decode()
    if found.startswith(b'"'):
        return msgspec.json.decode(found, type=str)
    if found.startswith(b"["):
        items = msgspec.json.decode(found, type=list[msgspec.Raw])
        return "{" + ",".join(bytes(item).decode() for item in items) + "}"
    return found.decode()


async def _types(connection: Any, name: str) -> dict[str, str]:
    rows = await connection.fetch(
        "SELECT attname, format_type(atttypid, -1) AS type FROM pg_attribute "
        "WHERE attrelid = $1::text::regclass AND attnum > 0 AND NOT attisdropped",
        name,
    )
    return {row["attname"]: row["type"] for row in rows}
