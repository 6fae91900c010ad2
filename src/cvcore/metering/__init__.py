"""Model calls: what they used, what they cost, what that adds up to, when somebody is told."""

from cvcore.metering.model import (
    Alert,
    AlertKind,
    DailyUse,
    ModelCall,
    Price,
    Reached,
    Tokens,
)
from cvcore.metering.ports import CallStore
from cvcore.metering.prices import FALLBACK, PRICES
from cvcore.metering.rules import cost_micros, daily, price_of, reached

__all__ = [
    "FALLBACK",
    "PRICES",
    "Alert",
    "AlertKind",
    "CallStore",
    "DailyUse",
    "ModelCall",
    "Price",
    "Reached",
    "Tokens",
    "cost_micros",
    "daily",
    "price_of",
    "reached",
]
