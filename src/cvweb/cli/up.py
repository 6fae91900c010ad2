"""`cvweb up`: starts every part, watches over them, and stops what it started."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import ipaddress
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from types import FrameType
from typing import TYPE_CHECKING

from cvcore.errors import Refusal, Unavailable
from cvweb.cli.installation import own_server
from cvweb.cli.people import demo_is_open, lock_demo, make_demo
from cvweb.cli.serving import prepare
from cvweb.settings import variable

if TYPE_CHECKING:
    from cvweb.embedded import EmbeddedServer
    from cvweb.settings import Settings

READY_SECONDS_MAX = 60.0
POLL_SECONDS = 0.05
RESTARTS_MAX = 5
RESTART_WINDOW_SECONDS = 60.0
KILL_MARGIN_SECONDS = 5.0
DONE, FAILED = 0, 3


class PortTaken(Refusal):
    """Something listens on the port already."""

    code = "port_taken"

    def __init__(self, *, host: str, port: int, why: str) -> None:
        super().__init__(f"cannot listen on {host}:{port} ({why}); choose another with --port")
        self.host, self.port = host, port


class NotReady(Unavailable):
    """A part ended, or did not answer in time, while everything was being started."""

    code = "not_started"

    def __init__(self, *, why: str) -> None:
        super().__init__(f"cvweb did not start: {why}; what it says is above")
        self.why = why


class Beginnings:
    """When something was begun: it may be begun again, but not for ever."""

    def __init__(self) -> None:
        self._moments = [time.monotonic()]

    def another(self) -> bool:
        """Count one more; False where there were too many of late."""
        recent = time.monotonic() - RESTART_WINDOW_SECONDS
        self._moments = [moment for moment in self._moments if moment > recent]
        if len(self._moments) > RESTARTS_MAX:
            return False
        self._moments.append(time.monotonic())
        return True


class Part:
    """One process of ours: begun, watched, begun again where it ends by itself."""

    def __init__(self, name: str, arguments: list[str], environment: dict[str, str]) -> None:
        self.name = name
        self._command = [sys.executable, "-m", "cvweb", *arguments, "--with-parent"]
        self._environment = environment
        self._beginnings = Beginnings()
        self.process = self._begin()

    def _begin(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603  # ourselves
            self._command,
            stdin=subprocess.PIPE,  # closed by our end, whatever ends us: then it stops too
            env=self._environment,
            start_new_session=True,  # Ctrl-C is for us; we stop it in our order
        )

    def watch(self) -> bool:
        """Begin it again where it has ended; False where it keeps on ending."""
        if self.process.poll() is None:
            return True
        if not self._beginnings.another():
            return False
        print(f"{self.name} ended with {self.process.returncode}; starting it again", flush=True)
        self.process = self._begin()
        return True

    def stop(self, *, seconds_max: float) -> None:
        """Ask it to stop, and kill it where it does not in time."""
        if self.process.poll() is None:
            self.process.terminate()
        try:
            self.process.wait(seconds_max)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class OwnDatabase:
    """The embedded server, watched as a part is."""

    name = "PostgreSQL"

    def __init__(self, server: EmbeddedServer) -> None:
        self._server = server
        self._beginnings = Beginnings()

    def watch(self) -> bool:
        """Begin it again where it has ended; False where it cannot, or keeps on ending."""
        if self._server.is_running():
            return True
        if not self._beginnings.another():
            return False
        print(f"{self.name} ended; starting it again", flush=True)
        try:
            self._server.begin()
        except Unavailable as error:
            print(error, file=sys.stderr)
            return False
        return True


def up(settings: Settings, *, host: str, port: int, workers: int) -> int:
    """Serve everything until Ctrl-C or SIGTERM; 0 then, 3 where a part keeps on failing.

    Raises:
        PortTaken, NotReady: nothing is left running.
        DataInUse, DataOfOtherMajor, ...: as the embedded server says.
    """
    stop = _Stop()
    _check_port(host, port)
    with own_server(settings) as (found, server):
        applied = asyncio.run(prepare(found))
        parts: list[Part] = []
        try:
            environment = _environment(found)
            parts.append(Part("web", ["web", "--host", host, "--port", str(port)], environment))
            _say_demo(found, host)
            _wait_ready(parts, host, port, stop)
            parts.extend(  # only now: until somebody can ask for work, they would slow the answer
                Part(f"worker {number}", ["worker"], environment)
                for number in range(1, workers + 1)
            )
            if not stop.is_asked:
                _say_ready(host, port, applied, is_embedded=server is not None)
            database = [OwnDatabase(server)] if server is not None else []
            return _watch([*database, *parts], stop)
        finally:
            for part in reversed(parts):
                part.stop(seconds_max=found.stop_seconds_max + KILL_MARGIN_SECONDS)


class _Stop:
    """Remembers that somebody asked us to stop; asked twice, it stops whatever we wait for."""

    def __init__(self) -> None:
        self.is_asked = False
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, self._ask)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        if self.is_asked:
            raise KeyboardInterrupt
        self.is_asked = True


def _watch(parts: Sequence[OwnDatabase | Part], stop: _Stop) -> int:
    while not stop.is_asked:
        for part in parts:
            if not part.watch():
                print(f"{part.name} keeps on ending; stopping everything", file=sys.stderr)
                return FAILED
        time.sleep(POLL_SECONDS * 4)
    return DONE


def _wait_ready(parts: list[Part], host: str, port: int, stop: _Stop) -> None:
    deadline = time.monotonic() + READY_SECONDS_MAX
    while not stop.is_asked:
        ended = next((part for part in parts if part.process.poll() is not None), None)
        if ended is not None:
            raise NotReady(why=f"{ended.name} ended with {ended.process.returncode}")
        if _is_ready(host, port):
            return
        if time.monotonic() > deadline:
            raise NotReady(why=f"no answer from {host}:{port} within {READY_SECONDS_MAX:g} s")
        time.sleep(POLL_SECONDS)


def _is_ready(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(_reachable(host), port, timeout=2)
    with contextlib.closing(connection):
        try:
            connection.request("GET", "/health/ready")
            return connection.getresponse().status == http.client.OK
        except (OSError, http.client.HTTPException):
            return False


def _check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            why = error.strerror or str(error)
            raise PortTaken(host=host, port=port, why=why) from error


def _environment(settings: Settings) -> dict[str, str]:
    ours = {name: getattr(settings, name) for name in ("database_url", "secret", "data")}
    own = {variable(name): str(value) for name, value in ours.items() if value is not None}
    return {**os.environ, **own}


def _say_demo(settings: Settings, host: str) -> None:
    is_open = asyncio.run(demo_is_open(settings))
    if is_open and not _is_loopback(host):
        asyncio.run(lock_demo(settings))
        print("the demo account was shut: others can reach this address", flush=True)
    if is_open or not _is_loopback(host):
        return
    demo = asyncio.run(make_demo(settings))
    print(f"demo account {demo.email} with {demo.credits} credits")
    print(f"  password (shown once): {demo.password}")
    print(f"  API key  (shown once): {demo.api_key}", flush=True)


def _say_ready(host: str, port: int, applied: list[str], *, is_embedded: bool) -> None:
    if applied:
        print(f"{len(applied)} migrations applied")
    kind = "its own PostgreSQL" if is_embedded else "the PostgreSQL of DATABASE_URL"
    shown = f"[{host}]" if ":" in host else host
    print(f"cvweb serves http://{shown}:{port} on {kind}; Ctrl-C stops it", flush=True)


def _reachable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  # compared only


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
