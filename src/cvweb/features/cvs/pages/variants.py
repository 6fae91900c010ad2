"""Variants by a form: making one for an offer, and pulling what its base changed."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Response, post
from litestar.types import ControllerRouterHandler

from cvcore.ids import CvId, OwnerId
from cvcore.unit import Begin
from cvcore.versions import CvRecord, Variants
from cvweb.features.cvs.variants import make_variant
from cvweb.features.cvs.wire import VariantBody
from cvweb.http.frames import Form, go
from cvweb.http.given import Given
from cvweb.ports import Unit


class Base(msgspec.Struct, frozen=True, kw_only=True):
    """The CV that a variant was made from, as its page shows it."""

    id: str
    filename: str
    version: int
    seen: int

    @property
    def is_ahead(self) -> bool:
        """Whether it has changed since the variant last saw it."""
        return self.version > self.seen


async def base_of(unit: Unit, record: CvRecord) -> Base | None:
    """The base of a variant; None where it is none, or the base is gone."""
    if record.base is None or record.base_version is None:
        return None
    found = await unit.cvs.get(record.owner, record.base)
    if found is None:
        return None
    return Base(
        id=found.id, filename=found.filename, version=found.version, seen=record.base_version
    )


@post("/cvs/{id:str}/variants")
async def make(
    id: str,
    begin: Given[Begin[Unit]],
    variants: Given[Variants],
    owner: OwnerId,
    form: Given[Form],
) -> Response[Any]:
    """Make a variant for the chosen offer; its own page follows."""
    body = VariantBody(offer_id=form.text("offer") or None)
    async with begin() as unit:
        made = await make_variant(unit, variants, owner, CvId(id), body)
    return go(f"/cvs/{made.id}", said="variant")


@post("/cvs/{id:str}/pull")
async def pull(
    id: str, variants: Given[Variants], owner: OwnerId, form: Given[Form]
) -> Response[Any]:
    """Bring what the base changed into a variant; the review follows where both changed it."""
    del form  # reading it has checked its token
    pulled = await variants.pull(owner, CvId(id))
    number = pulled.kept.record.version
    if pulled.proposals:
        return go(f"/cvs/{id}/review", said="overlap", n=len(pulled.proposals))
    return go(f"/cvs/{id}", said="pulled", n=number)


ROUTES: list[ControllerRouterHandler] = [make, pull]
