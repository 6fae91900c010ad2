"""Which requests may act in a signed-in person's name."""

from __future__ import annotations

import pytest
from litestar.datastructures import Headers

from cvweb.http.errors import CrossSite
from cvweb.http.origin import check_form_token, check_origin, form_token

HOST = {"host": "cv.example:8000"}


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "none"},
        {"origin": "http://cv.example:8000"},
        {"origin": "https://public.example"},
        {"authorization": "Bearer cvk_x", "origin": "https://evil.example"},
    ],
)
def test_what_our_own_pages_and_keys_send_passes(headers: dict[str, str]) -> None:
    check_origin(
        Headers({**HOST, **headers}),
        method="POST",
        public_url="https://public.example/",
    )


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", "origin": "http://cv.example:8000"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://cv.example:8000.evil.example"},
        {"origin": "http://cv.example:9000"},
    ],
)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_what_other_sites_send_with_our_cookie_is_refused(
    headers: dict[str, str], method: str
) -> None:
    with pytest.raises(CrossSite):
        check_origin(Headers({**HOST, **headers}), method=method)


def test_reading_is_free_and_so_is_what_no_browser_sent() -> None:
    check_origin(Headers({**HOST, "origin": "https://evil.example"}), method="GET")
    check_origin(Headers(HOST), method="POST")


def test_signing_somebody_in_from_another_site_is_refused_too() -> None:
    with pytest.raises(CrossSite):
        check_origin(Headers({**HOST, "origin": "https://evil.example"}), method="POST")


def test_a_form_token_belongs_to_its_session() -> None:
    token = form_token("secret", "session-a")
    check_form_token(token, secret="secret", session="session-a")
    for given, session in ((token, "session-b"), (None, "session-a"), ("é", "session-a")):
        with pytest.raises(CrossSite):
            check_form_token(given, secret="secret", session=session)
