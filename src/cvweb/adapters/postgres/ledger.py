"""The ledger's accounts and entries on PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from cvcore.ids import EntryId, OwnerId, RequestKey
from cvcore.ledger.model import Account, Entry, Write
from cvweb.adapters.postgres.ledger_rows import (
    ACCOUNT_COLUMNS,
    ENTRY_COLUMNS,
    account_of,
    account_values,
    entry_of,
    entry_values,
)
from cvweb.adapters.postgres.rows import Connection


def _columns_of(names: Mapping[str, str], first: int = 1) -> str:
    return ", ".join(f"${place}::{kind}[]" for place, kind in enumerate(names.values(), first))


_SET = ", ".join(f"{name} = new.{name}" for name in ACCOUNT_COLUMNS if name != "user_id")
_ACCOUNTS, _ENTRIES = ", ".join(ACCOUNT_COLUMNS), ", ".join(ENTRY_COLUMNS)
_NEXT = len(ACCOUNT_COLUMNS) + 2
_OPEN = """
    INSERT INTO credit_balance (user_id)
    SELECT owner FROM unnest($1::text[]) AS owner ORDER BY owner ON CONFLICT DO NOTHING
"""
# The two subqueries in `written` run once, before its first row: whatever the plan, the rows are
# locked in order, and a key is one look into its index, however long the history.
_APPEND = f"""
    WITH new ({_ACCOUNTS}, seen) AS (
        SELECT * FROM unnest({_columns_of(ACCOUNT_COLUMNS)}, ${_NEXT - 1}::bigint[])
    ), entry ({_ENTRIES}) AS (
        SELECT * FROM unnest({_columns_of(ENTRY_COLUMNS, _NEXT)})
    ), locked AS (
        SELECT user_id FROM credit_balance WHERE user_id IN (SELECT user_id FROM new)
        ORDER BY user_id FOR NO KEY UPDATE
    ), taken AS MATERIALIZED (
        SELECT entry.user_id FROM entry CROSS JOIN LATERAL (
            SELECT FROM credit_transaction AS there
            WHERE there.user_id = entry.user_id AND there.request_key = entry.request_key LIMIT 1
        ) AS found
    ), written AS (
        UPDATE credit_balance AS old SET {_SET} FROM new
        WHERE old.user_id = new.user_id AND old.seq = new.seen
            AND (SELECT count(*) FROM locked) > 0
            AND new.user_id <> ALL (ARRAY(SELECT user_id FROM taken))
        RETURNING old.user_id
    ), added AS (
        INSERT INTO credit_transaction ({_ENTRIES})
        SELECT entry.* FROM entry JOIN written USING (user_id)
    )
    SELECT user_id FROM written
"""  # noqa: S608  # names of ours


class PostgresLedger:
    """A `LedgerStore` over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def load(
        self, owners: Sequence[OwnerId], *, lock: bool = False
    ) -> Mapping[OwnerId, Account]:
        query = "SELECT * FROM credit_balance WHERE user_id = ANY($1::text[]) ORDER BY user_id"
        if lock:
            await self._connection.execute(_OPEN, owners)
            query += " FOR NO KEY UPDATE"
        found = {
            row["user_id"]: account_of(row) for row in await self._connection.fetch(query, owners)
        }
        return {owner: found.get(owner) or Account(owner=owner) for owner in owners}

    async def by_keys(
        self, keys: Sequence[tuple[OwnerId, RequestKey]]
    ) -> Mapping[tuple[OwnerId, RequestKey], Entry]:
        rows = await self._connection.fetch(
            "SELECT entry.* FROM unnest($1::text[], $2::text[]) AS wanted (user_id, request_key) "
            "JOIN credit_transaction AS entry USING (user_id, request_key)",
            [owner for owner, _ in keys],
            [key for _, key in keys],
        )
        return {(row["user_id"], row["request_key"]): entry_of(row) for row in rows}

    async def get(self, id: EntryId) -> Entry | None:
        row = await self._connection.fetchrow("SELECT * FROM credit_transaction WHERE id = $1", id)
        return None if row is None else entry_of(row)

    async def related(self, owner: OwnerId, to: str) -> Sequence[Entry]:
        rows = await self._connection.fetch(
            "SELECT * FROM credit_transaction "
            "WHERE user_id = $1 AND (related_transaction_id = $2 OR source = $2) ORDER BY seq",
            owner,
            to,
        )
        return [entry_of(row) for row in rows]

    async def append(self, writes: Sequence[Write]) -> frozenset[OwnerId]:
        owners = [write.account.owner for write in writes]
        new = [write.account.owner for write in writes if write.seen == 0]
        if new:
            await self._connection.execute(_OPEN, new)
        accounts = [(*account_values(write.account), write.seen) for write in writes]
        entries = [entry_values(entry) for write in writes for entry in write.entries]
        if not entries:
            return frozenset(owners)
        rows = await self._connection.fetch(
            _APPEND, *map(list, zip(*accounts, strict=True)), *map(list, zip(*entries, strict=True))
        )
        return frozenset(owners) - {row["user_id"] for row in rows}

    async def page(
        self,
        owner: OwnerId,
        *,
        limit: int,
        above: int = 0,
        below: int | None = None,
        oldest_first: bool = False,
    ) -> Sequence[Entry]:
        order = "ASC" if oldest_first else "DESC"
        rows = await self._connection.fetch(
            "SELECT * FROM credit_transaction "  # noqa: S608  # one of two words
            "WHERE user_id = $1 AND seq > $2 AND ($3::bigint IS NULL OR seq < $3) "
            f"ORDER BY seq {order} LIMIT $4",
            owner,
            above,
            below,
            limit,
        )
        return [entry_of(row) for row in rows]

    async def due(self, now: datetime, *, limit: int) -> Sequence[OwnerId]:
        rows = await self._connection.fetch(
            "SELECT user_id FROM credit_balance WHERE due_at <= $1 "
            "ORDER BY due_at, user_id LIMIT $2",
            now,
            limit,
        )
        return [row["user_id"] for row in rows]
