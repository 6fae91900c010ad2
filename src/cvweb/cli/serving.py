"""The commands that serve and look after an installation."""

from __future__ import annotations

import argparse
import asyncio
import logging
import signal
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cvweb.cli.installation import any_server, attached, own_server, settings_of

if TYPE_CHECKING:
    from cvweb.settings import Settings

Commands = Any  # argparse keeps the type of its subparsers to itself
HOST = "127.0.0.1"
PORT = 8000
PORT_MAX = 65_535
WORKERS_MAX = 64
DONE, REFUSED = 0, 1


def register(commands: Commands) -> None:
    """Add `up`, `web`, `worker`, `migrate`, `verify`, `backup`, `restore`, `admin`, `config` and
    `openapi`."""
    up = _add(commands, "up", run_up, "serve everything: database, web pages, API and worker")
    _add_address(up, port_min=1)
    up.add_argument(
        "--workers",
        type=_number_within(1, WORKERS_MAX),
        default=1,
        metavar="N",
        help=f"worker processes (1 to {WORKERS_MAX}, default: 1)",
    )
    web = _add(commands, "web", run_web, "serve web pages and the API alone")
    _add_address(web, port_min=0)  # 0: any that is free
    worker = _add(commands, "worker", run_worker, "carry out tasks alone")
    for part in (web, worker):
        part.add_argument("--with-parent", action="store_true", help=argparse.SUPPRESS)
    migrate = _add(commands, "migrate", run_migrate, "bring the database to this release's schema")
    migrate.add_argument("--print-url", action="store_true", help="print its address, last")
    migrate.add_argument("--keep", action="store_true", help="leave the embedded server running")
    _add(commands, "verify", run_verify, "fold every ledger and check that money and work agree")
    for name, run, help in (
        ("backup", run_backup, "write everything to a file"),
        ("restore", run_restore, "put a backup into an empty installation"),
    ):
        _add(commands, name, run, help).add_argument("file", metavar="FILE", type=Path)
    admin = _add(commands, "admin", run_admin, "make an administrator")
    admin.add_argument("action", choices=("create",))
    admin.add_argument("email", metavar="EMAIL")
    _add(commands, "config", run_config, "print every setting in force, secrets masked")
    _add(commands, "openapi", run_openapi, "print the description of the HTTP interface")


def _add(commands: Commands, name: str, run: Any, help: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=help)
    parser.add_argument("--data", metavar="DIR", help="folder of the embedded database")
    parser.set_defaults(run=run)
    return parser


def _add_address(parser: argparse.ArgumentParser, *, port_min: int) -> None:
    parser.add_argument("--host", default=HOST, help=f"address to listen on (default: {HOST})")
    port = _number_within(port_min, PORT_MAX)
    parser.add_argument("--port", type=port, default=PORT, help=f"port (default: {PORT})")


