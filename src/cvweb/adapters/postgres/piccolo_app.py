"""The one Piccolo app: its tables and its migrations."""

from __future__ import annotations

from pathlib import Path

from piccolo.conf.apps import AppConfig

from cvweb.adapters.postgres.tables import TABLES

APP_CONFIG = AppConfig(
    app_name="cvweb",
    migrations_folder_path=str(Path(__file__).parent / "migrations"),
    table_classes=list(TABLES),
    migration_dependencies=[],
    commands=[],
)
