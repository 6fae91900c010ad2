"""Why the embedded database server does not start, and what to do about it."""

from __future__ import annotations

from pathlib import Path

from cvcore.errors import Unavailable


class EmbeddedUnavailable(Unavailable):
    """The embedded database server cannot run here or now."""

    code = "embedded_unavailable"


class DataInUse(EmbeddedUnavailable):
    """Another process runs on this data folder."""

    code = "data_in_use"

    def __init__(self, *, data: Path, pid: int | None) -> None:
        who = f"process {pid}" if pid else "another process"
        super().__init__(
            f"{who} already runs on the data in {str(data)!r}; nothing was touched. Use the one "
            "that runs, stop it first, or choose another folder with --data"
        )
        self.data, self.pid = str(data), pid


class DataOfOtherMajor(EmbeddedUnavailable):
    """The data was written by another major version of PostgreSQL."""

    code = "data_of_other_major"

    def __init__(self, *, data: Path, found: str, needed: str) -> None:
        super().__init__(
            f"the data in {str(data)!r} was written by PostgreSQL {found}, this installation "
            f"brings PostgreSQL {needed}; nothing was touched. Run `cvweb backup FILE` with the "
            f"release that wrote it, then `cvweb restore FILE` with this one on an empty folder"
        )
        self.data, self.found, self.needed = str(data), found, needed


class DataDamaged(EmbeddedUnavailable):
    """What lies in the data folder is no whole cluster."""

    code = "data_damaged"

    def __init__(self, *, folder: Path, why: str) -> None:
        super().__init__(
            f"the PostgreSQL data in {str(folder)!r} is damaged ({why}); nothing was touched. Put "
            "that folder back from a copy, or run `cvweb restore FILE` with --data on an empty one"
        )
        self.folder, self.why = str(folder), why


class FolderUnreachable(EmbeddedUnavailable):
    """A folder on the way is closed to the user the server must run as."""

    code = "folder_unreachable"

    def __init__(self, *, folder: Path, wanted: Path, user: str) -> None:
        super().__init__(
            f"PostgreSQL refuses to run as root, so it runs as user {user!r}, and {str(folder)!r} "
            f"lets that user not pass to {str(wanted)!r}; its mode is yours to decide and was not "
            "changed. Choose a folder below one that others may enter (--data /var/lib/cvweb), "
            "run cvweb as an ordinary user, or set DATABASE_URL"
        )
        self.folder, self.wanted, self.user = str(folder), str(wanted), user


class FolderUnusable(EmbeddedUnavailable):
    """The data folder cannot be made or written to."""

    code = "folder_unusable"

    def __init__(self, *, data: Path, why: str) -> None:
        super().__init__(
            f"the data folder {str(data)!r} cannot be used ({why}); choose another with --data, "
            "or set DATABASE_URL"
        )
        self.data, self.why = str(data), why


class NoServerUser(EmbeddedUnavailable):
    """Run as root, and no user could be made for the server."""

    code = "no_server_user"

    def __init__(self, *, user: str, why: str) -> None:
        super().__init__(
            f"PostgreSQL refuses to run as root and the system user {user!r} could not be made "
            f"({why}); make it (useradd --system {user}), run cvweb as an ordinary user, or set "
            "DATABASE_URL"
        )
        self.user, self.why = user, why


class ServerFailed(EmbeddedUnavailable):
    """The server's own programs refused or did not answer in time."""

    code = "server_failed"

    def __init__(self, *, step: str, log: Path | None, said: str) -> None:
        where = f" (log: {str(log)!r})" if log else ""
        super().__init__(f"the embedded PostgreSQL failed at {step}{where}: {said.strip()}")
        self.step, self.said = step, said
