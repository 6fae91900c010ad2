"""What holds in every life of an account, whatever is asked of it and when."""

from __future__ import annotations

from datetime import timedelta

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from cvcore.ledger import (
    Account,
    Booked,
    Entry,
    Grant,
    KeyReused,
    Known,
    Policy,
    Refund,
    Refused,
    Replayed,
    Settle,
    Spend,
    decide,
    due,
    evolve,
    settled,
    verify,
)
from cvcore.ledger.lots import burn_rank, total
from cvcore.testing.clocks import NOON
from cvcore.testing.strategies import OWNER, Played, Step, play, steps

LIVES = settings(max_examples=80, deadline=None)
YEAR = timedelta(days=365)


def _entries(life: list[Step]) -> list[Entry]:
    return [entry for one in play(life) if isinstance(one.decision, Booked)
            for entry in one.decision.entries]  # fmt: skip


def _last(life: list[Step]) -> Account:
    *_, last = play(life)
    return last.after


def _found(life: list[Step], kind: str) -> list[tuple[Played, Entry]]:
    return [
        (one, one.decision.entries[-1])
        for one in play(life)
        if isinstance(one.decision, Booked) and one.decision.entries[-1].kind == kind
    ]


@LIVES
@given(steps())
def test_credits_are_conserved(life: list[Step]) -> None:
    for one in play(life):
        sums = one.after.totals
        gone = sums.used - sums.refunded + sums.expired + sums.clawed_back + sums.repaid
        assert sums.purchased + sums.gifted == one.after.balance + gone


@LIVES
@given(steps())
def test_nothing_is_ever_negative_and_held_is_within_the_balance(life: list[Step]) -> None:
    for one in play(life):
        account = one.after
        assert 0 <= account.held <= account.balance
        assert account.debt >= 0
        assert all(lot.amount > 0 for lot in account.lots)
        assert account.balance == total(account.lots) + sum(h.amount for h in account.holds)


@LIVES
@given(steps())
def test_folding_the_entries_gives_the_account_at_every_step(life: list[Step]) -> None:
    state = Account(owner=OWNER)
    for one in play(life):
        if isinstance(one.decision, Booked):
            for entry in one.decision.entries:
                state = evolve(state, entry)
        assert state == one.after


@LIVES
@given(steps())
def test_every_history_verifies(life: list[Step]) -> None:
    assert verify(_last(life), _entries(life)) is None


@LIVES
@given(steps())
def test_a_key_answers_the_same_for_ever(life: list[Step]) -> None:
    played = list(play(life))
    final = played[-1].after
    for one in played:
        if isinstance(one.decision, Booked):
            entry = one.decision.entries[-1]
            again = decide(final, one.command, Known(same_key=entry), one.now + YEAR)
            assert again == Replayed(entry)


@LIVES
@given(steps())
def test_a_key_used_for_something_else_is_refused_before_all_else(life: list[Step]) -> None:
    for one in play(life):
        if isinstance(one.decision, Booked):
            entry = one.decision.entries[-1]
            wrong = Spend(owner=OWNER, key=entry.key, amount=-5)  # type: ignore[arg-type]
            refused = decide(one.after, wrong, Known(same_key=entry), one.now)
            assert isinstance(refused, Refused)
            assert isinstance(refused.error, KeyReused)


@LIVES
@given(steps())
def test_a_refusal_writes_nothing_and_can_be_asked_again(life: list[Step]) -> None:
    for one in play(life):
        if isinstance(one.decision, Refused):
            assert one.after is one.before
            again = decide(one.before, one.command, one.known, one.now)
            assert isinstance(again, Refused)
            assert str(again.error) == str(one.decision.error)


@LIVES
@given(steps())
def test_every_spend_and_hold_takes_what_burns_first(life: list[Step]) -> None:
    for kind in ("spend", "hold"):
        for one, entry in _found(life, kind):
            lots = settled(one.before, one.now).lots
            assert list(lots) == sorted(lots, key=burn_rank)
            rest = {lot.id: lot.amount for lot in lots}
            for piece in entry.taken[:-1]:
                assert piece.amount == rest[piece.id]
            assert [piece.id for piece in entry.taken] == [
                lot.id for lot in lots[: len(entry.taken)]
            ]


@LIVES
@given(steps())
def test_the_place_of_a_lot_never_changes(life: list[Step]) -> None:
    places: dict[str, object] = {}
    for one in play(life):
        for lot in one.after.lots:
            assert places.setdefault(lot.id, burn_rank(lot)) == burn_rank(lot)


@LIVES
@given(steps())
def test_no_spend_is_refunded_beyond_what_it_burnt(life: list[Step]) -> None:
    entries = _entries(life)
    for origin in entries:
        back = sum(e.amount for e in entries if e.kind == "refund" and e.caused_by == origin.id)
        assert back <= total(origin.burnt)


@LIVES
@given(steps())
def test_a_whole_refund_at_once_restores_the_very_lots(life: list[Step]) -> None:
    for one, entry in _found(life, "spend"):
        before = settled(one.before, one.now)
        command = Refund(owner=OWNER, key=entry.key + "-back", entry=entry.id)  # type: ignore[arg-type]
        back = decide(one.after, command, Known(origin=entry), one.now)
        assert isinstance(back, Booked)
        assert back.account.lots == before.lots


