"""What `/metrics` shows: counts and durations of this process's requests, as plain text."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping
from time import perf_counter

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from cvcore.errors import CvcoreError
from cvweb.problems import status_of

SECONDS_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Meters:
    """Counts requests by route, method and status; ids never become labels."""

    def __init__(self) -> None:
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._buckets: defaultdict[str, list[int]] = defaultdict(
            lambda: [0] * (len(SECONDS_BUCKETS) + 1)
        )
        self._seconds: defaultdict[str, float] = defaultdict(float)

    def note(self, *, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answered request."""
        self._requests[method, route, status] += 1
        self._buckets[route][bisect_left(SECONDS_BUCKETS, seconds)] += 1
        self._seconds[route] += seconds

    def text(self, gauges: Mapping[str, float]) -> str:
        """Everything in the text format that Prometheus reads, `gauges` first."""
        lines = [f"{name} {value:g}" for name, value in sorted(gauges.items())]
        lines.append("# TYPE cvweb_requests_total counter")
        for (method, route, status), count in sorted(self._requests.items()):
            labels = f'method="{method}",route="{route}",status="{status}"'
            lines.append(f"cvweb_requests_total{{{labels}}} {count}")
        lines.append("# TYPE cvweb_request_seconds histogram")
        for route, counts in sorted(self._buckets.items()):
            running = 0
            for bound, count in zip((*SECONDS_BUCKETS, "+Inf"), counts, strict=True):
                running += count
                labels = f'route="{route}",le="{bound}"'
                lines.append(f"cvweb_request_seconds_bucket{{{labels}}} {running}")
            lines.append(f'cvweb_request_seconds_count{{route="{route}"}} {running}')
            lines.append(f'cvweb_request_seconds_sum{{route="{route}"}} {self._seconds[route]:.6f}')
        return "\n".join(lines) + "\n"


class MeterMiddleware:
    """ASGI middleware: notes each answered request on the meters."""

    def __init__(self, app: ASGIApp, *, meters: Meters) -> None:
        self._app = app
        self._meters = meters

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and note what became of it."""
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        began = perf_counter()
        status = 500

        async def send_noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, send_noted)
        except CvcoreError as error:
            status = status_of(error)
            raise
        finally:
            self._meters.note(
                method=str(scope["method"]),
                route=str(scope.get("path_template") or "other"),
                status=status,
                seconds=perf_counter() - began,
            )
