"""The embedded server: starts anywhere, one owner at a time, survives every kind of end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import psycopg
import pytest

from cvweb import embedded
from cvweb.embedded.cluster import postmaster_pid

NO_SYNC = {"fsync": "off"}


def ask(server: embedded.EmbeddedServer, query: str) -> object:
    with psycopg.connect(server.url(), autocommit=True) as connection:
        cursor = connection.execute(query.encode())
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None


def test_a_new_folder_with_a_space_in_its_path_becomes_a_server(place: Path) -> None:
    with embedded.start(place / "my data", options=NO_SYNC) as server:
        assert str(ask(server, "SHOW server_version")).startswith("18")
        assert ask(server, "SHOW timezone") == "UTC"
        assert ask(server, "SELECT upper('é')") == "É"
        assert ask(server, "SHOW listen_addresses") == ""


def test_a_path_too_long_for_a_socket_works(place: Path) -> None:
    with embedded.start(place / ("deep" * 20) / ("deeper" * 10), options=NO_SYNC) as server:
        assert ask(server, "SELECT 1") == 1


def test_what_was_written_is_there_after_stop_and_start(data: Path) -> None:
    with embedded.start(data) as server:
        ask(server, "CREATE TABLE kept AS SELECT 42 AS answer")
        pid = server.pid
    assert not psutil.pid_exists(pid)
    with embedded.start(data) as server:
        assert ask(server, "SELECT answer FROM kept") == 42


def test_a_second_start_on_the_same_data_is_refused_and_harms_nothing(data: Path) -> None:
    with embedded.start(data, options=NO_SYNC) as server:
        with pytest.raises(embedded.DataInUse) as caught:
            embedded.start(data)
        assert caught.value.pid == os.getpid()
        assert embedded.holder(data) == os.getpid()
        assert ask(server, "SELECT 1") == 1
    assert embedded.holder(data) is None


def test_a_killed_server_starts_again_with_what_was_committed(data: Path) -> None:
    server = embedded.start(data)
    ask(server, "CREATE TABLE kept AS SELECT 42 AS answer")
    os.kill(server.pid, signal.SIGKILL)  # nobody reaps it: a zombie keeps its id
    server.leave_running()
    with embedded.start(data) as again:
        assert again.pid != server.pid
        assert ask(again, "SELECT answer FROM kept") == 42


def test_an_owner_sees_its_server_end_and_begins_it_again(data: Path) -> None:
    with embedded.start(data) as server:
        ask(server, "CREATE TABLE kept AS SELECT 42 AS answer")
        first = server.pid
        assert server.is_running()
        os.kill(first, signal.SIGKILL)
        psutil.wait_procs([psutil.Process(first)], timeout=10)
        assert not server.is_running()
        server.begin()
        assert server.is_running()
        assert server.pid != first
        assert ask(server, "SELECT answer FROM kept") == 42
    assert not _is_running(server.pid)


def test_a_server_whose_owner_was_killed_is_taken_over(data: Path) -> None:
    code = (
        "import os, pathlib, sys; from cvweb import embedded;"
        "print(embedded.start(pathlib.Path(sys.argv[1])).pid, flush=True); os.kill(os.getpid(), 9)"
    )
    command = [sys.executable, "-c", code, str(data)]
    owner = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    assert owner.returncode == -signal.SIGKILL
    with embedded.start(data) as server:
        assert server.pid == int(owner.stdout)
        assert ask(server, "SELECT 1") == 1
    assert not _is_running(server.pid)


def test_a_stranger_with_the_old_process_id_does_not_prevent_a_start(data: Path) -> None:
    with embedded.start(data, options=NO_SYNC):
        note = (data / "postgres" / "postmaster.pid").read_text()
    stranger = note.replace(note.split("\n", 1)[0], str(os.getpid()), 1)
    (data / "postgres" / "postmaster.pid").write_text(stranger)
    with embedded.start(data, options=NO_SYNC) as server:
        assert ask(server, "SELECT 1") == 1


def test_data_of_another_major_is_refused_untouched(data: Path) -> None:
    with embedded.start(data, options=NO_SYNC):
        pass
    version = data / "postgres" / "PG_VERSION"
    version.write_text("16\n")
    with pytest.raises(embedded.DataOfOtherMajor, match="backup"):
        embedded.start(data)
    assert version.read_text() == "16\n"
    assert postmaster_pid(data / "postgres") is None


@pytest.mark.parametrize("version", [None, "", "eighteen"])
def test_a_cluster_without_a_version_is_said_to_be_damaged(
    version: str | None, place: Path
) -> None:
    cluster = place / "data" / "postgres"
    (cluster / "base").mkdir(parents=True)
    if version is not None:
        (cluster / "PG_VERSION").write_text(version)
    before = sorted(cluster.iterdir())
    with pytest.raises(embedded.DataDamaged, match="PG_VERSION"):
        embedded.start(place / "data")
    assert sorted(cluster.iterdir()) == before
    assert embedded.has_data(place / "data")


def test_a_half_made_cluster_is_made_anew(place: Path) -> None:
    (place / "data" / "postgres.new").mkdir(parents=True)
    (place / "data" / "postgres.new" / "PG_VERSION").write_text("18\n")
    with embedded.start(place / "data", options=NO_SYNC) as server:
        assert ask(server, "SELECT 1") == 1


def test_a_server_that_cannot_start_says_why(data: Path) -> None:
    with pytest.raises(embedded.ServerFailed, match="shared_buffers"):
        embedded.start(data, options={"shared_buffers": "nonsense"})
    with embedded.start(data, options=NO_SYNC) as server:
        assert ask(server, "SELECT 1") == 1


def _is_running(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def test_a_folder_that_cannot_be_made_is_said(place: Path) -> None:
    (place / "file").write_text("in the way")
    with pytest.raises(embedded.FolderUnusable, match="--data"):
        embedded.start(place / "file" / "data")


def test_the_log_is_closed_to_others_and_quotes_nothing(data: Path) -> None:
    log = data / "server.log"
    log.chmod(0o644)
    before = log.stat().st_size
    with embedded.start(data, options=NO_SYNC) as server:
        with (
            psycopg.connect(server.url()) as connection,
            pytest.raises(psycopg.errors.InvalidTextRepresentation),
        ):
            connection.execute("SELECT %s::json", ['{"name": "Ada Example" oops}'])
        assert log.stat().st_mode & 0o777 == 0o600
    said = log.read_text()[before:]
    assert "invalid input syntax for type json" in said
    assert "Ada Example" not in said
