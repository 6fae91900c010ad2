"""What a `LedgerStore` promises, asked of the store itself."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from cvcore.ids import OwnerId, RequestKey
from cvcore.ledger.commands import Booked, Command, Grant, Known, PlaceHold, Settle, Spend
from cvcore.ledger.model import About, Account, Entry, Write
from cvcore.ledger.ports import LedgerStore, LedgerUnit
from cvcore.ledger.rules import decide
from cvcore.money import Credits
from cvcore.testing.contracts.contract import ADA, BOB, ODD, Contract
from cvcore.unit import Begin

_PAGES: dict[tuple[int, int | None, bool], list[int]] = {
    (0, None, False): [4, 3],
    (0, None, True): [1, 2],
    (0, 3, False): [2, 1],
    (0, 2, False): [1],
    (2, None, True): [3, 4],
    (3, None, True): [4],
    (4, None, True): [],
    (1, 4, False): [3, 2],
    (0, 1, False): [],
}
"""Of four entries: `above`, `below`, `oldest_first`, and the two that come first."""


class LedgerStoreContract(Contract):
    """Rows come back as they went in, in order, and nobody's write is written over."""

    async def test_an_owner_nobody_wrote_has_an_empty_account(
        self, begin: Begin[LedgerUnit]
    ) -> None:
        async with begin() as unit:
            assert await unit.ledger.load([ADA, BOB]) == {
                ADA: Account(owner=ADA),
                BOB: Account(owner=BOB),
            }

    async def test_accounts_and_entries_come_back_as_they_went_in(
        self, begin: Begin[LedgerUnit]
    ) -> None:
        account, entries = await _lived_in(begin)
        async with begin() as unit:
            assert (await unit.ledger.load([ADA]))[ADA] == account
            assert list(await unit.ledger.page(ADA, limit=99, oldest_first=True)) == entries

    async def test_a_write_on_what_has_moved_on_writes_nothing(
        self, begin: Begin[LedgerUnit]
    ) -> None:
        first, second = _write(_grant("a", 1)), _write(_grant("b", 2))
        async with begin() as unit:
            assert await unit.ledger.append([first]) == frozenset()
        async with begin() as unit:
            assert await unit.ledger.append([second]) == frozenset({ADA})
        async with begin() as unit:
            assert (await unit.ledger.load([ADA]))[ADA] == first.account
            assert list(await unit.ledger.page(ADA, limit=9)) == list(first.entries)

    async def test_a_taken_key_writes_nothing(self, begin: Begin[LedgerUnit]) -> None:
        first = _write(_grant("a", 1))
        async with begin() as unit:
            await unit.ledger.append([first])
        again = _write(_grant("a", 1), after=first.account)
        async with begin() as unit:
            assert await unit.ledger.append([again]) == frozenset({ADA})
        async with begin() as unit:
            assert (await unit.ledger.load([ADA]))[ADA] == first.account

    async def test_of_many_owners_only_those_who_moved_on_are_refused(
        self, begin: Begin[LedgerUnit]
    ) -> None:
        eve = OwnerId("eve")
        async with begin() as unit:
            await unit.ledger.append([_write(_grant("a", 1))])
        stale, fresh = _write(_grant("b", 2)), _write(_grant("a", 3, BOB))
        other = _write(_grant("a", 4, eve))
        async with begin() as unit:
            assert await unit.ledger.append([stale, fresh, other]) == frozenset({ADA})
        async with begin() as unit:
            accounts = await unit.ledger.load([ADA, BOB, eve])
            assert {owner: one.balance for owner, one in accounts.items()} == {
                ADA: 1,
                BOB: 3,
                eve: 4,
            }

    async def test_several_entries_of_one_write_are_all_there(
        self, begin: Begin[LedgerUnit]
    ) -> None:
        first = _write(_grant("a", 1))
        second = _write(_grant("b", 2), after=first.account)
        both = Write(account=second.account, entries=[*first.entries, *second.entries], seen=0)
        async with begin() as unit:
            assert await unit.ledger.append([both]) == frozenset()
            assert [one.seq for one in await unit.ledger.page(ADA, limit=9)] == [2, 1]

    async def test_racing_writes_on_one_account_let_one_through(
        self, begin: Begin[LedgerUnit]
    ) -> None:
        async def write(number: int) -> frozenset[OwnerId]:
            async with begin() as unit:
                await unit.ledger.load([ADA])
                return await unit.ledger.append([_write(_grant(f"k{number}", number))])

        answers = await asyncio.gather(*(write(number) for number in range(1, 6)))
        assert sorted(map(len, answers)) == [0, 1, 1, 1, 1]

    async def test_what_was_locked_cannot_be_refused(self, begin: Begin[LedgerUnit]) -> None:
        async def write(number: int) -> frozenset[OwnerId]:
            async with begin() as unit:
                account = (await unit.ledger.load([ADA], lock=True))[ADA]
                await asyncio.sleep(0)
                return await unit.ledger.append([_write(_grant(f"k{number}", 1), after=account)])

        answers = await asyncio.gather(*(write(number) for number in range(5)))
        assert answers == [frozenset()] * 5
        async with begin() as unit:
            assert (await unit.ledger.load([ADA]))[ADA].balance == 5

    async def test_locks_in_any_order_do_not_block_each_other(
        self, begin: Begin[LedgerUnit]
    ) -> None:
        async def lock(*owners: OwnerId) -> None:
            async with begin() as unit:
                await unit.ledger.load(owners, lock=True)
                await asyncio.sleep(0)

        async with asyncio.timeout(5):
            await asyncio.gather(*(lock(ADA, BOB) if n % 2 else lock(BOB, ADA) for n in range(6)))

    async def test_keys_are_found_and_are_their_owners(self, begin: Begin[LedgerUnit]) -> None:
        write = _write(_grant("a", 1))
        async with begin() as unit:
            await unit.ledger.append([write])
        a, b = RequestKey("a"), RequestKey("b")
        async with begin() as unit:
            found = await unit.ledger.by_keys([(ADA, a), (ADA, b), (BOB, a)])
            assert found == {(ADA, a): write.entries[0]}
            assert await unit.ledger.by_keys([]) == {}

    async def test_an_entry_is_found_by_its_id(self, begin: Begin[LedgerUnit]) -> None:
        write = _write(_grant("a", 1))
        entry = write.entries[0]
        async with begin() as unit:
            await unit.ledger.append([write])
            assert await unit.ledger.get(entry.id) == entry
            assert await unit.ledger.get(_write(_grant("b", 1)).entries[0].id) is None

    async def test_related_entries_are_found_by_origin_and_by_payment(
        self, begin: Begin[LedgerUnit]
    ) -> None:
        _, entries = await _lived_in(begin)
        granted, held, settled, _ = entries
        async with begin() as unit:
            assert list(await unit.ledger.related(ADA, held.id)) == [settled]
            assert list(await unit.ledger.related(ADA, "payment-1")) == [granted]
            assert list(await unit.ledger.related(BOB, "payment-1")) == []

    async def test_pages_are_half_open_and_in_order(self, begin: Begin[LedgerUnit]) -> None:
        await _lived_in(begin)
        for (above, below, oldest_first), seqs in _PAGES.items():
            async with begin() as unit:
                page = await unit.ledger.page(
                    ADA, limit=2, above=above, below=below, oldest_first=oldest_first
                )
            assert [entry.seq for entry in page] == seqs, (above, below, oldest_first)

    async def test_an_owner_is_due_from_the_very_end_of_a_lot(
        self, begin: Begin[LedgerUnit]
    ) -> None:
        end = ODD + timedelta(days=1)
        async with begin() as unit:
            await unit.ledger.append([_write(_grant("a", 1, expires_at=end))])
            await unit.ledger.append([_write(_grant("a", 1, BOB))])
        async with begin() as unit:
            assert list(await unit.ledger.due(end - timedelta(microseconds=1), limit=9)) == []
            assert list(await unit.ledger.due(end, limit=9)) == [ADA]

    async def test_an_owner_is_due_at_the_end_of_a_hold(self, begin: Begin[LedgerUnit]) -> None:
        end = ODD + timedelta(hours=1)
        first = _write(_grant("a", 1))
        hold = PlaceHold(owner=ADA, key=RequestKey("h"), amount=Credits(1), expires_at=end)
        second = _write(hold, after=first.account)
        async with begin() as unit:
            await unit.ledger.append([first])
            await unit.ledger.append([second])
            assert list(await unit.ledger.due(end, limit=9)) == [ADA]
            assert list(await unit.ledger.due(ODD, limit=9)) == []

    async def test_an_undone_unit_leaves_no_entry(self, begin: Begin[LedgerUnit]) -> None:
        write = _write(_grant("a", 1))

        async def broken() -> None:
            async with begin() as unit:
                await unit.ledger.append([write])
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            await broken()
        async with begin() as unit:
            store: LedgerStore = unit.ledger
            assert (await store.load([ADA]))[ADA] == Account(owner=ADA)
            assert await store.get(write.entries[0].id) is None
            assert list(await store.page(ADA, limit=9)) == []
            assert await store.append([write]) == frozenset()


