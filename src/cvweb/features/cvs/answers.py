"""A CV as an answer."""

from __future__ import annotations

from typing import Any

from litestar import Response

from cvcore.versions import KeptCv
from cvweb.features.cvs.wire import CvView
from cvweb.http.preconditions import etag_of


def cv_response(kept: KeptCv, *, status_code: int = 200) -> Response[CvView]:
    """A CV at its newest version, with the `ETag` that `If-Match` compares."""
    headers = {"ETag": etag_of(kept.record.version)}
    view = CvView.whole(kept.record, kept.cv)
    return Response(view, status_code=status_code, headers=headers)


def tagged(response: Response[Any]) -> Response[Any]:
    """`response` with the `ETag` of the CV in it; one that holds a task or a problem has none."""
    if isinstance(response.content, CvView):
        response.set_header("ETag", etag_of(response.content.version))
    return response
