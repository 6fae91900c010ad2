"""What can be wrong with an account."""

from __future__ import annotations

from cvcore.errors import Refusal


class TooManyKeys(Refusal):
    """The account has as many API keys as it may have."""

    code = "too_many_keys"

    def __init__(self, *, keys_max: int) -> None:
        super().__init__(f"an account has at most {keys_max} API keys; delete one first")
        self.keys_max = keys_max
