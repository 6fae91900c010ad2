"""What Piccolo's migrations need to find: the engine and the app.

The engine has no address of its own: `migrate` gives it one for as long as it runs. Everything else
talks to the database through `Database`, never through this module.
"""

from __future__ import annotations

from piccolo.conf.apps import AppRegistry
from piccolo.engine.postgres import PostgresEngine

DB = PostgresEngine(config={}, extensions=())
APP_REGISTRY = AppRegistry(apps=["cvweb.adapters.postgres.piccolo_app"])
