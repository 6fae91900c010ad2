"""Credits over the wire."""

from __future__ import annotations

from typing import Any, assert_never

from cvcore.charging.model import ByCredits, ByPlan, Charge, Refused
from cvcore.ledger.model import Account, Entry, Lot
from cvweb.http.times import wire_time, wire_time_or_none
from cvweb.http.wire import View


class LotView(View, frozen=True, kw_only=True):
    """Credits that came together, as far as they are left; the first in a list is used first."""

    kind: str
    amount: int
    expires_at: str | None

    @classmethod
    def of(cls, lot: Lot) -> LotView:
        """The view of a lot."""
        return cls(kind=lot.kind, amount=lot.amount, expires_at=wire_time_or_none(lot.expires_at))


class AccountView(View, frozen=True, kw_only=True):
    """One's credits. `available` = `balance` - `held`; `debt` blocks what costs until repaid."""

    balance: int
    available: int
    held: int
    debt: int
    total_purchased: int
    total_gifted: int
    total_used: int
    total_refunded: int
    total_expired: int
    total_clawed_back: int
    lots: list[LotView]

    @classmethod
    def of(cls, account: Account) -> AccountView:
        """The view of an account."""
        totals = account.totals
        return cls(
            balance=account.balance,
            available=account.available,
            held=account.held,
            debt=account.debt,
            total_purchased=totals.purchased,
            total_gifted=totals.gifted,
            total_used=totals.used,
            total_refunded=totals.refunded,
            total_expired=totals.expired,
            total_clawed_back=totals.clawed_back,
            lots=[LotView.of(lot) for lot in account.lots],
        )


class QuoteView(View, frozen=True, kw_only=True):
    """What the next use of a feature would cost, and who would pay: `plan`, `credits`, `free` or
    nobody, `refused` with its reason. Asking costs nothing and promises nothing."""

    feature: str
    cost: int
    paid_by: str
    available: int
    uses_left: int | None = None
    reason: str | None = None

    @classmethod
    def of(cls, feature: str, charge: Charge, *, cost: int, available: int) -> QuoteView:
        """The view of a charge that nobody has paid."""
        facts: dict[str, Any]
        match charge:
            case ByPlan():
                facts = {"paid_by": "plan", "cost": 0, "uses_left": charge.uses_left}
            case ByCredits():
                facts = {"paid_by": "credits" if charge.cost else "free", "cost": charge.cost}
            case Refused():
                facts = {"paid_by": "refused", "cost": cost, "reason": charge.reason}
            case _:
                assert_never(charge)
        return cls(feature=feature, available=available, **facts)


class TransactionView(View, frozen=True, kw_only=True):
    """One entry of the ledger. `amount` is what it is about, `change` what it did to the balance,
    `refunded` how much of it came back later."""

    id: str
    type: str
    amount: int
    change: int
    balance: int
    held: int
    feature_name: str | None
    task_id: str | None
    cv_file_id: str | None
    related_transaction_id: str | None
    refunded: int
    source: str | None
    note: str | None
    created_at: str

    @classmethod
    def of(cls, entry: Entry, *, refunded: int) -> TransactionView:
        """The view of an entry; a grant goes by its own kind (`gift`, `purchase`, ...)."""
        about = entry.about
        is_grant = entry.kind == "grant" and bool(entry.given)
        return cls(
            id=entry.id,
            type=entry.given[0].kind if is_grant else entry.kind,
            amount=entry.amount,
            change=entry.change,
            balance=entry.balance,
            held=entry.held,
            feature_name=about.feature,
            task_id=about.task,
            cv_file_id=about.cv,
            related_transaction_id=entry.caused_by,
            refunded=refunded,
            source=entry.source,
            note=about.note,
            created_at=wire_time(entry.effective_at),
        )