@LIVES
@given(steps(), st.integers(1, 4))
def test_refunding_in_parts_comes_to_refunding_at_once(life: list[Step], part: int) -> None:
    for one, spent in _found(life, "spend"):
        account, related, left = one.after, list[Entry](), spent.amount
        while left:
            amount = min(part, left)
            command = Refund(owner=OWNER, key=f"part-{left}", entry=spent.id, amount=amount)  # type: ignore[arg-type]
            known = Known(origin=spent, related=related)
            decision = decide(account, command, known, one.now)
            assert isinstance(decision, Booked)
            account, left = decision.account, left - amount  # type: ignore[assignment]
            related.append(decision.entries[-1])
        assert account.lots == settled(one.before, one.now).lots


@LIVES
@given(steps())
def test_each_hold_is_closed_once(life: list[Step]) -> None:
    entries = _entries(life)
    for origin in entries:
        if origin.kind == "hold":
            after = [entry for entry in entries if entry.caused_by == origin.id]
            assert sum(entry.kind in ("settle", "release") for entry in after) <= 1
            assert sum(entry.kind == "lapse" for entry in after) <= 1


@LIVES
@given(steps())
def test_settling_an_open_hold_moves_only_its_own_pieces(life: list[Step]) -> None:
    for one, entry in _found(life, "settle"):
        open_holds = {hold.id: hold for hold in settled(one.before, one.now).holds}
        assert isinstance(one.command, Settle)
        hold = open_holds.get(one.command.hold)
        if hold is not None:
            assert entry.taken == ()
            assert total(entry.burnt) + total(entry.given) + entry.repaid == hold.amount


@LIVES
@given(steps(), st.lists(st.integers(1, 60), max_size=4))
def test_it_does_not_matter_how_often_what_is_over_is_booked(
    life: list[Step], hours: list[int]
) -> None:
    account = _last(life)
    end = (account.at or NOON) + timedelta(hours=100)
    swept = account
    for hour in sorted(hours):
        moment = (account.at or NOON) + timedelta(hours=hour)
        swept = due(swept, moment, Policy())[1]
    assert _bare(settled(swept, end)) == _bare(settled(account, end))


@LIVES
@given(steps())
def test_nothing_is_there_at_its_end_and_all_is_there_before(life: list[Step]) -> None:
    account = _last(life)
    end = account.due_at
    if end is not None and account.at is not None and end > account.at:
        just_before = settled(account, end - timedelta(microseconds=1))
        assert just_before == account
        after = settled(account, end)
        assert all(lot.expires_at is None or lot.expires_at > end for lot in after.lots)
        assert all(hold.expires_at > end for hold in after.holds)


@LIVES
@given(steps())
def test_without_grace_what_comes_back_too_late_is_gone(life: list[Step]) -> None:
    for one in play(life, Policy(grace=timedelta(0))):
        account = settled(one.after, one.now, Policy(grace=timedelta(0)))
        assert all(lot.expires_at is None or lot.expires_at > one.now for lot in account.lots)
        assert account.balance >= account.held >= 0


@LIVES
@given(steps())
def test_clawbacks_never_take_more_than_was_bought(life: list[Step]) -> None:
    entries = _entries(life)
    for bought in entries:
        if bought.kind == "grant" and bought.source:
            taken = [e for e in entries if e.kind == "claw_back" and e.source == bought.source]
            assert sum(entry.amount for entry in taken) <= bought.amount
            assert all(entry.amount == total(entry.taken) + entry.debited for entry in taken)


@LIVES
@given(steps())
def test_nothing_is_spent_or_held_in_debt(life: list[Step]) -> None:
    for kind in ("spend", "hold"):
        for one, _ in _found(life, kind):
            assert settled(one.before, one.now).debt == 0


@LIVES
@given(steps())
def test_a_purchase_repays_the_debt_first(life: list[Step]) -> None:
    for one, entry in _found(life, "grant"):
        debt = settled(one.before, one.now).debt
        assert isinstance(one.command, Grant)
        bought = one.command.kind == "purchase"
        assert entry.repaid == (min(debt, entry.amount) if bought else 0)


@LIVES
@given(steps())
def test_the_double_entry_of_each_change_names_its_other_side(life: list[Step]) -> None:
    for entry in _entries(life):
        assert bool(entry.counter) or entry.change == 0


@LIVES
@given(steps(), st.data())
def test_a_changed_history_does_not_verify(life: list[Step], data: st.DataObject) -> None:
    entries, account = _entries(life), _last(life)
    if entries:
        index = data.draw(st.integers(0, len(entries) - 1))
        entry = entries[index]
        changed = msgspec.structs.replace(entry, amount=entry.amount + 1)
        assert verify(account, [*entries[:index], changed, *entries[index + 1 :]])
        assert verify(account, [*entries[:index], *entries[index + 1 :]])


def _bare(account: Account) -> Account:
    """The account without what depends on when something was booked: the chain of hashes."""
    return msgspec.structs.replace(account, hash="")
