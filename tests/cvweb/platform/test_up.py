"""`cvweb up`: one command that serves, stops cleanly, and survives every kind of end."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil
import psycopg
import pytest

START_SECONDS_MAX = 120
OURS = ("CVWEB_", "DATABASE_URL", "QUEUE_URL")


@dataclass
class Running:
    """A `cvweb up` that serves; `said` is what it printed until it did."""

    process: subprocess.Popen[str]
    port: int
    said: str

    def key(self) -> str:
        found = re.search(r"cvk_\S+", self.said)
        assert found is not None, self.said
        return found.group()

    def get(self, path: str, key: str | None = None) -> httpx.Response:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        return httpx.get(f"http://127.0.0.1:{self.port}{path}", headers=headers, timeout=20)

    def end(self, number: int) -> int:
        self.process.send_signal(number)
        return self.process.wait(60)


@dataclass
class Installation:
    """Everything below one folder, driven by the command line as a person would."""

    data: Path
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "cvweb", *arguments, "--data", str(self.data)],
            capture_output=True,
            text=True,
            check=False,
            timeout=START_SECONDS_MAX,
            env=clean_environment() | environment,
        )

    def up(self) -> Running:
        port = free_port()
        process = subprocess.Popen(
            [sys.executable, "-m", "cvweb", "up", "--data", str(self.data), "--port", str(port)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=clean_environment(),
        )
        self.started.append(process)
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            said.append(line)
            if "serves http" in line:
                return Running(process, port, "".join(said))
        raise AssertionError("".join(said))

    def processes(self) -> list[psutil.Process]:
        """What runs on behalf of this folder: parts that name it, servers that work in it."""
        found = []
        for process in psutil.process_iter():
            try:
                named = process.environ().get("CVWEB_DATA") == str(self.data)
                if named or process.cwd().startswith(str(self.data)):
                    found.append(process)
            except (psutil.Error, OSError):
                continue
        return [process for process in found if process.status() != psutil.STATUS_ZOMBIE]


def is_ready(served: Running) -> bool:
    try:
        return served.get("/health/ready").status_code == httpx.codes.OK
    except httpx.TimeoutException:  # it waits for a connection longer than we do
        return False


def clean_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(OURS)}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def installation(place: Path) -> Iterator[Installation]:
    found = Installation(place / "my data")
    yield found
    for process in found.started:
        if process.poll() is None:
            process.terminate()
            process.wait(60)
        if process.stdout is not None:
            process.stdout.close()
    for left in found.processes():
        left.kill()


@pytest.mark.journey
def test_it_serves_stops_and_starts_again_with_everything_kept(
    installation: Installation, place: Path
) -> None:
    first = installation.up()
    key = first.key()
    assert first.get("/health/live").status_code == 200
    assert first.get("/api/v1/me", key).json()["email"] == "demo@localhost"
    credits = first.get("/api/v1/credits", key).json()

    second = installation.run("up", "--port", str(free_port()))
    assert second.returncode == 1
    assert "already runs" in second.stderr

    verified = installation.run("verify")
    assert (verified.returncode, "all agree" in verified.stdout) == (0, True), verified.stderr
    assert installation.run("backup", str(place / "all.zip")).returncode == 0
    assert first.end(signal.SIGTERM) == 0
    assert installation.processes() == []

    again = installation.up()
    assert "demo" not in again.said
    assert again.get("/api/v1/credits", key).json() == credits
    assert again.end(signal.SIGINT) == 0
    assert installation.processes() == []

    other = Installation(place / "other")
    restored = other.run("restore", str(place / "all.zip"))
    assert restored.returncode == 0, restored.stderr
    assert other.run("verify").stdout == verified.stdout
    refused = other.run("restore", str(place / "all.zip"))
    assert (refused.returncode, "has data already" in refused.stderr) == (1, True)


@pytest.mark.journey
def test_killed_it_leaves_nobody_serving_and_starts_again(installation: Installation) -> None:
    first = installation.up()
    key = first.key()
    parts = [p for p in psutil.Process(first.process.pid).children() if "cvweb" in p.cmdline()]
    assert len(parts) == 2
    assert first.end(signal.SIGKILL) == -signal.SIGKILL
    gone, alive = psutil.wait_procs(parts, timeout=30)
    assert (len(gone), alive) == (2, [])
    again = installation.up()
    assert again.get("/api/v1/me", key).status_code == 200


@pytest.mark.journey
def test_a_database_that_dies_is_started_again(installation: Installation) -> None:
    served = installation.up()
    key, stdout = served.key(), served.process.stdout
    assert stdout is not None
    note = installation.data / "postgres" / "postmaster.pid"
    os.kill(int(note.read_text().split("\n", 1)[0]), signal.SIGKILL)
    assert any("PostgreSQL ended; starting it again" in line for line in stdout)
    rest = threading.Thread(target=stdout.read, daemon=True)
    rest.start()  # a full pipe would stop those who write to it
    deadline = time.monotonic() + START_SECONDS_MAX
    while not is_ready(served):
        assert time.monotonic() < deadline
    assert served.get("/api/v1/me", key).status_code == 200
    assert served.end(signal.SIGTERM) == 0
    assert installation.processes() == []
    rest.join(20)


def test_a_database_is_migrated_and_left_running_where_asked(installation: Installation) -> None:
    kept = installation.run("migrate", "--print-url", "--keep")
    assert kept.returncode == 0, kept.stderr
    said, url = kept.stdout.splitlines()
    assert said == "2 migrations applied"
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT count(*) FROM users").fetchone() == (0,)
    assert installation.run("migrate").stdout == "the schema is up to date\n"
    served = subprocess.Popen(
        [sys.executable, "-m", "cvweb", "web", "--data", str(installation.data), "--port", "0"],
        env=clean_environment(),
    )
    made = installation.run("admin", "create", "ada@example.org")
    assert "password (shown once)" in made.stdout
    again = installation.run("admin", "create", "ADA@example.org")
    assert "stays as it was" in again.stdout
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT role FROM users").fetchone() == ("admin",)
    served.terminate()
    assert served.wait(30) == 0


def test_data_of_another_postgres_is_refused_with_what_to_do(installation: Installation) -> None:
    (installation.data / "postgres").mkdir(parents=True)
    (installation.data / "postgres" / "PG_VERSION").write_text("16\n")
    refused = installation.run("up", "--port", str(free_port()))
    assert refused.returncode == 1
    assert "PostgreSQL 16" in refused.stderr
    assert "cvweb backup" in refused.stderr


def test_a_port_that_is_taken_is_said_before_anything_is_started(
    installation: Installation,
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        refused = installation.run("up", "--port", str(taken.getsockname()[1]))
    assert (refused.returncode, "--port" in refused.stderr) == (1, True)
    assert not installation.data.exists()


@pytest.mark.parametrize("command", ["verify", "backup"])
def test_a_folder_without_an_installation_is_refused_and_not_made(
    command: str, installation: Installation, place: Path
) -> None:
    file = [str(place / "all.zip")] if command == "backup" else []
    refused = installation.run(command, *file)
    assert (refused.returncode, "no installation" in refused.stderr) == (1, True)
    assert list(place.iterdir()) == []


def test_a_file_that_cannot_be_restored_makes_no_installation(
    installation: Installation, place: Path
) -> None:
    missing = installation.run("restore", str(place / "all.zip"))
    assert (missing.returncode, "No such file" in missing.stderr) == (1, True)
    (place / "all.zip").write_text("no archive")
    damaged = installation.run("restore", str(place / "all.zip"))
    assert (damaged.returncode, "damaged" in damaged.stderr) == (1, True)
    assert not installation.data.exists()


def test_a_database_that_nobody_answers_for_is_said(
    installation: Installation, place: Path
) -> None:
    nobody = {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/x", "CVWEB_SECRET": "secret" * 8}
    refused = installation.run("backup", str(place / "all.zip"), **nobody)
    assert (refused.returncode, "does not answer" in refused.stderr) == (1, True)
    elsewhere = str(place / "missing" / "all.zip")
    refused = installation.run("backup", elsewhere, **nobody)
    assert (refused.returncode, "folder that exists" in refused.stderr) == (1, True)


def test_settings_that_cannot_be_are_all_named(installation: Installation) -> None:
    refused = installation.run(
        "config", CVWEB_UPLOAD_BYTES_MAX="ten", DATABASE_URL="mysql://x", CVWEB_SECRET="short"
    )
    assert refused.returncode == 1
    for name in ("CVWEB_UPLOAD_BYTES_MAX", "DATABASE_URL", "CVWEB_SECRET"):
        assert name in refused.stderr


@pytest.mark.parametrize("part", ["web", "worker"])
def test_a_part_alone_says_that_it_needs_a_database(part: str, installation: Installation) -> None:
    refused = installation.run(part)
    assert (refused.returncode, "cvweb up" in refused.stderr) == (1, True)
    assert not installation.data.exists()


def test_config_shows_every_setting_and_no_secret(installation: Installation) -> None:
    shown = installation.run(
        "config",
        DATABASE_URL="postgresql://me:hidden@db/cv",
        CVWEB_SECRET="hidden" * 8,
        OPENAI_API_KEY="hidden",
    )
    assert shown.returncode == 0
    assert "hidden" not in shown.stdout
    assert "CVWEB_TASK_LEASE_SECONDS=30" in shown.stdout


def test_the_http_interface_is_described_without_a_database(installation: Installation) -> None:
    said = installation.run("openapi")
    assert said.returncode == 0, said.stderr
    assert '"/api/v1/cvs"' in said.stdout
    assert not installation.data.exists()
