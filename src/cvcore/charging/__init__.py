"""Who pays for one use: the plan, the credits, or nobody."""

from cvcore.charging.errors import CountMoved, FeatureRefused, UnknownFeature
from cvcore.charging.model import (
    ByCredits,
    ByPlan,
    Charge,
    ChargingSettings,
    Mode,
    Reason,
    Refused,
)
from cvcore.charging.ports import ChargingUnit
from cvcore.charging.rules import Standing, charge
from cvcore.charging.service import Charging

__all__ = [
    "ByCredits",
    "ByPlan",
    "Charge",
    "Charging",
    "ChargingSettings",
    "ChargingUnit",
    "CountMoved",
    "FeatureRefused",
    "Mode",
    "Reason",
    "Refused",
    "Standing",
    "UnknownFeature",
    "charge",
]
