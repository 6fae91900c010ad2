"""Parses files in a process of its own, with limits, used again until it dies or is too slow.

Formats parsed by native code are where hostile files strike: here they meet a process without
secrets, with bounded memory, time and output, that can be replaced at any moment.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import selectors
import struct
import subprocess
import sys
import threading
import time
from typing import Literal

import msgspec

from cvcore.errors import Refusal
from cvweb.adapters.files.errors import FileDamaged, TooSlow
from cvweb.adapters.files.limits import FileLimits
from cvweb.adapters.files.refusals import Refused, restored

Task = Literal["cv", "text", "offer", "check"]
OUTPUT_BYTES_MAX = 64 * 1024 * 1024
CHUNK_BYTES = 1 << 16
_KEPT = ("PATH", "LANG", "LC_ALL", "PYTHONPATH", "SYSTEMROOT", "PYTHONHASHSEED")


class Job(msgspec.Struct, frozen=True):
    """One file to parse: what is wanted of it, its bytes, the limits, and options by name."""

    task: Task
    data: bytes
    limits: FileLimits
    options: dict[str, str] = {}


class Done(msgspec.Struct, frozen=True, tag=True):
    """What parsing came to, encoded."""

    value: msgspec.Raw


Answer = Done | Refused


class Sandbox:
    """One parser process, shared by the threads of this one; a call waits for the one before it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._files = 0
        self._memory_bytes_max = 0
        self._lock = threading.Lock()

    def run(self, job: Job) -> msgspec.Raw:
        """What parsing `job` came to, encoded as MessagePack.

        Raises:
            TooSlow: it took more than `parse_seconds_max`; the process was stopped.
            FileDamaged: the parser died of the file, or answered what cannot be understood.
            Refusal: whatever the parser refused it with.
        """
        with self._lock:
            raw = self._exchange(msgspec.msgpack.encode(job), job.limits)
        try:
            answer = msgspec.msgpack.decode(raw, type=Answer)
        except msgspec.DecodeError as error:
            raise _died() from error
        if isinstance(answer, Refused):
            refusal = restored(answer)
            if isinstance(refusal, TooSlow):
                self.close()  # what ran out of memory once is in no state to go on
            raise refusal
        value: msgspec.Raw = answer.value
        return value

    def close(self) -> None:
        """Stop the process; the next call starts another."""
        with self._lock:
            self._stop()

    def _exchange(self, request: bytes, limits: FileLimits) -> bytes:
        process = self._running(limits)
        deadline = time.monotonic() + limits.parse_seconds_max
        try:
            self._files += 1
            return _talk(process, struct.pack(">Q", len(request)) + request, deadline)
        except TimeoutError as error:
            self._stop()
            raise TooSlow(parse_seconds_max=limits.parse_seconds_max) from error
        except (OSError, EOFError) as error:
            self._stop()
            raise _died() from error

    def _running(self, limits: FileLimits) -> subprocess.Popen[bytes]:
        process = self._process
        is_worn = self._files >= limits.files_per_process_max
        is_worn = is_worn or self._memory_bytes_max != limits.memory_bytes_max
        if process is None or process.poll() is not None or is_worn:
            self._stop()
            process = _started()
            self._process, self._files = process, 0
            self._memory_bytes_max = limits.memory_bytes_max
        return process

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        process.wait()


def _died() -> Refusal:
    return FileDamaged(kind="uploaded", why="reading it made the parser stop")


def _started() -> subprocess.Popen[bytes]:
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    environment["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    process = subprocess.Popen(
        [sys.executable, "-s", "-m", "cvweb.adapters.files.sandbox_child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        close_fds=True,
        bufsize=0,
    )
    assert process.stdin is not None  # noqa: S101 - it was started with pipes
    assert process.stdout is not None  # noqa: S101 - it was started with pipes
    if os.name == "posix":
        os.set_blocking(process.stdin.fileno(), False)
        os.set_blocking(process.stdout.fileno(), False)
    return process


def _talk(process: subprocess.Popen[bytes], request: bytes, deadline: float) -> bytes:
    """Send all of `request` and read one whole answer, neither beyond the deadline."""
    assert process.stdin is not None  # noqa: S101 - it was started with pipes
    assert process.stdout is not None  # noqa: S101 - it was started with pipes
    view, held, needed = memoryview(request), bytearray(), 8
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdin, selectors.EVENT_WRITE)
        selector.register(process.stdout, selectors.EVENT_READ)
        while len(held) < needed:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            for key, _ in selector.select(left):
                if key.fileobj is process.stdin:
                    view = view[os.write(process.stdin.fileno(), view[:CHUNK_BYTES]) :]
                    if not view:
                        selector.unregister(process.stdin)
                    continue
                chunk = os.read(process.stdout.fileno(), CHUNK_BYTES)
                if not chunk:
                    raise EOFError
                held += chunk
                if needed == 8 and len(held) >= 8:
                    needed = 8 + _size(held)
    return bytes(held[8:needed])


def _size(held: bytearray) -> int:
    size = int(struct.unpack(">Q", held[:8])[0])
    if size > OUTPUT_BYTES_MAX:
        raise EOFError
    return size


_SHARED = Sandbox()
atexit.register(_SHARED.close)


def shared_sandbox() -> Sandbox:
    """The sandbox of this process, closed when it exits."""
    return _SHARED
