"""What HTTP allows, as one value: how long, how often, for how long."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from cvweb.http.rates import Rate

RATES: Mapping[str, Rate] = {
    "register": Rate(count_max=10, window_seconds=3600),
    "login": Rate(count_max=60, window_seconds=300),
    "login_account": Rate(count_max=10, window_seconds=300),
    "upload": Rate(count_max=60, window_seconds=60),
    "fetch": Rate(count_max=30, window_seconds=60),
}
"""Per network address (register, login) or per account (upload, fetch). A sign-in counts per
address and account together, so that nobody can lock somebody else out."""


class HttpLimits(msgspec.Struct, frozen=True, kw_only=True):
    """The limits of the HTTP interface.

    `public_url` is where people reach the site when a proxy stands before it; `secret` signs the
    tokens of forms.
    """

    secret: str
    public_url: str | None = None
    body_bytes_max: int = 2 * 1024 * 1024
    upload_bytes_max: int = 10 * 1024 * 1024
    session_seconds_max: int = 14 * 24 * 3600
    welcome_credits: int = 15
    rates: Mapping[str, Rate] = RATES
