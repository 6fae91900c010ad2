"""What Piccolo's migrations need to find: the engine and the app.

The engine has no address of its own: `migrate` gives it one for as long as it runs. Everything else
talks to the database through `Database`, never through this module.
"""

from __future__ import annotations

from piccolo.conf.apps import AppRegistry
from piccolo.engine.postgres import PostgresEngine


class MigrationEngine(PostgresEngine):
    """An engine that connects when it is used, not when it is made."""

    async def check_version(self) -> None:
        """Nothing: `Database` and `migrate` look at the server's version themselves."""

    async def prep_database(self) -> None:
        """Nothing: no extension is needed."""


DB = MigrationEngine(config={}, extensions=())
APP_REGISTRY = AppRegistry(apps=["cvweb.adapters.postgres.piccolo_app"])
