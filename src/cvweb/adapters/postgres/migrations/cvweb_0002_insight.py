"""Telemetry, model calls, consent, feedback, mail and rewards; everybody gets a referral code."""

from __future__ import annotations

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from cvweb.adapters.postgres.migrations import from_sql

ID = "2026-11-23T00:00:02:000000"
VERSION = "1.38.0"
DESCRIPTION = "Telemetry, model calls, consent, feedback, mail and rewards"


async def forwards() -> MigrationManager:
    return from_sql("0002_insight.sql", id=ID, description=DESCRIPTION)