def _number_within(lowest: int, highest: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        try:
            found = int(text)
        except ValueError:
            found = lowest - 1
        if not lowest <= found <= highest:
            said = f"{text!r} is no whole number from {lowest} to {highest}"
            raise argparse.ArgumentTypeError(said)
        return found

    return number


def run_up(given: argparse.Namespace) -> int:
    """Serve everything until Ctrl-C or SIGTERM."""
    from cvweb.cli.up import up

    settings = settings_of(given.data)
    return up(settings, host=given.host, port=given.port, workers=given.workers)


def run_web(given: argparse.Namespace) -> int:
    """Serve web pages and the API until Ctrl-C or SIGTERM."""
    from cvweb.cli.processes import follow_parent, serve_web

    if given.with_parent:
        follow_parent()
    return serve_web(_running_settings(given), host=given.host, port=given.port)


def run_worker(given: argparse.Namespace) -> int:
    """Carry out tasks until Ctrl-C or SIGTERM."""
    from cvweb.cli.processes import follow_parent
    from cvweb.worker import work

    if given.with_parent:
        follow_parent()
    _log()
    settings = _running_settings(given)

    async def until_told() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
        await work(settings, stop)

    asyncio.run(until_told())
    return DONE


def run_migrate(given: argparse.Namespace) -> int:
    """Migrate; what was done is said, the address last where asked for."""
    settings = settings_of(given.data)
    if given.keep:
        return _migrate_and_keep(settings, print_url=given.print_url)
    with any_server(settings) as found:
        _say_migrated(_run(prepare(found)))
        if given.print_url:
            print(found.database_url)
    return DONE


def _migrate_and_keep(settings: Settings, *, print_url: bool) -> int:
    with own_server(settings) as (found, server):
        _say_migrated(_run(prepare(found)))
        if server is not None:
            server.leave_running()
        if print_url:
            print(found.database_url)
    return DONE


async def prepare(settings: Settings) -> list[str]:
    """Migrate the database, put the catalogue where there is none, and make what the queue needs;
    the migrations applied."""
    import asyncpg

    from cvweb.adapters.postgres import keep_catalogue, migrate

    url = settings.database_url or ""
    applied = await migrate(url)
    connection = await asyncpg.connect(url)
    try:
        has_queue = await connection.fetchval("SELECT to_regclass('saq_versions') IS NOT NULL")
        has_plans = await connection.fetchval("SELECT EXISTS (SELECT FROM subscription_plan)")
    finally:
        await connection.close()
    if not has_plans:
        await keep_catalogue(url)
    if not has_queue and not settings.queue_url:
        from cvweb.adapters.saq import prepare_queue

        await prepare_queue(url)
    return applied


def run_verify(given: argparse.Namespace) -> int:
    """Fold and check; 1 where something does not agree."""
    from cvweb.adapters.postgres import Database, audit

    async def look(url: str) -> int:
        async with Database(url) as database:
            report = await audit(database)
        for finding in report.findings:
            print(f"DIFFERENCE {finding.owner}: {finding.what}")
        print(
            f"{report.owners} accounts, {report.entries} entries, {report.tasks} tasks: "
            + (f"{len(report.findings)} differences" if report.findings else "all agree")
        )
        return REFUSED if report.findings else DONE

    with any_server(settings_of(given.data), needs_data=True) as settings:
        _run(prepare(settings))
        code: int = _run(look(settings.database_url or ""))
    return code


def run_backup(given: argparse.Namespace) -> int:
    """Write everything to a file."""
    from cvweb.adapters.postgres import back_up

    with any_server(settings_of(given.data), needs_data=True) as settings:
        manifest = _run(back_up(settings.database_url or "", given.file))
    rows = sum(table.rows for table in manifest.tables.values())
    print(f"{given.file}: {rows} rows of {len(manifest.tables)} tables")
    return DONE


def run_restore(given: argparse.Namespace) -> int:
    """Put a backup into an empty installation."""
    from cvweb.adapters.postgres import manifest_of, restore

    manifest_of(given.file)  # before a server is made for what cannot be restored
    with any_server(settings_of(given.data)) as settings:
        manifest = _run(restore(settings.database_url or "", given.file))
        _run(prepare(settings))
    rows = sum(table.rows for table in manifest.tables.values())
    print(f"{rows} rows of {len(manifest.tables)} tables are back, as of {manifest.made_at}")
    return DONE


def run_admin(given: argparse.Namespace) -> int:
    """Make an administrator: a new account, or the one that has the address."""
    from cvweb.cli.people import make_admin

    with any_server(settings_of(given.data)) as settings:
        _run(prepare(settings))
        password = _run(make_admin(settings, given.email))
    if password is None:
        print(f"{given.email} is an administrator now; the password stays as it was")
    else:
        print(f"administrator {given.email}, password (shown once): {password}")
    return DONE


def run_config(given: argparse.Namespace) -> int:
    """Print every setting in force."""
    for name, value in settings_of(given.data).shown().items():
        print(f"{name}={'' if value is None or value == () else value}")
    return DONE


def run_openapi(given: argparse.Namespace) -> int:
    """Print the OpenAPI document; it needs no database."""
    from cvweb.cli.processes import openapi_document

    print(openapi_document(settings_of(given.data)))
    return DONE


def _running_settings(given: argparse.Namespace) -> Settings:
    """Settings with a database that somebody runs: one part alone brings none.

    Raises:
        NoDatabase: none is set, and no embedded one runs.
    """
    found = attached(settings_of(given.data))
    if found is None:
        from cvweb.wiring.opening import NoDatabase

        raise NoDatabase
    return found


def _say_migrated(applied: list[str]) -> None:
    print(f"{len(applied)} migrations applied" if applied else "the schema is up to date")


def _run(work: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(work)


def _log() -> None:
    form = "%(asctime)s %(levelname)s %(name)s %(message)s"
    logging.basicConfig(level=logging.WARNING, format=form)
    logging.getLogger("cvweb").setLevel(logging.INFO)
    logging.getLogger("saq").setLevel(logging.ERROR)  # what it warns of, we provide for
