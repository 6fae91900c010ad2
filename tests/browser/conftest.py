"""A real installation (`cvweb up`) and a real Chromium to click through it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

START_SECONDS_MAX = 60
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def installation(open_folder: Path) -> Iterator[str]:
    """The address of an installation of its own, stopped at the end."""
    folder = open_folder / f"cvweb-browser-{os.getpid()}"
    folder.mkdir(mode=0o755)
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "cvweb",
        "up",
        "--port",
        str(port),
        "--data",
        str(folder / "d"),
    ]
    environment = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "QUEUE_URL"}}
    log = (folder / "log").open("w+b")
    running = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
    try:
        wait_until_ready(f"http://127.0.0.1:{port}", running, folder / "log")
        yield f"http://127.0.0.1:{port}"
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(timeout=30)
        log.close()
        shutil.rmtree(folder, ignore_errors=True)


def wait_until_ready(address: str, running: subprocess.Popen[bytes], log: Path) -> None:
    """Return once the installation answers; what it printed is the error where it ends before."""
    transport = httpx.HTTPTransport(retries=START_SECONDS_MAX)
    with httpx.Client(transport=transport, timeout=START_SECONDS_MAX, trust_env=False) as client:
        while running.poll() is None:
            try:
                if client.get(f"{address}/health/ready").status_code == 200:
                    return
            except httpx.TransportError:
                continue
    pytest.fail(f"cvweb up ended: {log.read_text(errors='replace')[-2000:]}")


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The Chromium on PATH, or the one CHROMIUM names."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        pytest.fail("no Chromium found; install Debian's chromium or set CHROMIUM to its path")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


class Visitor:
    """Somebody at a browser, who notes what the console complains of."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda one: self._note(one.type, one.text))
        page.set_default_timeout(20_000)

    def _note(self, kind: str, text: str) -> None:
        if kind == "error" and not re.search(r"status of 4\d\d", text):
            self.complaints.append(text)

    def open(self, path: str) -> None:
        """Go to a page of the installation."""
        self.page.goto(self.address + path)

    def press(self, name: str | re.Pattern[str]) -> None:
        """Press the first button of this name."""
        self.page.get_by_role("button", name=name).first.click()

    def sign_up(self, email: str) -> None:
        """Open an account by the form."""
        self.open("/sign-up")
        self.page.get_by_label("E-mail").fill(email)
        self.page.get_by_label(re.compile("Password|Mot de passe")).fill(
            "correct horse battery staple"
        )
        self.page.locator("main button").first.click()
        self.page.wait_for_url("**/cvs")

    def check_page(self) -> None:
        """What holds for every page: one heading, nothing wider than the window, no complaint."""
        assert self.page.locator("h1").count() == 1, self.page.url
        wider = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wider <= 0, f"{self.page.url} is {wider} px wider than the window"
        assert self.complaints == []


@pytest.fixture(params=["desktop-light", "phone-dark"])
def visitor(
    request: pytest.FixtureRequest, chromium: Browser, installation: str
) -> Iterator[Visitor]:
    """A fresh visitor, on a desktop by day and on a phone by night."""
    is_phone = request.param.startswith("phone")
    context = chromium.new_context(
        viewport={"width": 390, "height": 844} if is_phone else {"width": 1280, "height": 900},
        color_scheme="dark" if is_phone else "light",
        locale="en-GB",
    )
    yield Visitor(context.new_page(), installation)
    context.close()