def _grant(key: str, amount: int, owner: OwnerId = ADA, **more: object) -> Grant:
    return Grant(owner=owner, key=RequestKey(key), amount=Credits(amount), kind="gift", **more)  # type: ignore[arg-type]


def _write(command: Command, *, after: Account | None = None, known: Known | None = None) -> Write:
    account = after or Account(owner=command.owner)
    decision = decide(account, command, known or Known(), ODD)
    assert isinstance(decision, Booked), decision
    return Write(account=decision.account, entries=decision.entries, seen=account.seq)


async def _lived_in(begin: Begin[LedgerUnit]) -> tuple[Account, list[Entry]]:
    """Ada's account after a purchase, a hold, its settling and a spend."""
    bought = Grant(
        owner=ADA,
        key=RequestKey("a"),
        amount=Credits(10),
        kind="purchase",
        priority=-2,
        expires_at=ODD + timedelta(days=3, microseconds=7),
        source="payment-1",
        about=About(feature="credits", note="“dix” crédits – été"),
    )
    first = _write(bought)
    place = PlaceHold(
        owner=ADA,
        key=RequestKey("b" * 255),
        amount=Credits(4),
        expires_at=ODD + timedelta(hours=1),
    )
    second = _write(place, after=first.account)
    hold = second.entries[-1].hold
    assert hold is not None
    settle = Settle(owner=ADA, key=RequestKey("c"), hold=hold.id, amount=Credits(3))
    third = _write(settle, after=second.account, known=Known(origin=second.entries[-1]))
    spend = Spend(owner=ADA, key=RequestKey("d"), amount=Credits(1))
    fourth = _write(spend, after=third.account)
    entries: list[Entry] = []
    for write in (first, second, third, fourth):
        async with begin() as unit:
            assert await unit.ledger.append([write]) == frozenset()
        entries.extend(write.entries)
    return fourth.account, entries
