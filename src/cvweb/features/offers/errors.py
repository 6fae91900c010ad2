"""What can be wrong with an offer that is brought."""

from __future__ import annotations

from cvcore.errors import Refusal


class OfferUnreadable(Refusal):
    """The page draws itself by script: its file holds no offer."""

    code = "offer_unreadable"

    def __init__(self) -> None:
        super().__init__(
            "this page draws itself in the browser and its file holds no offer; "
            "open it, copy the text of the offer and paste it"
        )
