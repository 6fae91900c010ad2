"""The price list a house starts with; prices change, so a setting replaces it."""

from __future__ import annotations

from cvcore.metering.model import Price


def _price(model: str, prompt: int, completion: int, cached: int) -> Price:
    """A price from thousandths of a dollar per million tokens."""
    return Price(
        model=model, prompt=prompt * 1000, completion=completion * 1000, cached=cached * 1000
    )


PRICES: tuple[Price, ...] = (
    _price("gpt-4.1", 2000, 8000, 500),
    _price("gpt-4.1-mini", 400, 1600, 100),
    _price("gpt-4.1-nano", 100, 400, 25),
    _price("gpt-4o", 2500, 10000, 1250),
    _price("gpt-4o-mini", 150, 600, 75),
    _price("gpt-5", 1250, 10000, 125),
    _price("gpt-5-mini", 250, 2000, 25),
    _price("gpt-5-nano", 50, 400, 5),
    _price("o3", 2000, 8000, 500),
    _price("o4-mini", 1100, 4400, 275),
)
"""Micro-dollars per million tokens, by model."""

FALLBACK = _price("", 1000, 4000, 1000)
"""What a model in no list is taken to cost."""
