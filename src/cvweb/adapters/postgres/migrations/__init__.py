"""The migrations, as SQL that is never edited once released.

Each Python module is a Piccolo migration that runs the SQL files of its number in one transaction
and notes itself in the same one, so that a process killed at any moment leaves it done or not done.
"""

from __future__ import annotations

from importlib import resources

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.apps.migrations.tables import Migration


def from_sql(*files: str, id: str, description: str) -> MigrationManager:
    """The migration that runs these SQL files, in this order."""
    manager = MigrationManager(migration_id=id, app_name="cvweb", description=description)

    async def run() -> None:
        folder = resources.files(__package__)
        for file in files:
            for statement in _statements((folder / file).read_text(encoding="utf-8")):
                await Migration.raw(statement)
        await Migration.raw(
            "INSERT INTO migration (name, app_name, ran_on) VALUES ({}, {}, current_timestamp)",
            id,
            "cvweb",
        )

    manager.add_raw(run)
    return manager


def _statements(text: str) -> list[str]:
    """The statements of a file; they end with `;` at a line's end and contain no other such.

    Braces are doubled: Piccolo takes single ones for its arguments.
    """
    lines = (line for line in text.splitlines() if not line.startswith("--"))
    found = (part.strip() for part in "\n".join(lines).split(";\n"))
    return [part.removesuffix(";").replace("{", "{{").replace("}", "}}") for part in found if part]
