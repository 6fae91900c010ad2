"""What people click through: every room's pages, what they are handed, and the page of an error."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from typing import Any

from litestar import Request, Response, Router
from litestar.di import Provide
from litestar.static_files import create_static_files_router
from litestar.types import ControllerRouterHandler

from cvweb.features.accounts.pages.routes import ROUTES as ACCOUNTS
from cvweb.features.credits.pages.routes import ROUTES as CREDITS
from cvweb.features.cvs.pages.routes import ROUTES as CVS
from cvweb.features.exports.pages.routes import ROUTES as EXPORTS
from cvweb.features.offers.pages.routes import ROUTES as OFFERS
from cvweb.features.scores.pages.routes import ROUTES as SCORES
from cvweb.features.tailoring.pages.routes import ROUTES as TAILORING
from cvweb.features.tasks.pages.routes import ROUTES as TASKS
from cvweb.http.frames import LANGUAGE_COOKIE, find_form, find_frame, go
from cvweb.http.render import Frame, draw
from cvweb.http.texts import catalogue, failure, language_of, translate
from cvweb.problems import Problem

ROUTES: tuple[ControllerRouterHandler, ...] = (
    *ACCOUNTS,
    *CVS,
    *OFFERS,
    *SCORES,
    *TAILORING,
    *EXPORTS,
    *TASKS,
    *CREDITS,
)

PAGES: tuple[ControllerRouterHandler, ...] = (
    Router("/", route_handlers=ROUTES, include_in_schema=False),
    create_static_files_router(
        path="/static", directories=[str(resources.files("cvweb") / "static")]
    ),
)
"""Every page, and the stylesheet, script and icon they share."""

PAGE_DEPENDENCIES: Mapping[str, Provide] = {
    "frame": Provide(find_frame),
    "form": Provide(find_form),
}
"""What pages are handed beyond what every route is."""


def error_page(request: Request[Any, Any, Any], problem: Problem) -> Response[Any]:
    """A problem for a person; whoever has to sign in first is sent there, and back afterwards."""
    path = request.url.path
    if problem.status == 401 and request.method == "GET":
        return go("/sign-in", next=path)
    language = language_of(
        request.cookies.get(LANGUAGE_COOKIE), request.headers.get("accept-language")
    )
    response = draw(
        "problem.html",
        Frame(language=language, path="/"),
        status_code=problem.status,
        status=problem.status,
        has_title=f"problem.s{problem.status}" in catalogue(),
        title=problem.title,
        detail=failure(translate(language), problem.code, problem.detail),
        problems=_sentences(problem.fields.get("problems", ())),
    )
    for name, value in problem.headers.items():
        response.headers[name] = value
    return response


def _sentences(problems: Any) -> list[str]:
    found = problems if isinstance(problems, list | tuple) else ()
    return [f"{one.field}: {one.message}" for one in found if hasattr(one, "message")]
