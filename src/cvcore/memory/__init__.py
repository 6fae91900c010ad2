"""Stores in memory: first-class adapters, the default of examples, tests and small hosts."""

from cvcore.memory.transaction import Deadlock
from cvcore.memory.units import MemoryUnit, MemoryUnits

__all__ = ["Deadlock", "MemoryUnit", "MemoryUnits"]
