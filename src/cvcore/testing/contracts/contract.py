"""What every contract is: a class of promises, each a test, that a store keeps or does not.

Subclass one under a name that pytest collects, and give it a fixture `begin` that answers with the
`Begin` of EMPTY stores:

    class TestMyLedger(LedgerContract):
        @pytest.fixture
        def begin(self) -> Begin[LedgerUnit]:
            return my_stores().begin
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import ClassVar, Protocol

import pytest

from cvcore.ids import OwnerId
from cvcore.ledger.ports import LedgerUnit
from cvcore.offers.ports import OfferStore
from cvcore.plans.ports import PlansUnit
from cvcore.scoring.ports import ScoreStore
from cvcore.tasks.ports import TasksUnit
from cvcore.versions.ports import CvStore, ProposalStore, TrashStore, VersionStore

ADA, BOB = OwnerId("ada"), OwnerId("bob")
ODD = datetime(2026, 3, 2, 12, 34, 56, 789_123, tzinfo=UTC)
"""A moment that a store may not round."""

Promise = Callable[..., Awaitable[None]]


class AllStores(LedgerUnit, PlansUnit, TasksUnit, Protocol):
    """A transaction with every store, as a whole adapter gives it."""

    @property
    def cvs(self) -> CvStore: ...

    @property
    def versions(self) -> VersionStore: ...

    @property
    def trash(self) -> TrashStore: ...

    @property
    def proposals(self) -> ProposalStore: ...

    @property
    def offers(self) -> OfferStore: ...

    @property
    def scores(self) -> ScoreStore: ...


class Contract:
    """Promises that cannot be taken back: a subclass adds a fixture, it changes no test."""

    pytestmark: ClassVar = pytest.mark.asyncio

    def __init_subclass__(cls, **options: object) -> None:
        super().__init_subclass__(**options)
        if Contract in cls.__bases__:
            return
        inherited = {name for base in cls.__mro__[1:] for name in vars(base)}
        changed = sorted(n for n in vars(cls) if n.startswith("test_") and n in inherited)
        if changed:
            raise TypeError(f"{cls.__name__} may not change the promises {', '.join(changed)}")

    @classmethod
    def promises(cls) -> dict[str, Promise]:
        """Every promise of this contract by its name; each takes `begin`."""
        bare = cls()
        names = sorted(name for name in dir(cls) if name.startswith("test_"))
        return {name: getattr(bare, name) for name in names}
