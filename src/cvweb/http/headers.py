"""The headers that every answer carries, static files and errors included."""

from __future__ import annotations

from litestar.types import Message, Scope

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'; manifest-src 'self'"
)

SECURITY_HEADERS: tuple[tuple[bytes, bytes], ...] = (
    (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=()"),
)
STRICT_TRANSPORT = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")
PRIVATE = (b"cache-control", b"no-store")
SHARED = (b"cache-control", b"public, max-age=300")
SHARED_PREFIX = "/static/"


class HeaderAdder:
    """Puts what is missing on an answer that is about to go out, never overrides what a route set.

    For Litestar's `before_send`, which sees every answer: static files, errors and unknown routes
    too. Answers that set no `Cache-Control` of their own are not stored by anybody: almost all of
    them are one person's. Stylesheet, script and icons are for everybody. Strict transport security
    goes out only over https, and always where people reach the site by https (`is_https`).
    """

    def __init__(self, *, is_https: bool) -> None:
        self._is_https = is_https

    async def __call__(self, message: Message, scope: Scope) -> None:
        """Add the headers to the start of an answer; its other parts pass as they are."""
        if message["type"] != "http.response.start":
            return
        headers = list(message.get("headers", []))
        given = {name.lower() for name, _ in headers}
        is_shared = message["status"] == 200 and str(scope.get("path")).startswith(SHARED_PREFIX)
        wanted = (*SECURITY_HEADERS, SHARED if is_shared else PRIVATE)
        if self._is_https or scope.get("scheme") == "https":
            wanted = (*wanted, STRICT_TRANSPORT)
        message["headers"] = headers + [pair for pair in wanted if pair[0] not in given]
