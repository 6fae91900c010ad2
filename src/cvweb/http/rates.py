"""How often: a sliding count per kind of request and per whoever makes it.

Counts are kept in the process that serves the request: with N web processes a limit is up to N
times as wide. That is enough against guessing passwords and against a runaway script; it is no
quota.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable, Mapping
from time import monotonic

import msgspec

from cvweb.http.errors import TooManyRequests


class Rate(msgspec.Struct, frozen=True):
    """At most `count_max` requests in any `window_seconds`."""

    count_max: int
    window_seconds: int


RATES: Mapping[str, Rate] = {
    "register": Rate(count_max=100, window_seconds=3600),
    "login": Rate(count_max=300, window_seconds=300),
    "login_account": Rate(count_max=10, window_seconds=300),
    "login_everywhere": Rate(count_max=100, window_seconds=3600),
    "upload": Rate(count_max=300, window_seconds=60),
    "fetch": Rate(count_max=60, window_seconds=60),
}
"""Per network address (register, login) or per account (upload, fetch). A sign-in counts per
address and account together (login_account), and per account wherever it comes from
(login_everywhere): the latter spares the addresses its owner has signed in from, so that whoever
guesses cannot lock the owner out there."""


class RateLimiter:
    """Counts by kind and name; forgets the names seen longest ago beyond `names_max`."""

    def __init__(
        self,
        rates: Mapping[str, Rate],
        *,
        clock: Callable[[], float] = monotonic,
        names_max: int = 20_000,
    ) -> None:
        self._rates = rates
        self._clock = clock
        self._names_max = names_max
        self._seen: OrderedDict[tuple[str, str], deque[float]] = OrderedDict()
        self._at_home: OrderedDict[tuple[str, str], None] = OrderedDict()

    def take(self, kind: str, name: str) -> None:
        """Count one request of this kind by `name`; a kind without a rate is not limited.

        Raises:
            TooManyRequests: the window is full; this request is not counted.
        """
        rate = self._rates.get(kind)
        if rate is None:
            return
        now = self._clock()
        times = self._seen.setdefault((kind, name), deque())
        self._seen.move_to_end((kind, name))
        while times and times[0] <= now - rate.window_seconds:
            times.popleft()
        if len(times) >= rate.count_max:
            wait = times[0] + rate.window_seconds - now
            raise TooManyRequests(
                kind=kind, count_max=rate.count_max, window_seconds=rate.window_seconds, wait=wait
            )
        times.append(now)
        while len(self._seen) > self._names_max:
            self._seen.popitem(last=False)

    def take_login(self, address: str, account: str) -> None:
        """Count one attempt to sign in to `account` from `address`.

        Raises:
            TooManyRequests: the address tries too often, or too many addresses try this account.
        """
        self.take("login", address)
        self.take("login_account", f"{address} {account}")
        if (address, account) not in self._at_home:
            self.take("login_everywhere", account)

    def signed_in(self, address: str, account: str) -> None:
        """Note that whoever owns `account` was at `address`; those seen longest ago are forgotten
        beyond `names_max`."""
        self._at_home[address, account] = None
        self._at_home.move_to_end((address, account))
        while len(self._at_home) > self._names_max:
            self._at_home.popitem(last=False)
