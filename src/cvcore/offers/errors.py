"""What can be wrong with an offer."""

from __future__ import annotations

from cvcore.errors import Conflict, Refusal
from cvcore.ids import OfferId


class NotAnOffer(Refusal):
    """The text is no job offer, or nothing of one can be read in it."""

    code = "not_an_offer"

    def __init__(self, *, why: str) -> None:
        super().__init__(f"this is no job offer: {why}; paste the text of the offer itself")
        self.why = why


class StaleOffer(Conflict):
    """Somebody else corrected the offer first."""

    code = "stale_offer"

    def __init__(self, *, id: OfferId) -> None:
        super().__init__(f"offer {id!r} has changed since it was read; read it again")
        self.id = id
