"""The page on the data model says what the tables are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cvweb.adapters.postgres.tables import TABLES

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "data-model.md"
COMPUTED = {"background_task": {"credit_used", "cv_file"}}
COLUMNS = {
    table._meta.tablename: {column._meta.db_column_name for column in table._meta.columns}
    | COMPUTED.get(table._meta.tablename, set())
    for table in TABLES
}


def sections() -> list[tuple[str, str]]:
    """The table a section is about, and its text."""
    parts = re.split(r"^### `\w+` → `(\w+)`$", PAGE.read_text(), flags=re.MULTILINE)
    texts = (re.split(r"^##", text, maxsplit=1, flags=re.MULTILINE)[0] for text in parts[2::2])
    return list(zip(parts[1::2], texts, strict=True))


def test_every_table_is_on_the_page() -> None:
    text = PAGE.read_text()
    assert [name for name in COLUMNS if f"`{name}`" not in text] == []


@pytest.mark.parametrize(("name", "text"), sections(), ids=lambda value: value[:24].strip())
def test_a_column_that_the_page_names_is_there(name: str, text: str) -> None:
    """The first words in backticks behind a field: a column of this table, or of another."""
    for target in re.findall(r"^\| `[a-z_]+` \| `([\w.]+)`", text, flags=re.MULTILINE):
        table, _, column = target.rpartition(".")
        assert column in COLUMNS[table or name], target


def test_the_page_names_every_column_of_the_tables_it_describes() -> None:
    lacking = {
        name: sorted(column for column in COLUMNS[name] if f"`{column}`" not in text)
        for name, text in sections()
    }
    assert {name: columns for name, columns in lacking.items() if columns} == {}
