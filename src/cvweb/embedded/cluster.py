"""One cluster on disk and the programs that work on it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

import psutil

from cvweb.embedded.account import Account
from cvweb.embedded.errors import DataDamaged, DataOfOtherMajor, ServerFailed

POLL_SECONDS = 0.02
LOG_BYTES_SHOWN = 2_000
PROGRAM_TIMEOUT_SECONDS = 300


class Cluster:
    """The cluster in `folder`, worked on with the programs of `binaries` as `account`."""

    def __init__(self, folder: Path, binaries: Path, account: Account, log: Path) -> None:
        self.folder, self.binaries, self.account, self.log = folder, binaries, account, log

    def create(self, *, superuser: str, database: str, options: Mapping[str, str]) -> None:
        """Make the cluster and its database where there is none: whole or not at all.

        Raises:
            ServerFailed: initdb refused; its words are in the error.
        """
        if (self.folder / "PG_VERSION").exists():
            return
        fresh = self.folder.with_name("postgres.new")
        if fresh.exists():
            shutil.rmtree(fresh)
        fresh.mkdir(mode=0o700)
        if self.account.is_lent:
            os.chown(fresh, self.account.uid, self.account.gid)
        self._run(
            "initdb",
            f"--pgdata={fresh}",
            f"--username={superuser}",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--no-instructions",
            *(["--no-sync"] if options.get("fsync") == "off" else []),
        )
        make = f"CREATE DATABASE {database};\n"  # by a server that listens to nobody but us
        self._run("postgres", "--single", "-D", str(fresh), "postgres", said=make)
        fresh.rename(self.folder)

    def start(self, settings: Mapping[str, str], *, timeout_seconds: float) -> int:
        """Start the server and wait until it answers; its process id.

        Raises:
            ServerFailed: it ended, or was not ready in time; the end of its log is in the error.
        """
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with self._open_log() as log:
            process = subprocess.Popen(  # noqa: S603  # the wheel's own program, no shell
                [self.binaries / "postgres", "-D", self.folder, *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=_environment(),
                start_new_session=True,  # a Ctrl-C in the terminal is for us, not for it
                **self.account.process_options(),
            )
        self.wait_ready(psutil.Process(process.pid), timeout_seconds=timeout_seconds)
        process.returncode = 0  # it is not ours to wait for: `stop` knows it by its id
        return process.pid

    def wait_ready(self, process: psutil.Process, *, timeout_seconds: float) -> None:
        """Return once the server says it is ready.

        Raises:
            ServerFailed: it ended, or was not ready in time.
        """
        deadline = time.monotonic() + timeout_seconds
        while time.monotonic() < deadline:
            if not _is_alive(process):
                raise ServerFailed(step="its start", log=self.log, said=self._last_words())
            if says_ready(self.folder, process.pid):
                return
            time.sleep(POLL_SECONDS)
        said = f"not ready after {timeout_seconds:g} s; {self._last_words()}"
        raise ServerFailed(step="its start", log=self.log, said=said)

    def stop(self, *, timeout_seconds: float) -> None:
        """Ask the server to stop, at once for its clients, and wait until it has.

        Raises:
            ServerFailed: it still runs when the time is up.
        """
        pid = postmaster_pid(self.folder)
        if pid is None or not is_ours(pid, self.folder):
            return
        process = psutil.Process(pid)
        process.send_signal(signal.SIGINT)
        deadline = time.monotonic() + timeout_seconds
        while _is_alive(process):
            _reap(pid)
            if time.monotonic() > deadline:
                said = f"process {pid} still runs after {timeout_seconds:g} s"
                raise ServerFailed(step="its stop", log=self.log, said=said)
            time.sleep(POLL_SECONDS)
        _reap(pid)

    def _run(self, program: str, *arguments: str, said: str = "") -> None:
        try:
            done = subprocess.run(  # noqa: S603  # the wheel's own programs, no shell
                [self.binaries / program, *arguments],
                input=said,
                capture_output=True,
                text=True,
                cwd="/",
                env=_environment(),
                check=False,
                timeout=PROGRAM_TIMEOUT_SECONDS,
                **self.account.process_options(),
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise ServerFailed(step=program, log=None, said=str(error)) from error
        if done.returncode:
            raise ServerFailed(step=program, log=None, said=done.stderr or done.stdout)

    def _open_log(self) -> BinaryIO:
        """The log, which its owner alone can read: an error may quote what somebody entered."""
        descriptor = os.open(self.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        if os.fstat(descriptor).st_uid == os.geteuid():
            os.fchmod(descriptor, 0o600)  # one of an earlier release was open to all
        return os.fdopen(descriptor, "ab")

    def _last_words(self) -> str:
        if not self.log.exists():
            return "it left no log"
        return self.log.read_bytes()[-LOG_BYTES_SHOWN:].decode(errors="replace")


def has_data(data: Path) -> bool:
    """Whether something of a cluster, whole or damaged, lies in the data folder; True also where
    one may not look."""
    try:
        return any((data.expanduser() / "postgres").iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True


def check_major(folder: Path, major: str) -> None:
    """Return where `folder` holds nothing yet, or a cluster of this major version.

    Raises:
        DataOfOtherMajor, DataDamaged: nothing was touched.
    """
    if not has_data(folder.parent):
        return
    try:
        found = (folder / "PG_VERSION").read_text(errors="replace").strip()
    except FileNotFoundError:
        raise DataDamaged(folder=folder, why="its PG_VERSION is missing") from None
    if not found.replace(".", "").isdigit():
        raise DataDamaged(folder=folder, why="its PG_VERSION names no version")
    if found != major:
        raise DataOfOtherMajor(data=folder.parent, found=found, needed=major)


def postmaster_pid(folder: Path) -> int | None:
    """The process id that the cluster's own note names; None without a readable note."""
    try:
        return int((folder / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None


def is_ours(pid: int, folder: Path) -> bool:
    """Whether process `pid` is a live server working in `folder`, not a stranger with its id."""
    try:
        process = psutil.Process(pid)
        return _is_alive(process) and Path(process.cwd()) == folder
    except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
        return False


def says_ready(folder: Path, pid: int) -> bool:
    """Whether the cluster's note says that process `pid` takes connections."""
    try:
        lines = (folder / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return False
    return len(lines) >= 8 and lines[0].strip() == str(pid) and lines[7].strip() == "ready"


def leftovers(folder: Path) -> Sequence[psutil.Process]:
    """Live processes that work in `folder`: after a kill of the server, those it leaves behind
    end by themselves within moments."""
    found = []
    for process in psutil.process_iter(["name"]):
        name = process.info["name"] or ""
        if name.startswith("postgres") and is_ours(process.pid, folder):
            found.append(process)
    return found


def _is_alive(process: psutil.Process) -> bool:
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _reap(pid: int) -> None:
    """Take the server's exit where it is our child: nobody else would."""
    try:
        os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return


def _environment() -> dict[str, str]:
    """Ours, without what would tell PostgreSQL's programs about another server."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")}
