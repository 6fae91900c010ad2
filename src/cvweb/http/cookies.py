"""The session cookie: host-only, unreadable for scripts, never sent along by other sites' forms."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie

from litestar.datastructures import Cookie

SECURE_NAME = "__Host-cvweb"
PLAIN_NAME = "cvweb"


def session_cookie(token: str, *, is_https: bool, seconds: int) -> Cookie:
    """The cookie that carries a session's token. Over https its name binds it to this very host."""
    return Cookie(
        key=SECURE_NAME if is_https else PLAIN_NAME,
        value=token,
        max_age=seconds,
        path="/",
        httponly=True,
        secure=is_https,
        samesite="lax",
    )


def ended_cookies() -> list[Cookie]:
    """The cookies that make a browser forget its session."""
    return [
        Cookie(key=PLAIN_NAME, value="", max_age=0, path="/", httponly=True, samesite="lax"),
        Cookie(
            key=SECURE_NAME,
            value="",
            max_age=0,
            path="/",
            httponly=True,
            secure=True,
            samesite="lax",
        ),
    ]


def session_token(cookie_header: str, *, is_https: bool) -> str | None:
    """The token in a `Cookie` header; over https only the cookie bound to the very host counts,
    for anybody between may plant the plain one."""
    try:
        cookies = SimpleCookie(cookie_header)
    except CookieError:
        return None
    found = cookies.get(SECURE_NAME if is_https else PLAIN_NAME)
    return found.value or None if found is not None else None
