"""Amounts: credits (whole) and money (whole minor units of a currency). Never floats."""

from __future__ import annotations

from typing import NewType

import msgspec

Credits = NewType("Credits", int)
"""A whole number of credits, the product's own unit of account."""


class Money(msgspec.Struct, frozen=True, order=True):
    """An amount of money: `minor_units` (cents where the currency has two decimals) of `currency`.

    `currency` is the ISO 4217 code in capitals.

    >>> Money(499, "EUR")
    Money(minor_units=499, currency='EUR')

    Raises:
        ValueError: the currency is no three capital letters.
    """

    minor_units: int
    currency: str = "EUR"

    def __post_init__(self) -> None:
        if not (len(self.currency) == 3 and self.currency.isascii() and self.currency.isupper()):
            raise ValueError(f"currency {self.currency!r} is no ISO 4217 code such as 'EUR'")
