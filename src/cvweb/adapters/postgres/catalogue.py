"""What is for sale from the start: plans and packs, put into an installation that has none.

An administrator changes them later; a release never does.
"""

from __future__ import annotations

from cvcore.plans.catalogue import PACKS, PLANS
from cvweb.adapters.postgres.database import Database

TABLES = ("subscription_plan", "subscription_plan_feature_limit", "credit_pack")
"""The tables that are filled without anybody having done anything."""


async def keep_catalogue(url: str) -> bool:
    """Put plans and packs where there are none; whether anything was put."""
    async with Database(url, connections_max=1) as database, database.begin() as unit:
        await unit.connection.execute("LOCK TABLE subscription_plan IN SHARE ROW EXCLUSIVE MODE")
        if await unit.plans.plans():
            return False
        for plan in PLANS:
            await unit.plans.put_plan(plan)
        for pack in PACKS:
            await unit.connection.execute(
                "INSERT INTO credit_pack (id, name, credit_amount, price, price_currency) "
                "VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
                pack.id,
                pack.name,
                pack.credits,
                pack.price.minor_units,
                pack.price.currency,
            )
        return True
