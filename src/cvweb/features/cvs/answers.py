"""A CV as an answer."""

from __future__ import annotations

from litestar import Response

from cvcore.versions import KeptCv
from cvweb.features.cvs.wire import CvView
from cvweb.http.preconditions import etag_of


def cv_response(kept: KeptCv, *, status_code: int = 200) -> Response[CvView]:
    """A CV at its newest version, with the `ETag` that `If-Match` compares."""
    headers = {"ETag": etag_of(kept.record.version)}
    view = CvView.whole(kept.record, kept.cv)
    return Response(view, status_code=status_code, headers=headers)
