"""Broken stores, to see a contract fail: one store in memory is exchanged for a mutant of it."""

from __future__ import annotations

from cvcore.memory.transaction import Transaction
from cvcore.memory.units import MemoryUnit, MemoryUnits
from cvcore.testing.contracts.contract import Contract

_SLIPS = (TypeError, NameError, AttributeError)


class MutantUnits(MemoryUnits):
    """Units in memory in which `mutant`, a subclass of one of their stores, stands in for it."""

    def __init__(self, mutant: type) -> None:
        super().__init__()
        self._mutant = mutant

    def _open(self, transaction: Transaction) -> MemoryUnit:
        unit = super()._open(transaction)
        for name, store in list(vars(unit).items()):
            if issubclass(self._mutant, type(store)):
                setattr(unit, name, self._mutant(store._tables, transaction))  # noqa: SLF001 - its own kind
        return unit


async def is_caught(units: MemoryUnits, contract: type[Contract], promise: str) -> bool:
    """Whether the contract's test named `promise` fails on these units.

    Raises:
        TypeError, NameError, AttributeError: the mutant is not broken in its promise, it is
            written wrongly.
    """
    try:
        await contract.promises()[promise](begin=units.begin)
    except _SLIPS:
        raise
    except (Exception, BaseExceptionGroup):  # noqa: BLE001 - failing in any way is being caught
        return True
    except BaseException as outcome:
        if type(outcome).__name__ == "Failed":
            return True
        raise
    return False
