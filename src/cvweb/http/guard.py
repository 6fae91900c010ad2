"""The first thing every request passes: whose page sent it."""

from __future__ import annotations

from litestar.datastructures import Headers
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send

from cvweb.http.origin import check_origin


class OriginGuard:
    """ASGI middleware: refuses what another site's page sends in a signed-in person's name."""

    def __init__(self, app: ASGIApp, *, public_url: str | None) -> None:
        self._app = app
        self._public_url = public_url

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it before anything reads it."""
        if scope["type"] == ScopeType.HTTP:
            headers = Headers.from_scope(scope)
            check_origin(
                headers,
                method=str(scope["method"]),
                public_url=self._public_url,
            )
        await self._app(scope, receive, send)
