"""What a ledger over a store promises to those who use it: retries, races, ends, sums."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any, TypeVar

import pytest

from cvcore.ids import RequestKey
from cvcore.ledger.errors import (
    HoldClosed,
    InsufficientCredits,
    KeyReused,
    RefundExceedsSpend,
)
from cvcore.ledger.ports import LedgerUnit
from cvcore.ledger.service import Ledger
from cvcore.money import Credits
from cvcore.testing.clocks import NOON, FixedClock, MovingClock
from cvcore.testing.contracts.contract import ADA, BOB, Contract
from cvcore.testing.contracts.ledger_store import LedgerStoreContract
from cvcore.unit import Begin

R = TypeVar("R")
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


class LedgerUseContract(Contract):
    """Exact under retries and races, on the very boundary, and it adds up."""

    async def test_racing_spends_never_overdraw(self, begin: Begin[LedgerUnit]) -> None:
        ledger = await _with(begin, 3)
        spends = [ledger.spend(ADA, Credits(1), key=_key("s", n)) for n in range(6)]
        results = await _all(*spends)
        assert sum(isinstance(result, InsufficientCredits) for result in results) == 3
        assert (await ledger.account(ADA)).available == 0

    async def test_two_ledgers_over_one_store_never_overdraw(
        self, begin: Begin[LedgerUnit]
    ) -> None:
        ledgers = [await _with(begin, 5), await _with(begin, 5)]
        spends = [ledgers[n % 2].spend(ADA, Credits(1), key=_key("s", n)) for n in range(8)]
        results = await _all(*spends)
        assert sum(isinstance(result, InsufficientCredits) for result in results) == 3
        assert await ledgers[0].verify(ADA) is None

    async def test_one_key_from_many_tasks_has_one_effect(self, begin: Begin[LedgerUnit]) -> None:
        ledger = await _with(begin, 3)
        spends = [ledger.spend(ADA, Credits(2), key=_key("s")) for _ in range(5)]
        entries = await asyncio.gather(*spends)
        assert len({entry.id for entry in entries}) == 1
        assert all(entry == entries[0] for entry in entries)
        assert (await ledger.account(ADA)).available == 1

    async def test_a_key_answers_the_same_whatever_came_after(
        self, begin: Begin[LedgerUnit]
    ) -> None:
        ledger = await _with(begin, 3)
        first = await ledger.spend(ADA, Credits(2), key=_key("s"))
        await ledger.spend(ADA, Credits(1), key=_key("t"))
        assert await ledger.spend(ADA, Credits(2), key=_key("s")) == first

    async def test_a_key_used_for_something_else_is_refused(self, begin: Begin[LedgerUnit]) -> None:
        ledger = await _with(begin, 3)
        await ledger.spend(ADA, Credits(1), key=_key("s"))
        with pytest.raises(KeyReused):
            await ledger.spend(ADA, Credits(2), key=_key("s"))
        with pytest.raises(KeyReused):
            await ledger.hold(ADA, Credits(1), key=_key("s"), expires_at=NOON + HOUR)
        assert (await ledger.account(ADA)).available == 2

    async def test_the_same_key_of_another_owner_is_another_key(
        self, begin: Begin[LedgerUnit]
    ) -> None:
        ledger = await _with(begin, 3)
        await ledger.grant(BOB, Credits(2), kind="gift", key=_key("g"))
        assert (await ledger.account(BOB)).available == 2

    async def test_a_refused_key_may_succeed_later(self, begin: Begin[LedgerUnit]) -> None:
        ledger = await _with(begin, 1)
        with pytest.raises(InsufficientCredits):
            await ledger.spend(ADA, Credits(2), key=_key("s"))
        await ledger.grant(ADA, Credits(1), kind="gift", key=_key("more"))
        assert (await ledger.spend(ADA, Credits(2), key=_key("s"))).amount == 2

    async def test_held_credits_cannot_be_spent(self, begin: Begin[LedgerUnit]) -> None:
        ledger = await _with(begin, 3)
        await ledger.hold(ADA, Credits(2), key=_key("h"), expires_at=NOON + HOUR)
        with pytest.raises(InsufficientCredits):
            await ledger.spend(ADA, Credits(2), key=_key("s"))
        assert (await ledger.account(ADA)).held == 2

    async def test_settling_returns_the_rest(self, begin: Begin[LedgerUnit]) -> None:
        ledger = await _with(begin, 5)
        hold = await ledger.hold(ADA, Credits(3), key=_key("h"), expires_at=NOON + HOUR)
        await ledger.settle(hold.id, Credits(2), key=_key("e"))
        account = await ledger.account(ADA)
        assert (account.available, account.held, account.totals.used) == (3, 0, 2)

    async def test_of_settle_and_release_one_wins(self, begin: Begin[LedgerUnit]) -> None:
        ledger = await _with(begin, 3)
        hold = await ledger.hold(ADA, Credits(3), key=_key("h"), expires_at=NOON + HOUR)
        results = await _all(
            ledger.settle(hold.id, key=_key("settle")),
            ledger.release(hold.id, key=_key("release")),
            ledger.settle(hold.id, Credits(1), key=_key("again")),
        )
        assert sum(isinstance(result, HoldClosed) for result in results) == 2
        account = await ledger.account(ADA)
        assert account.available + account.totals.used == 3

    async def test_a_hold_lapses_at_its_very_end(self, begin: Begin[LedgerUnit]) -> None:
        clock = MovingClock()
        ledger = await _with(begin, 3, clock)
        await ledger.hold(ADA, Credits(3), key=_key("h"), expires_at=NOON + HOUR)
        clock.move(HOUR - timedelta(microseconds=1))
        assert (await ledger.account(ADA)).available == 0
        clock.move(timedelta(microseconds=1))
        assert (await ledger.account(ADA)).available == 3
        assert (await ledger.spend(ADA, Credits(3), key=_key("s"))).balance == 0

    async def test_a_late_settle_takes_what_is_there(self, begin: Begin[LedgerUnit]) -> None:
        clock = MovingClock()
        ledger = await _with(begin, 3, clock)
        hold = await ledger.hold(ADA, Credits(3), key=_key("h"), expires_at=NOON + HOUR)
        clock.move(HOUR)
        settle = ledger.settle(hold.id, key=_key("settle"))
        results = await _all(settle, ledger.spend(ADA, Credits(2), key=_key("s")))
        account = await ledger.account(ADA)
        assert account.balance + account.totals.used == 3
        assert not isinstance(results[0], Exception)
        with pytest.raises(HoldClosed):
            await ledger.release(hold.id, key=_key("release"))

    async def test_a_lot_is_gone_at_its_very_end(self, begin: Begin[LedgerUnit]) -> None:
        clock = MovingClock()
        ledger = Ledger(begin=begin, clock=clock)
        await ledger.grant(ADA, Credits(3), kind="gift", key=_key("g"), expires_at=NOON + DAY)
        clock.move(DAY - timedelta(microseconds=1))
        assert (await ledger.spend(ADA, Credits(1), key=_key("s"))).balance == 2
        clock.move(timedelta(microseconds=1))
        assert (await ledger.account(ADA)).available == 0
        with pytest.raises(InsufficientCredits):
            await ledger.spend(ADA, Credits(1), key=_key("t"))

    async def test_the_sweeper_books_what_is_over_once(self, begin: Begin[LedgerUnit]) -> None:
        clock = MovingClock()
        ledger = await _with(begin, 3, clock)
        await ledger.grant(ADA, Credits(2), kind="gift", key=_key("short"), expires_at=NOON + DAY)
        clock.move(DAY)
        assert await ledger.sweep() == 1
        assert await ledger.sweep() == 0
        account = await ledger.account(ADA)
        assert (account.available, account.totals.expired) == (3, 2)
        assert [entry.kind for entry in await ledger.history(ADA)] == ["expire", "grant", "grant"]

    async def test_what_ends_soonest_burns_first_and_gifts_before_purchases(
        self, begin: Begin[LedgerUnit]
    ) -> None:
        ledger = Ledger(begin=begin, clock=FixedClock())
        await ledger.grant(ADA, Credits(1), kind="purchase", key=_key("bought"))
        await ledger.grant(ADA, Credits(1), kind="gift", key=_key("gift"))
        ends = NOON + DAY
        await ledger.grant(ADA, Credits(1), kind="purchase", key=_key("ends"), expires_at=ends)
        await ledger.grant(ADA, Credits(1), kind="gift", key=_key("last"), priority=9)
        first = await ledger.grant(ADA, Credits(1), kind="gift", key=_key("first"), priority=-9)
        another = Ledger(begin=begin, clock=FixedClock())  # that has to read what was written
        entry = await another.spend(ADA, Credits(4), key=_key("s"))
        keys = [one.key for one in reversed(await ledger.history(ADA))]
        assert [keys[lot.seq - 1] for lot in entry.burnt] == ["first", "ends", "gift", "bought"]
        assert entry.burnt[0] == first.given[0]

    async def test_racing_refunds_never_give_back_more_than_was_spent(
        self, begin: Begin[LedgerUnit]
    ) -> None:
        ledger = await _with(begin, 3)
        spent = await ledger.spend(ADA, Credits(3), key=_key("s"))
        refunds = [ledger.refund(spent.id, Credits(2), key=_key("r", n)) for n in range(4)]
        results = await _all(*refunds)
        assert sum(isinstance(result, RefundExceedsSpend) for result in results) == 3
        assert (await ledger.account(ADA)).available == 2

    async def test_a_refund_restores_the_very_lots(self, begin: Begin[LedgerUnit]) -> None:
        ledger = await _with(begin, 3)
        await ledger.grant(ADA, Credits(2), kind="gift", key=_key("ends"), expires_at=NOON + DAY)
        before = await ledger.account(ADA)
        spent = await ledger.spend(ADA, Credits(4), key=_key("s"))
        await ledger.refund(spent.id, Credits(1), key=_key("r1"))
        await ledger.refund(spent.id, key=_key("r2"))
        assert (await ledger.account(ADA)).lots == before.lots

    async def test_a_clawback_books_the_delta_and_the_next_purchase_repays(
        self, begin: Begin[LedgerUnit]
    ) -> None:
        ledger = Ledger(begin=begin, clock=FixedClock())
        for n in (1, 2):
            await ledger.grant(
                ADA, Credits(5), kind="purchase", key=_key("buy", n), source=f"payment-{n}"
            )
        await ledger.spend(ADA, Credits(8), key=_key("s"))
        await ledger.claw_back(ADA, "payment-1", Credits(2), key=_key("c1"))
        entry = await ledger.claw_back(ADA, "payment-1", Credits(5), key=_key("c2"))
        assert (entry.amount, entry.change, entry.debt) == (3, 0, 3)
        await ledger.grant(ADA, Credits(5), kind="purchase", key=_key("buy", 3))
        account = await ledger.account(ADA)
        assert (account.available, account.debt, account.totals.repaid) == (2, 0, 3)

    async def test_within_a_unit_all_of_it_or_none(self, begin: Begin[LedgerUnit]) -> None:
        ledger = await _with(begin, 3)

        async def broken() -> None:
            async with begin() as unit:
                await ledger.within(unit).spend(ADA, Credits(1), key=_key("s"))
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            await broken()
        assert (await ledger.account(ADA)).available == 3
        async with begin() as unit:
            await ledger.within(unit).spend(ADA, Credits(1), key=_key("s"))
            await ledger.within(unit).spend(ADA, Credits(1), key=_key("t"))
        assert (await ledger.account(ADA)).available == 1

    async def test_within_and_alone_race_without_loss(self, begin: Begin[LedgerUnit]) -> None:
        ledger = await _with(begin, 6)

        async def within(n: int) -> None:
            async with begin() as unit:
                await ledger.within(unit).spend(ADA, Credits(1), key=_key("w", n))

        alone = [ledger.spend(ADA, Credits(1), key=_key("a", n)) for n in range(4)]
        results = await _all(*alone, *(within(n) for n in range(4)))
        assert sum(isinstance(result, InsufficientCredits) for result in results) == 2
        assert await ledger.verify(ADA) is None

    async def test_the_past_stays_as_it_was(self, begin: Begin[LedgerUnit]) -> None:
        clock = MovingClock()
        ledger = await _with(begin, 3, clock)
        await ledger.spend(ADA, Credits(1), key=_key("s"))
        then = await ledger.account(ADA)
        clock.move(HOUR)
        await ledger.spend(ADA, Credits(1), key=_key("t"))
        assert await ledger.account(ADA, at=NOON) == then
        assert [e.key for e in await ledger.history(ADA, at=NOON)] == ["s", "g"]

    async def test_a_whole_history_verifies(self, begin: Begin[LedgerUnit]) -> None:
        clock = MovingClock()
        ledger = await _with(begin, 9, clock)
        lot = ledger.grant(
            ADA, Credits(4), kind="promotion", key=_key("p"), expires_at=NOON + 2 * HOUR
        )
        await lot
        lapsing = await ledger.hold(ADA, Credits(5), key=_key("h1"), expires_at=NOON + HOUR)
        settled = await ledger.hold(ADA, Credits(2), key=_key("h2"), expires_at=NOON + DAY)
        clock.move(3 * HOUR)
        await ledger.settle(settled.id, Credits(1), key=_key("e"))
        await ledger.release(lapsing.id, key=_key("r"))
        spent = await ledger.spend(ADA, Credits(3), key=_key("s"))
        await ledger.refund(spent.id, Credits(2), key=_key("back"))
        assert await ledger.verify(ADA) is None
        assert await ledger.verify(BOB) is None


class LedgerContract(LedgerStoreContract, LedgerUseContract):
    """All that a ledger's store has to keep: prove yours with it."""


async def _with(begin: Begin[LedgerUnit], credits: int, clock: FixedClock | None = None) -> Ledger:
    ledger = Ledger(begin=begin, clock=clock or FixedClock())
    await ledger.grant(ADA, Credits(credits), kind="gift", key=_key("g"))
    return ledger


async def _all(*work: Coroutine[Any, Any, R]) -> list[R | BaseException]:
    """What each came to; anything but an answer or an expected refusal is raised."""
    results = await asyncio.gather(*work, return_exceptions=True)
    for result in results:
        if isinstance(result, BaseException) and not isinstance(result, _EXPECTED):
            raise result
    return results


_EXPECTED = (InsufficientCredits, HoldClosed, RefundExceedsSpend)


def _key(name: str, number: int | None = None) -> RequestKey:
    return RequestKey(name if number is None else f"{name}-{number}")
