"""What the stores share: a connection's shape, JSON columns, and the two statements all write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol, TypeVar

import msgspec

T = TypeVar("T")
Row = Mapping[str, Any]
JSONB_VERSION = b"\x01"
"""The first byte of a jsonb value on the wire."""
ESCAPED_NUL = b"\\u0000"


class Connection(Protocol):
    """A connection within one transaction; one statement at a time."""

    async def execute(self, query: str, *arguments: object) -> str:
        """Run a statement; its command tag (`UPDATE 1`)."""
        ...

    async def fetch(self, query: str, *arguments: object) -> Sequence[Row]:
        """All rows."""
        ...

    async def fetchrow(self, query: str, *arguments: object) -> Row | None:
        """The first row, or None."""
        ...

    async def fetchval(self, query: str, *arguments: object) -> Any:
        """The first column of the first row, or None."""
        ...

    def transaction(self) -> AbstractAsyncContextManager[object]:
        """A savepoint: an error within undoes what was done within, and no more."""
        ...


async def prepare(connection: Any) -> None:
    """Make a fresh connection speak JSON: any object or Struct in, `msgspec.Raw` out."""
    await connection.set_type_codec(
        "json",
        schema="pg_catalog",
        encoder=msgspec.json.encode,
        decoder=msgspec.Raw,
        format="binary",
    )
    await connection.set_type_codec(
        "jsonb",
        schema="pg_catalog",
        encoder=lambda value: JSONB_VERSION + msgspec.json.encode(value),
        decoder=lambda data: msgspec.Raw(data[len(JSONB_VERSION) :]),
        format="binary",
    )


def decoded(column: Any, type: type[T] | Any) -> Any:
    """A JSON column as `type`; None where it is NULL."""
    return None if column is None else msgspec.json.decode(column, type=type)


def without_nul(value: T) -> T:
    """The value without any U+0000 in its texts: PostgreSQL has none in a text, so what is kept
    with one could neither be looked into nor shown.

    >>> without_nul({"a": ["x\\x00y"]})
    {'a': ['xy']}
    """
    if ESCAPED_NUL not in msgspec.json.encode(value):
        return value
    plain: T = msgspec.convert(_cleaned(msgspec.to_builtins(value)), type(value))
    return plain


def _cleaned(found: Any) -> Any:
    if isinstance(found, str):
        return found.replace("\x00", "")
    if isinstance(found, Mapping):
        return {_cleaned(name): _cleaned(value) for name, value in found.items()}
    return [_cleaned(each) for each in found] if isinstance(found, list | tuple) else found


def insert_into(table: str, columns: Sequence[str], behind: str = "") -> str:
    """The statement that inserts one row; `behind` is its ON CONFLICT and RETURNING.

    Table and columns are names of ours, never input.
    """
    places = ", ".join(f"${number}" for number in range(1, len(columns) + 1))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places}) {behind}"  # noqa: S608


def update_set(table: str, columns: Sequence[str], where: str) -> str:
    """The statement that writes all `columns`, `$1` onwards; `where` counts on from there."""
    sets = ", ".join(f"{column} = ${number}" for number, column in enumerate(columns, 1))
    return f"UPDATE {table} SET {sets} WHERE {where}"  # noqa: S608  # names of ours


def is_one(tag: str) -> bool:
    """Whether a statement touched a row, by its command tag."""
    return not tag.endswith(" 0")
