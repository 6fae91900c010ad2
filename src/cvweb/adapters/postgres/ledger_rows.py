"""How accounts and entries lie in their rows."""

from __future__ import annotations

from typing import Any

import msgspec

from cvcore.ledger.model import About, Account, Entry, Hold, Lot, Totals
from cvweb.adapters.postgres.rows import Row, decoded


class Pieces(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The parts of an entry that no query looks at."""

    given: tuple[Lot, ...] = ()
    taken: tuple[Lot, ...] = ()
    burnt: tuple[Lot, ...] = ()
    hold: Hold | None = None


ACCOUNT_COLUMNS = {
    "user_id": "text",
    "seq": "bigint",
    "at": "timestamptz",
    "balance": "bigint",
    "held": "bigint",
    "debt": "bigint",
    "lots": "json",
    "holds": "json",
    "due_at": "timestamptz",
    "total_purchased": "bigint",
    "total_gifted": "bigint",
    "total_used": "bigint",
    "total_refunded": "bigint",
    "total_expired": "bigint",
    "total_clawed_back": "bigint",
    "total_repaid": "bigint",
    "hash": "text",
}
ENTRY_COLUMNS = {
    "id": "text",
    "user_id": "text",
    "seq": "bigint",
    "request_key": "text",
    "fingerprint": "text",
    "type": "text",
    "amount": "bigint",
    "change": "bigint",
    "balance": "bigint",
    "held": "bigint",
    "debt": "bigint",
    "effective_at": "timestamptz",
    "created_at": "timestamptz",
    "pieces": "json",
    "related_transaction_id": "text",
    "source": "text",
    "counter": "text",
    "debited": "bigint",
    "repaid": "bigint",
    "feature_name": "text",
    "task_id": "text",
    "cv_file_id": "text",
    "note": "text",
    "previous": "text",
    "hash": "text",
}


def account_of(row: Row) -> Account:
    """The account a row says."""
    return Account(
        owner=row["user_id"],
        seq=row["seq"],
        at=row["at"],
        balance=row["balance"],
        held=row["held"],
        debt=row["debt"],
        lots=decoded(row["lots"], tuple[Lot, ...]),
        holds=decoded(row["holds"], tuple[Hold, ...]),
        totals=Totals(
            purchased=row["total_purchased"],
            gifted=row["total_gifted"],
            used=row["total_used"],
            refunded=row["total_refunded"],
            expired=row["total_expired"],
            clawed_back=row["total_clawed_back"],
            repaid=row["total_repaid"],
        ),
        due_at=row["due_at"],
        hash=row["hash"],
    )


def account_values(account: Account) -> tuple[Any, ...]:
    """The values of an account, in the order of `ACCOUNT_COLUMNS`."""
    totals = account.totals
    return (
        account.owner,
        account.seq,
        account.at,
        account.balance,
        account.held,
        account.debt,
        account.lots,
        account.holds,
        account.due_at,
        totals.purchased,
        totals.gifted,
        totals.used,
        totals.refunded,
        totals.expired,
        totals.clawed_back,
        totals.repaid,
        account.hash,
    )


def entry_of(row: Row) -> Entry:
    """The entry a row says."""
    pieces = decoded(row["pieces"], Pieces)
    return Entry(
        id=row["id"],
        owner=row["user_id"],
        seq=row["seq"],
        key=row["request_key"],
        fingerprint=row["fingerprint"],
        kind=row["type"],
        amount=row["amount"],
        change=row["change"],
        balance=row["balance"],
        held=row["held"],
        debt=row["debt"],
        effective_at=row["effective_at"],
        recorded_at=row["created_at"],
        given=pieces.given,
        taken=pieces.taken,
        burnt=pieces.burnt,
        hold=pieces.hold,
        caused_by=row["related_transaction_id"],
        source=row["source"],
        counter=row["counter"],
        debited=row["debited"],
        repaid=row["repaid"],
        about=About(
            feature=row["feature_name"],
            task=row["task_id"],
            cv=row["cv_file_id"],
            note=row["note"],
        ),
        previous=row["previous"],
        hash=row["hash"],
    )


def entry_values(entry: Entry) -> tuple[Any, ...]:
    """The values of an entry, in the order of `ENTRY_COLUMNS`."""
    return (
        entry.id,
        entry.owner,
        entry.seq,
        entry.key,
        entry.fingerprint,
        entry.kind,
        entry.amount,
        entry.change,
        entry.balance,
        entry.held,
        entry.debt,
        entry.effective_at,
        entry.recorded_at,
        Pieces(given=entry.given, taken=entry.taken, burnt=entry.burnt, hold=entry.hold),
        entry.caused_by,
        entry.source,
        entry.counter,
        entry.debited,
        entry.repaid,
        entry.about.feature,
        entry.about.task,
        entry.about.cv,
        entry.about.note,
        entry.previous,
        entry.hash,
    )
