"""Whose page sent this: the guard against requests forged by other sites.

A request that changes something must come from our own pages where a browser sent it. Every browser
says where such a request comes from (`Sec-Fetch-Site`, else `Origin`); what says neither is no
browser, and nobody's page can make it. Requests with an API key cannot be forged and are not asked.
The cookie is `SameSite=Lax` besides, and forms carry a token.
"""

from __future__ import annotations

import hashlib
import hmac
from urllib.parse import urlsplit

from litestar.datastructures import Headers

from cvweb.http.errors import CrossSite

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


def check_origin(headers: Headers, *, method: str, public_url: str | None = None) -> None:
    """Let a request pass that our own pages sent, or no browser at all.

    Raises:
        CrossSite: another site's page sent it.
    """
    if method in SAFE_METHODS or headers.get("authorization"):
        return
    fetch_site = headers.get("sec-fetch-site")
    if fetch_site is not None:
        if fetch_site not in {"same-origin", "none"}:
            raise CrossSite(origin=headers.get("origin") or f"a {fetch_site} page")
        return
    origin = headers.get("origin")
    if origin is None:
        return
    ours = {headers.get("host", ""), urlsplit(public_url or "").netloc} - {""}
    try:
        theirs = urlsplit(origin).netloc
    except ValueError as error:  # such as an address whose bracket never closes
        raise CrossSite(origin=origin) from error
    if theirs not in ours:
        raise CrossSite(origin=origin)


def form_token(secret: str, session: str) -> str:
    """The token a form of this session carries in its hidden field `csrf`."""
    return hmac.new(secret.encode(), f"form:{session}".encode(), hashlib.sha256).hexdigest()


def check_form_token(given: str | None, *, secret: str, session: str) -> None:
    """Let a form pass that we rendered for this session.

    Raises:
        CrossSite: the token is missing or another session's.
    """
    wanted = form_token(secret, session)
    if not hmac.compare_digest((given or "").encode(), wanted.encode()):
        raise CrossSite(origin="a form that was not rendered for this session; reload the page")
