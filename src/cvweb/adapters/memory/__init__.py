"""Everything cvweb keeps, in memory: for tests and for one process without a database."""

from __future__ import annotations

from cvweb.adapters.memory.units import WebUnit, WebUnits

__all__ = ["WebUnit", "WebUnits"]
