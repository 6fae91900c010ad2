"""`/cvs/{id}/variants`, and pulling what the base changed."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Request, Response, post
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from cvcore.ids import CvId, OwnerId
from cvcore.versions import Variants, Versions
from cvweb.features.cvs.variants import make_variant
from cvweb.features.cvs.wire import CvView, PullView, VariantBody
from cvweb.http.given import Given, IfMatch, KeyHeader
from cvweb.http.keys import fingerprint, key_or_new
from cvweb.http.once import Answer, Answers, Asking
from cvweb.http.preconditions import etag_of, version_wanted
from cvweb.ports import Unit


@post("/cvs/{id:str}/variants")
async def create_variant(
    *,
    request: Request[Any, Any, Any],
    id: FromPath[str],
    data: JSONBody[VariantBody],
    variants: Given[Variants],
    versions: Given[Versions],
    answers: Given[Answers],
    owner: Given[OwnerId],
    key: KeyHeader = None,
) -> Response[Any]:
    """Make a CV for an offer that says what this one says now; this one stays as it is (free)."""
    data.check()
    print_ = fingerprint("POST", request.url.path, msgspec.to_builtins(data))
    asking = Asking(owner=owner, key=key_or_new(key), fingerprint=print_)

    async def make(unit: Unit) -> Answer:
        made = await make_variant(unit, variants, owner, CvId(id), data)
        return Answer(status=201, location=f"/api/v1/cvs/{made.id}", subject=f"cv:{made.id}")

    async def render(answer: Answer) -> CvView:
        made = CvId((answer.subject or "").removeprefix("cv:"))
        kept = await versions.get(owner, made)
        return CvView.whole(kept.record, kept.cv)

    return await answers.together(asking, effect=make, render=render)


@post("/cvs/{id:str}/pull", status_code=200)
async def pull(
    id: FromPath[str], variants: Given[Variants], owner: Given[OwnerId], if_match: IfMatch = None
) -> Response[PullView]:
    """Bring what the base changed into a variant; what both changed becomes proposals (free)."""
    seen = None if if_match is None else version_wanted(if_match)
    pulled = await variants.pull(owner, CvId(id), seen=seen)
    headers = {"ETag": etag_of(pulled.kept.record.version)}
    return Response(PullView.pulled(pulled), headers=headers)


ROUTES: list[ControllerRouterHandler] = [create_variant, pull]
