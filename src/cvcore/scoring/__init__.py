"""Scores with a receipt: every point names the requirement, the evidence and the rule."""

from cvcore.scoring.criteria import Asked, Demand, demand_of
from cvcore.scoring.matching import MATCHER, match_all
from cvcore.scoring.model import (
    WEIGHTS,
    Criterion,
    Dimension,
    Evidence,
    Flag,
    Match,
    Receipt,
    Score,
    State,
    Status,
    SubScore,
    Suggestion,
)
from cvcore.scoring.ports import Matcher, ScoreRecord, ScoreStore
from cvcore.scoring.receipt import offer_hash, receipt_hash
from cvcore.scoring.replaying import Replayed, replay
from cvcore.scoring.rules import ENGINE
from cvcore.scoring.scorer import score
from cvcore.scoring.service import Inputs, Scoring, ScoringUnit

__all__ = [
    "ENGINE",
    "MATCHER",
    "WEIGHTS",
    "Asked",
    "Criterion",
    "Demand",
    "Dimension",
    "Evidence",
    "Flag",
    "Inputs",
    "Match",
    "Matcher",
    "Receipt",
    "Replayed",
    "Score",
    "ScoreRecord",
    "ScoreStore",
    "Scoring",
    "ScoringUnit",
    "State",
    "Status",
    "SubScore",
    "Suggestion",
    "demand_of",
    "match_all",
    "offer_hash",
    "receipt_hash",
    "replay",
    "score",
]
