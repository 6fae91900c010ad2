"""One paid run of a feature: charge and task in one unit; begin, complete, fail, cancel, refund."""

from cvcore.runs.errors import LeaseLost
from cvcore.runs.model import RunSettings, Started, run_key
from cvcore.runs.ports import RunUnit
from cvcore.runs.service import Runs

__all__ = ["LeaseLost", "RunSettings", "RunUnit", "Runs", "Started", "run_key"]
