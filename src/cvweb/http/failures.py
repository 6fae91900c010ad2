"""From an exception to an answer: problem+json, or a page where a browser asks for one."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from typing import Any

from litestar import Request, Response
from litestar.exceptions import HTTPException, MethodNotAllowedException, NotFoundException
from litestar.routes import HTTPRoute
from litestar.types import ExceptionHandlersMap

from cvcore.errors import CvcoreError
from cvweb.http.bodies import problems_of
from cvweb.http.errors import FieldProblem, InvalidRequest
from cvweb.problems import (
    PROBLEM_JSON,
    Problem,
    internal_problem,
    plain_problem,
    problem_of,
)

AnyRequest = Request[Any, Any, Any]
ErrorPage = Callable[[AnyRequest, Problem], Response[Any]]
"""Draws a problem for a person; the pages put one at `app.state["error_page"]`."""

ERROR_PAGE = "error_page"
API_PREFIX = "/api/"

_MISSING = re.compile(r"Missing required (?P<where>\w+) parameter '(?P<name>[^']+)'")
_log = logging.getLogger("cvweb.http")


def answer(request: AnyRequest, problem: Problem) -> Response[Any]:
    """The problem as an answer: a page for a browser that asks for one outside the API."""
    page = request.app.state.get(ERROR_PAGE)
    accepted = request.headers.get("accept", "")
    if page is not None and "text/html" in accepted and not _is_api(request):
        drawn: Response[Any] = page(request, problem)
        return drawn
    return problem_response(problem)


def problem_response(problem: Problem) -> Response[bytes]:
    """The problem as `application/problem+json`."""
    return Response(
        problem.encoded(),
        status_code=problem.status,
        media_type=PROBLEM_JSON,
        headers=dict(problem.headers),
    )


def on_domain_error(request: AnyRequest, error: CvcoreError) -> Response[Any]:
    """A refusal, a conflict, something not found: by the one map of `problems`."""
    problem = problem_of(error)
    if problem.status >= 500:
        _log.error("%s %s: %s", request.method, request.url.path, error, exc_info=error)
    return answer(request, problem)


def on_http_error(request: AnyRequest, error: HTTPException) -> Response[Any]:
    """What the framework refuses: no such route or method, a body or query that does not fit."""
    if isinstance(error, NotFoundException):
        detail = f"nothing is at {request.url.path}; GET /schema/openapi.json lists what there is"
        return answer(request, plain_problem(404, "no_such_route", detail))
    if isinstance(error, MethodNotAllowedException):
        return answer(request, _method_problem(request))
    if error.status_code == 400:
        return answer(request, problem_of(InvalidRequest(_field_problems(request, error))))
    if error.status_code >= 500:
        return on_any_error(request, error)
    return answer(request, plain_problem(error.status_code, "refused", error.detail))


def on_any_error(request: AnyRequest, error: Exception) -> Response[Any]:
    """A bug: noted with everything, answered with nothing of its inside."""
    _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return answer(request, internal_problem())


EXCEPTION_HANDLERS: ExceptionHandlersMap = {
    CvcoreError: on_domain_error,
    HTTPException: on_http_error,
    Exception: on_any_error,
}


def _is_api(request: AnyRequest) -> bool:
    return request.url.path.startswith(API_PREFIX)


def _method_problem(request: AnyRequest) -> Problem:
    path = request.url.path
    allowed = ", ".join(sorted(_methods_at(request, path)))
    return Problem(
        status=405,
        code="method_not_allowed",
        detail=f"{request.method} is not possible at {path}; possible: {allowed}",
        headers={"Allow": allowed},
    )


def _methods_at(request: AnyRequest, path: str) -> set[str]:
    """The methods of the routes that this path fits."""
    parts = path.strip("/").split("/")
    return {
        str(method)
        for route in request.app.routes
        if isinstance(route, HTTPRoute) and _fits(route, parts)
        for method in route.methods
    }


def _fits(route: HTTPRoute, parts: list[str]) -> bool:
    named = route.path_components
    return len(named) == len(parts) and all(
        not isinstance(name, str) or name == part for name, part in zip(named, parts, strict=True)
    )


def _field_problems(request: AnyRequest, error: HTTPException) -> list[FieldProblem]:
    from_body = _body_problems(request)
    listed = error.extra if isinstance(error.extra, list) else []
    others = [_listed_problem(each) for each in listed if not (from_body and _is_of_body(each))]
    found = from_body + others
    return found or [_parameter_problem(error.detail)]


def _parameter_problem(detail: str) -> FieldProblem:
    missing = _MISSING.search(detail)
    if missing is not None:
        return FieldProblem(missing["name"], f"is required, as a {missing['where']} parameter")
    return FieldProblem("request", detail)


def _body_problems(request: AnyRequest) -> list[FieldProblem]:
    raw = request.scope["state"].get("json_body")
    handler = request.scope.get("route_handler")
    field = getattr(handler, "parsed_data_field", None)
    if field is None:
        return []
    return problems_of(bytes(raw or b""), field.annotation)


def _is_of_body(listed: Mapping[str, Any]) -> bool:
    return listed.get("source") == "body" or listed.get("key") == "data"


def _listed_problem(listed: Mapping[str, Any]) -> FieldProblem:
    return FieldProblem(str(listed.get("key", "request")), str(listed.get("message", "is wrong")))
