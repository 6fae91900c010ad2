"""How routes are handed what they work with, and what of the request they read."""

from __future__ import annotations

from typing import Annotated, TypeVar

from litestar.di import Dependency
from litestar.params import HeaderParameter, QueryParameter, SkipValidationMarker

T = TypeVar("T")

Given = Annotated[T, Dependency(), SkipValidationMarker()]
"""A parameter that `app.py` passes in: a service, a port, a setting. It is taken as it is."""

IfMatch = Annotated[str | None, HeaderParameter(name="If-Match")]
KeyHeader = Annotated[str | None, HeaderParameter(name="Idempotency-Key")]
Prefer = Annotated[str | None, HeaderParameter(name="Prefer")]
LastEventId = Annotated[str | None, HeaderParameter(name="Last-Event-ID")]
OfferQuery = Annotated[str | None, QueryParameter(name="offerId")]
