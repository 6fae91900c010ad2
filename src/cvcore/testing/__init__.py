"""What tests need of this library: clocks that are moved, ids that count, specimens, contracts.

Needs the extra `cvcore[testing]` for `cvcore.testing.contracts` and `cvcore.testing.strategies`.
"""

from cvcore.testing.clocks import NOON, FixedClock, MovingClock
from cvcore.testing.ids import counting_ids

__all__ = ["NOON", "FixedClock", "MovingClock", "counting_ids"]
