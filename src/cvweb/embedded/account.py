"""Who the server runs as: PostgreSQL refuses root, so root lends it a system user.

Nothing here changes the mode of a folder that exists.
"""

from __future__ import annotations

import fcntl
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import msgspec

from cvweb.embedded.errors import FolderUnreachable, NoServerUser

SERVER_USER = "cvweb"
SHARED_FOLDER = Path("/var/lib/cvweb")
"""Where root keeps what the server's user must reach."""


class Account(msgspec.Struct, frozen=True):
    """The user a process runs as; `is_lent` where it is not the one who asks."""

    name: str
    uid: int
    gid: int
    is_lent: bool

    def process_options(self) -> dict[str, Any]:
        """What `subprocess` needs to run as this user; nothing where that is who asks."""
        if not self.is_lent:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def server_account(data: Path) -> Account:
    """Whoever the server runs as: the one who asks, or under root the owner of the data already
    there, or the system user `cvweb`, which is made where it is missing.

    Raises:
        NoServerUser: root asks, and the user can neither be found nor made.
    """
    if os.geteuid() != 0:
        return Account(str(os.geteuid()), os.geteuid(), os.getegid(), is_lent=False)
    owner = data.stat().st_uid if data.exists() else 0
    if owner:
        try:
            entry = pwd.getpwuid(owner)
        except KeyError:
            raise NoServerUser(
                user=f"uid {owner}", why="the data is theirs, no such user"
            ) from None
    else:
        entry = _system_user()
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid, is_lent=True)


def _system_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SERVER_USER)
    except KeyError:
        pass
    useradd = shutil.which("useradd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if useradd is None:
        raise NoServerUser(user=SERVER_USER, why="there is no useradd here")
    command = [useradd, "--system", "--user-group", "--no-create-home", SERVER_USER]
    made = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  # ours
    try:
        return pwd.getpwnam(SERVER_USER)  # also where another start made it meanwhile
    except KeyError:
        raise NoServerUser(user=SERVER_USER, why=made.stderr.strip()) from None


def closed_folder(path: Path, account: Account) -> Path | None:
    """The first folder from the root down to `path` that the account may not pass, or None."""
    if not account.is_lent:
        return None
    for folder in (*reversed(path.parents), path):
        if folder.exists() and folder.is_dir() and not _may_pass(folder.stat(), account):
            return folder
    return None


def _may_pass(found: os.stat_result, account: Account) -> bool:
    if found.st_uid == account.uid:
        return bool(found.st_mode & stat.S_IXUSR)
    if found.st_gid == account.gid:
        return bool(found.st_mode & stat.S_IXGRP)
    return bool(found.st_mode & stat.S_IXOTH)


def prepare_data_folder(data: Path, account: Account) -> None:
    """Make `data` a folder that the account can work in.

    A new one is closed to others. Under root an empty or former data folder that is closed is
    handed to the account, its mode kept; the folders above it are never touched.

    Raises:
        FolderUnreachable: a folder above is closed to the account.
    """
    closed = closed_folder(data.parent, account)
    if closed:
        raise FolderUnreachable(folder=closed, wanted=data, user=account.name)
    data.mkdir(mode=0o711 if account.is_lent else 0o700, parents=True, exist_ok=True)
    if closed_folder(data, account) is None:
        return
    if any(entry.name not in {"postgres", "run", "up.lock"} for entry in data.iterdir()):
        raise FolderUnreachable(folder=data, wanted=data / "postgres", user=account.name)
    os.chown(data, account.uid, account.gid)


def _is_readable(folder: Path, account: Account) -> bool:
    """False where the files were installed under a umask that closes them to others."""
    mode = (folder / "bin" / "postgres").stat().st_mode
    return not account.is_lent or bool(mode & stat.S_IXOTH and mode & stat.S_IROTH)


def reachable_binaries(folder: Path, account: Account) -> Path:
    """`folder`, or a copy of it where the account may pass: a virtual environment in root's own
    folder is closed to the server's user. The copy belongs to root and is made once per build.

    Raises:
        FolderUnreachable: the copy's place is closed to the account too.
    """
    if closed_folder(folder / "bin", account) is None and _is_readable(folder, account):
        return folder
    stamp = (folder / "bin" / "postgres").stat()
    copy = SHARED_FOLDER / f"{folder.name}-{stamp.st_size:x}-{int(stamp.st_mtime):x}"
    SHARED_FOLDER.mkdir(mode=0o755, parents=True, exist_ok=True)
    closed = closed_folder(SHARED_FOLDER, account)
    if closed:
        raise FolderUnreachable(folder=closed, wanted=copy, user=account.name)
    with (SHARED_FOLDER / "copy.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not copy.exists():
            _copy(folder, copy)
    return copy / folder.parent.name / folder.name


def _copy(folder: Path, copy: Path) -> None:
    """The programs with the libraries that lie beside their package (found by relative path)."""
    package = folder.parent
    libraries = package.with_name(f"{package.name}.libs")
    fresh = Path(tempfile.mkdtemp(dir=copy.parent, prefix=".copy-"))
    shutil.copytree(folder, fresh / package.name / folder.name, symlinks=True)
    if libraries.exists():
        shutil.copytree(libraries, fresh / libraries.name, symlinks=True)
    for path in (fresh, *fresh.rglob("*")):
        if not path.is_symlink():
            is_open = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
            path.chmod(0o755 if is_open else 0o644)
    fresh.rename(copy)
