"""How routes are handed what they work with."""

from __future__ import annotations

from typing import Annotated, TypeVar

from litestar.params import Dependency

T = TypeVar("T")

Given = Annotated[T, Dependency(skip_validation=True)]
"""A parameter that `app.py` passes in: a service, a port, a setting. It is taken as it is."""
