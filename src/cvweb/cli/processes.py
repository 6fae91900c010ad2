"""What the parts that serve do in their own process."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from typing import TYPE_CHECKING, Any

import msgspec

from cvcore.ids import TaskId

if TYPE_CHECKING:
    from uvicorn import Config

    from cvweb.settings import Settings

CLOSE_SECONDS_MAX = 5


def follow_parent() -> None:
    """End this process as SIGTERM would once its parent is gone, however it went: the parent holds
    the other end of our standard input."""

    def watch() -> None:
        while os.read(0, 1):  # not sys.stdin: its lock would outlive the interpreter
            continue
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True, name="follow-parent").start()


def serve_web(settings: Settings, *, host: str, port: int) -> int:
    """Serve until told to stop; requests under way are answered first, for 5 s at most."""
    import uvicorn

    from cvweb.app import create_app
    from cvweb.wiring import create_services

    asked: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):  # the server raises them again once it is done
        signal.signal(number, lambda number, _frame: asked.append(number))

    async def serve() -> bool:
        async with create_services(settings) as opened:
            app = create_app(opened.services)
            server = uvicorn.Server(web_config(app, settings, host=host, port=port))
            if not asked:
                await server.serve()
            return server.started or bool(asked)

    return 0 if asyncio.run(serve()) else 1


def web_config(app: Any, settings: Settings, *, host: str, port: int) -> Config:
    """How the web server serves `app`. Who says to forward for somebody else is believed only where
    `trusted_proxies` names them; by itself uvicorn believes everybody on this machine."""
    import uvicorn

    return uvicorn.Config(
        app,
        host=host,
        port=port,
        log_level="warning",
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
        timeout_graceful_shutdown=CLOSE_SECONDS_MAX,
        lifespan="on",
    )


def openapi_document(settings: Settings) -> str:
    """The OpenAPI document as JSON, made over stores in memory."""
    from cvweb.adapters.memory import WebUnits
    from cvweb.app import create_app
    from cvweb.http.schema import published
    from cvweb.wiring import services_over

    units = WebUnits()
    services = services_over(
        units.begin,
        settings=msgspec.structs.replace(settings, secret=settings.secret or "-" * 32),
        dispatch=_nobody,
        events=units.bells,
    )
    document = published(create_app(services).openapi_schema.to_schema())
    return msgspec.json.format(msgspec.json.encode(document)).decode()


async def _nobody(task: TaskId) -> None:
    """Tells nobody of `task`."""
    del task
