"""The parser process: reads jobs from its input, writes answers to its output, nothing else."""

from __future__ import annotations

import gc
import os
import struct
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

import msgspec

from cvcore.errors import Refusal
from cvweb.adapters.files.errors import FileDamaged, TooSlow
from cvweb.adapters.files.limits import FileLimits
from cvweb.adapters.files.refusals import recorded
from cvweb.adapters.files.sandbox import Done, Job

CPU_SECONDS_OVER = 1


def main() -> None:
    """Answer jobs until the input ends."""
    source, target = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    _confine()
    while (job := _next(source)) is not None:
        _limit(job.limits)
        answer = msgspec.msgpack.encode(_answer(job))
        target.write(struct.pack(">Q", len(answer)) + answer)
        target.flush()
        gc.collect()


def _answer(job: Job) -> Any:
    try:
        return Done(msgspec.Raw(msgspec.msgpack.encode(_parser(job)(job.data, job.limits))))
    except Refusal as error:
        return recorded(error)
    except (MemoryError, RecursionError):
        gc.collect()
        return recorded(TooSlow(parse_seconds_max=job.limits.parse_seconds_max))
    except Exception as error:  # noqa: BLE001 - whatever a hostile file provokes ends here
        return recorded(
            FileDamaged(kind="uploaded", why=f"its content is broken ({type(error).__name__})")
        )


def _parser(job: Job) -> Callable[[bytes, FileLimits], Any]:
    if job.task == "cv":
        from cvweb.adapters.files.cv_parsing import parse_cv

        return parse_cv
    if job.task == "text":
        from cvweb.adapters.files.cv_parsing import plain_text

        return plain_text
    if job.task == "check":
        from cvweb.adapters.files.check import parse_check

        return parse_check
    from datetime import date

    from cvweb.adapters.files.offer_reading import parse_offer

    options = job.options
    at = date.fromisoformat(options["at"])
    return lambda data, _: parse_offer(
        options.get("name", ""), data, at=at, url=options.get("url"), charset=options.get("charset")
    )


def _next(source: BinaryIO) -> Job | None:
    head = source.read(8)
    if len(head) < 8:
        return None
    (size,) = struct.unpack(">Q", head)
    return msgspec.msgpack.decode(source.read(size), type=Job)


def _confine() -> None:
    """No files to write, no core dumps, no more than a few files open."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))


def _limit(limits: FileLimits) -> None:
    """Memory as a whole, processor time from now on: a process serves many files."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime + limits.parse_seconds_max) + CPU_SECONDS_OVER
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))
    if sys.platform != "darwin":  # macOS refuses a bound on the address space
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes_max, limits.memory_bytes_max))


if __name__ == "__main__":
    main()
