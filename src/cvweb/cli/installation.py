"""Which database a command works on: the one of DATABASE_URL, or the embedded one."""

from __future__ import annotations

import contextlib
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from cvcore.errors import Refusal, Unavailable
from cvweb.settings import Settings, settings_from

if TYPE_CHECKING:
    from cvweb.embedded import EmbeddedServer

SECRET_FILE = "secret"  # noqa: S105  # a file's name
SECRET_BYTES = 48


class NoEmbedded(Unavailable):
    """This system cannot run the embedded server."""

    code = "no_embedded"

    def __init__(self) -> None:
        super().__init__(
            "the embedded PostgreSQL needs Linux or macOS; set DATABASE_URL to a PostgreSQL server"
        )


class NoData(Refusal):
    """The folder holds no installation, and the command needs one."""

    code = "no_data"

    def __init__(self, *, data: Path) -> None:
        super().__init__(
            f"there is no installation in {str(data)!r}, and none was made; name its folder with "
            "--data, or its database with DATABASE_URL"
        )
        self.data = str(data)


def settings_of(data: str | None) -> Settings:
    """The settings of the environment, with the folder the command line names."""
    settings = settings_from()
    for sentence in settings.without_effect():
        print(sentence, file=sys.stderr)
    return msgspec.structs.replace(settings, data=Path(data).expanduser()) if data else settings


@contextmanager
def own_server(settings: Settings) -> Iterator[tuple[Settings, EmbeddedServer | None]]:
    """The settings with a database in them: the one that is set, or the embedded one, started here
    and stopped on leaving. With the embedded one the secret is kept in its folder.

    Raises:
        DataInUse: another process runs the embedded one.
    """
    if settings.database_url:
        yield settings, None
        return
    if os.name == "nt":
        raise NoEmbedded
    from cvweb import embedded

    with embedded.start(settings.data) as server:
        yield _with_url(settings, server.url()), server


def attached(settings: Settings) -> Settings | None:
    """The settings with a database that runs already in them, or None where none does."""
    if settings.database_url:
        return settings
    if os.name == "nt":
        raise NoEmbedded
    from cvweb import embedded

    url = embedded.attach(settings.data)
    return None if url is None else _with_url(settings, url)


@contextmanager
def any_server(settings: Settings, *, needs_data: bool = False) -> Iterator[Settings]:
    """As `own_server`, but an embedded server that runs already is used and left running.

    Raises:
        NoData: `needs_data`, and there is none; no folder was made.
    """
    running = attached(settings)
    if running is not None:
        yield running
        return
    from cvweb import embedded

    if needs_data and not embedded.has_data(settings.data):
        raise NoData(data=settings.data)
    with own_server(settings) as (found, _server):
        yield found


def _with_url(settings: Settings, url: str) -> Settings:
    secret = settings.secret or _kept_secret(settings.data.expanduser() / SECRET_FILE)
    return msgspec.structs.replace(settings, database_url=url, secret=secret)


def _kept_secret(file: Path) -> str:
    """The secret of this folder, made the first time; only its owner can read the file."""
    with contextlib.suppress(FileExistsError):
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as fresh:
            fresh.write(secrets.token_urlsafe(SECRET_BYTES))
    return file.read_text().strip()
