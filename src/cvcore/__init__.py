"""Credits, plans, CV versions and review, scoring, tailoring: the domain, without a server.

The names here are those that most programs begin with; every room has more (`cvcore.ledger`,
`cvcore.versions`, `cvcore.scoring`, ...). It stands on the standard library and msgspec alone.

>>> from cvcore import Credits, OwnerId, RequestKey
>>> Credits(3), OwnerId("ada"), RequestKey("run:42")
(3, 'ada', 'run:42')
"""

from cvcore.clock import Clock, system_clock
from cvcore.errors import Conflict, CvcoreError, NotFound, Refusal, Unavailable
from cvcore.ids import CvId, HoldId, OfferId, OwnerId, RequestKey, TaskId
from cvcore.ledger import Ledger
from cvcore.money import Credits, Money
from cvcore.unit import Begin

__all__ = [
    "Begin",
    "Clock",
    "Conflict",
    "Credits",
    "CvId",
    "CvcoreError",
    "HoldId",
    "Ledger",
    "Money",
    "NotFound",
    "OfferId",
    "OwnerId",
    "Refusal",
    "RequestKey",
    "TaskId",
    "Unavailable",
    "system_clock",
]
