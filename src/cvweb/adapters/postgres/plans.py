"""Plans, subscriptions and use counters on PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import asyncpg

from cvcore.ids import OwnerId
from cvcore.money import Money
from cvcore.plans.errors import StaleSubscription, TierTaken
from cvcore.plans.model import Allowance, Plan, Subscription
from cvweb.adapters.postgres.rows import Connection, Row, insert_into, is_one, update_set

_PLAN = (
    "id",
    "name",
    "tier",
    "price_monthly",
    "price_currency",
    "price_yearly",
    "price_yearly_currency",
    "description",
    "is_free",
    "is_popular",
)
_REPLACE = "ON CONFLICT (id) DO UPDATE SET " + ", ".join(
    f"{name} = excluded.{name}" for name in _PLAN[1:]
)
_SUBSCRIPTION = (
    "plan_id",
    "anchor",
    "status",
    "billing_period",
    "cancel_at_period_end",
    "canceled_at",
    "ends_at",
    "stripe_customer_id",
    "stripe_subscription_id",
    "version",
)
_COUNT = """
    INSERT INTO feature_usage_counter AS counter (user_id, feature_name, period_start, count)
    SELECT $1, $2, $3, greatest($4::int, 0) WHERE $5 = -1 OR $4 <= 0 OR $4 <= $5
    ON CONFLICT (user_id, feature_name, period_start) DO UPDATE
    SET count = greatest(counter.count + $4, 0)
    WHERE $5 = -1 OR $4 <= 0 OR counter.count + $4 <= $5
    RETURNING count
"""


class PostgresPlans:
    """A `PlanStore` over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def plans(self) -> Sequence[Plan]:
        limits: dict[str, list[Allowance]] = {}
        for row in await self._connection.fetch(
            "SELECT * FROM subscription_plan_feature_limit ORDER BY plan_id, position"
        ):
            limits.setdefault(row["plan_id"], []).append(
                Allowance(
                    feature=row["feature_name"],
                    is_enabled=row["is_enabled"],
                    usage_limit=row["usage_limit"],
                )
            )
        rows = await self._connection.fetch("SELECT * FROM subscription_plan ORDER BY tier")
        return [_plan(row, tuple(limits.get(row["id"], ()))) for row in rows]

    async def put_plan(self, plan: Plan) -> None:
        try:
            async with self._connection.transaction():
                await self._connection.execute(
                    insert_into("subscription_plan", _PLAN, _REPLACE),
                    plan.id,
                    plan.name,
                    plan.tier,
                    plan.price_monthly.minor_units,
                    plan.price_monthly.currency,
                    plan.price_yearly.minor_units,
                    plan.price_yearly.currency,
                    plan.description,
                    plan.is_free,
                    plan.is_popular,
                )
        except asyncpg.UniqueViolationError as error:
            raise TierTaken(plan=plan.id, tier=plan.tier, name=plan.name) from error
        await self._put_allowances(plan)

    async def _put_allowances(self, plan: Plan) -> None:
        await self._connection.execute(
            "DELETE FROM subscription_plan_feature_limit WHERE plan_id = $1", plan.id
        )
        await self._connection.execute(
            "INSERT INTO subscription_plan_feature_limit "
            "(plan_id, position, feature_name, is_enabled, usage_limit) "
            "SELECT $1, * FROM unnest($2::int[], $3::text[], $4::bool[], $5::int[])",
            plan.id,
            list(range(len(plan.allowances))),
            [allowance.feature for allowance in plan.allowances],
            [allowance.is_enabled for allowance in plan.allowances],
            [allowance.usage_limit for allowance in plan.allowances],
        )

    async def subscription(self, owner: OwnerId) -> Subscription | None:
        row = await self._connection.fetchrow(
            "SELECT * FROM subscription WHERE user_id = $1", owner
        )
        return None if row is None else _subscription(row)

    async def put_subscription(self, subscription: Subscription) -> None:
        values = (
            subscription.plan,
            subscription.anchor,
            subscription.status,
            subscription.billing_period,
            subscription.cancel_at_period_end,
            subscription.cancelled_at,
            subscription.ends_at,
            subscription.customer,
            subscription.reference,
            subscription.version,
            subscription.owner,
        )
        if subscription.version == 1:
            columns = (*_SUBSCRIPTION, "user_id")
            query = insert_into("subscription", columns, "ON CONFLICT (user_id) DO NOTHING")
        else:
            query = update_set("subscription", _SUBSCRIPTION, "user_id = $11 AND version = $10 - 1")
        if not is_one(await self._connection.execute(query, *values)):
            raise StaleSubscription(owner=subscription.owner, version=subscription.version - 1)

    async def used(self, owner: OwnerId, feature: str, period_start: datetime) -> int:
        count = await self._connection.fetchval(
            "SELECT count FROM feature_usage_counter "
            "WHERE user_id = $1 AND feature_name = $2 AND period_start = $3",
            owner,
            feature,
            period_start,
        )
        return count or 0

    async def count(
        self, owner: OwnerId, feature: str, period_start: datetime, *, change: int, limit: int
    ) -> int | None:
        count: int | None = await self._connection.fetchval(
            _COUNT, owner, feature, period_start, change, limit
        )
        return count


def _plan(row: Row, allowances: tuple[Allowance, ...]) -> Plan:
    return Plan(
        id=row["id"],
        name=row["name"],
        tier=row["tier"],
        price_monthly=Money(row["price_monthly"], row["price_currency"]),
        price_yearly=Money(row["price_yearly"], row["price_yearly_currency"]),
        allowances=allowances,
        description=row["description"],
        is_free=row["is_free"],
        is_popular=row["is_popular"],
    )


def _subscription(row: Row) -> Subscription:
    return Subscription(
        owner=row["user_id"],
        plan=row["plan_id"],
        anchor=row["anchor"],
        status=row["status"],
        billing_period=row["billing_period"],
        cancel_at_period_end=row["cancel_at_period_end"],
        cancelled_at=row["canceled_at"],
        ends_at=row["ends_at"],
        customer=row["stripe_customer_id"],
        reference=row["stripe_subscription_id"],
        version=row["version"],
    )
