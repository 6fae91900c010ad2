"""What is easily left open, told one case at a time."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from cvcore.errors import NotFound
from cvcore.ids import EntryId, OwnerId, RequestKey
from cvcore.ledger import InDebt, InsufficientCredits, Ledger, Policy, SettleExceedsHold, entry_id
from cvcore.memory import MemoryUnits
from cvcore.money import Credits
from cvcore.testing import NOON, MovingClock

ADA = OwnerId("ada")
HOUR = timedelta(hours=1)


class House:
    """A ledger in memory whose clock a test moves."""

    def __init__(self, policy: Policy | None = None) -> None:
        self.clock = MovingClock()
        units = MemoryUnits()
        self.ledger = Ledger(begin=units.begin, clock=self.clock, policy=policy or Policy())

    async def gift(self, amount: int, key: str = "gift", ends: datetime | None = None) -> None:
        await self.ledger.grant(
            ADA, Credits(amount), kind="gift", key=RequestKey(key), expires_at=ends
        )

    async def buy(self, amount: int, source: str) -> None:
        await self.ledger.grant(
            ADA, Credits(amount), kind="purchase", key=RequestKey(source), source=source
        )

    async def available(self) -> int:
        return (await self.ledger.account(ADA)).available


def _key(name: str) -> RequestKey:
    return RequestKey(name)


async def test_a_lot_that_ends_under_a_hold_stays_with_it() -> None:
    house = House()
    await house.gift(3, ends=NOON + HOUR)
    hold = await house.ledger.hold(ADA, Credits(2), key=_key("h"), expires_at=NOON + 9 * HOUR)
    house.clock.move(2 * HOUR)
    entry = await house.ledger.settle(hold.id, key=_key("s"))
    account = await house.ledger.account(ADA)
    assert (entry.amount, account.balance, account.totals.expired) == (2, 0, 1)


async def test_what_is_released_of_an_expired_lot_stays_for_the_days_of_grace() -> None:
    house = House(Policy(grace=timedelta(days=2)))
    await house.gift(3, ends=NOON + HOUR)
    hold = await house.ledger.hold(ADA, Credits(3), key=_key("h"), expires_at=NOON + 9 * HOUR)
    house.clock.move(2 * HOUR)
    await house.ledger.release(hold.id, key=_key("r"))
    house.clock.move(timedelta(days=2) - timedelta(microseconds=1))
    assert await house.available() == 3
    house.clock.move(timedelta(microseconds=1))
    assert await house.available() == 0


async def test_a_clawback_leaves_held_credits_alone_and_their_release_repays() -> None:
    house = House()
    await house.buy(5, "payment")
    hold = await house.ledger.hold(ADA, Credits(4), key=_key("h"), expires_at=NOON + HOUR)
    entry = await house.ledger.claw_back(ADA, "payment", Credits(5), key=_key("c"))
    assert (entry.change, entry.debt) == (-1, 4)
    await house.ledger.release(hold.id, key=_key("r"))
    account = await house.ledger.account(ADA)
    assert (account.balance, account.debt, account.totals.repaid) == (0, 0, 4)


async def test_a_late_settle_of_more_than_is_there_takes_what_is_there() -> None:
    house = House()
    await house.gift(3)
    hold = await house.ledger.hold(ADA, Credits(3), key=_key("h"), expires_at=NOON + HOUR)
    house.clock.move(HOUR)
    await house.ledger.spend(ADA, Credits(2), key=_key("s"))
    entry = await house.ledger.settle(hold.id, key=_key("settle"))
    assert (entry.amount, entry.debt, await house.available()) == (1, 0, 0)


async def test_a_gift_repays_no_debt_and_opens_nothing() -> None:
    house = House()
    await house.buy(5, "payment")
    await house.ledger.spend(ADA, Credits(5), key=_key("s"))
    await house.ledger.claw_back(ADA, "payment", Credits(5), key=_key("c"))
    await house.gift(9)
    with pytest.raises(InDebt) as refused:
        await house.ledger.spend(ADA, Credits(1), key=_key("t"))
    assert refused.value.debt == 5


async def test_an_earlier_total_that_arrives_late_claws_nothing_back() -> None:
    house = House()
    await house.buy(5, "payment")
    await house.ledger.claw_back(ADA, "payment", Credits(4), key=_key("second"))
    entry = await house.ledger.claw_back(ADA, "payment", Credits(2), key=_key("first"))
    assert (entry.amount, await house.available()) == (0, 1)


async def test_a_clawback_takes_the_lots_of_its_own_payment_first() -> None:
    house = House()
    await house.gift(5)
    await house.buy(5, "payment")
    await house.ledger.claw_back(ADA, "payment", Credits(5), key=_key("c"))
    account = await house.ledger.account(ADA)
    assert [(lot.kind, lot.amount) for lot in account.lots] == [("gift", 5)]


async def test_a_clock_that_runs_back_does_not_move_an_account_back() -> None:
    house = House()
    await house.gift(3, ends=NOON + HOUR)
    house.clock.move(HOUR)
    await house.gift(1, key="later")
    house.clock.move(-2 * HOUR)
    with pytest.raises(InsufficientCredits):
        await house.ledger.spend(ADA, Credits(2), key=_key("s"))
    entry = await house.ledger.spend(ADA, Credits(1), key=_key("t"))
    assert (entry.effective_at, entry.recorded_at) == (NOON + HOUR, NOON - HOUR)
    assert await house.ledger.verify(ADA) is None


async def test_a_spend_refunded_at_the_very_end_of_its_lot_comes_back_with_grace() -> None:
    house = House(Policy(grace=timedelta(days=2)))
    await house.gift(3, ends=NOON + HOUR)
    spent = await house.ledger.spend(ADA, Credits(3), key=_key("s"))
    house.clock.move(HOUR)
    entry = await house.ledger.refund(spent.id, key=_key("r"))
    assert [lot.expires_at for lot in entry.given] == [NOON + HOUR + timedelta(days=2)]
    assert await house.available() == 3


async def test_a_refund_in_parts_goes_back_through_the_lots_from_the_last() -> None:
    house = House()
    for name in ("a", "b", "c"):
        await house.gift(2, key=name)
    spent = await house.ledger.spend(ADA, Credits(5), key=_key("s"))
    first = await house.ledger.refund(spent.id, Credits(2), key=_key("r1"))
    second = await house.ledger.refund(spent.id, Credits(2), key=_key("r2"))
    assert [(lot.seq, lot.amount) for lot in first.given] == [(3, 1), (2, 1)]
    assert [(lot.seq, lot.amount) for lot in second.given] == [(2, 1), (1, 1)]


async def test_a_hold_retried_with_a_later_end_is_the_first_one() -> None:
    house = House()
    await house.gift(3)
    first = await house.ledger.hold(ADA, Credits(1), key=_key("h"), expires_at=NOON + HOUR)
    house.clock.move(timedelta(seconds=5))
    again = await house.ledger.hold(
        ADA, Credits(1), key=_key("h"), expires_at=NOON + HOUR + timedelta(seconds=5)
    )
    assert again == first
    assert EntryId(first.id) == entry_id(ADA, _key("h"))


@pytest.mark.parametrize("amount", [0, -1, 10**12 + 1, 1.5, True])
async def test_an_amount_that_is_no_whole_number_of_credits_is_refused(amount: int) -> None:
    with pytest.raises(ValueError, match="whole number"):
        await House().ledger.spend(ADA, Credits(amount), key=_key("s"))


@pytest.mark.parametrize("key", ["", "x" * 256, "cvcore:expire:lot"])
async def test_a_key_that_is_none_or_the_ledgers_own_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="key"):
        await House().ledger.grant(ADA, Credits(1), kind="gift", key=_key(key))


async def test_what_is_not_there_is_named() -> None:
    house = House()
    await house.gift(3)
    spent = await house.ledger.spend(ADA, Credits(1), key=_key("s"))
    hold = await house.ledger.hold(ADA, Credits(1), key=_key("h"), expires_at=NOON + HOUR)
    with pytest.raises(NotFound, match="hold"):
        await house.ledger.release(spent.id, key=_key("r"))  # type: ignore[arg-type]
    with pytest.raises(NotFound, match="spend"):
        await house.ledger.refund(hold.id, key=_key("f"))  # type: ignore[arg-type]
    with pytest.raises(NotFound, match="payment"):
        await house.ledger.claw_back(ADA, "unknown", Credits(1), key=_key("c"))
    with pytest.raises(SettleExceedsHold):
        await house.ledger.settle(hold.id, Credits(2), key=_key("t"))


async def test_an_end_that_is_past_or_has_no_zone_is_refused() -> None:
    house = House()
    with pytest.raises(ValueError, match="past"):
        await house.gift(1, ends=NOON)
    with pytest.raises(ValueError, match="time zone"):
        await house.gift(1, ends=NOON.replace(tzinfo=None))


async def test_a_purchase_repays_the_debt_and_only_the_rest_becomes_a_lot() -> None:
    house = House()
    await house.buy(5, "payment")
    await house.ledger.spend(ADA, Credits(5), key=_key("s"))
    await house.ledger.claw_back(ADA, "payment", Credits(5), key=_key("c"))
    await house.buy(3, "second")
    assert (await house.ledger.account(ADA)).debt == 2
    await house.buy(3, "third")
    account = await house.ledger.account(ADA)
    assert (account.debt, account.available, account.totals.repaid) == (0, 1, 5)
