"""What every answer has, whatever it answers: headers, problems, health, the schema."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

import cvcore
import cvweb
from cvcore.errors import CvcoreError
from cvcore.ids import TaskId
from cvweb.adapters.memory import WebUnits
from cvweb.app import create_app, furnish
from cvweb.http.passwords import PasswordCost
from cvweb.problems import STATUSES, problem_of, status_of
from cvweb.settings import Settings
from cvweb.wiring import services_over

MADE: list[Any] = []
"""The application, made once: that takes longer than most tests."""
CHEAP = PasswordCost(rounds=1, memory_kibibytes=64, lanes=1)


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    units = WebUnits()

    async def dispatch(task: TaskId) -> None:
        del task

    services = services_over(
        units.begin,
        settings=Settings(secret="s" * 32, upload_bytes_max=200_000, body_bytes_max=100_000),
        dispatch=dispatch,
        events=units.bells,
        password_cost=CHEAP,
    )
    if not MADE:
        MADE.append(create_app(services))
    furnish(MADE[0], services, rates={})
    transport = httpx.ASGITransport(app=MADE[0])
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as opened:
        yield opened


ANSWERS = [
    ("GET", "/health/live", 200),
    ("GET", "/health/ready", 200),
    ("GET", "/metrics", 200),
    ("GET", "/schema/openapi.json", 200),
    ("GET", "/api/v1/me", 401),
    ("GET", "/api/v1/nothing-here", 404),
    ("GET", "/static/nothing-here.css", 404),
    ("GET", "/static/style.css", 200),
    ("PUT", "/api/v1/cvs", 405),
]


@pytest.mark.parametrize(("method", "path", "status"), ANSWERS)
async def test_every_answer_carries_the_security_headers(
    client: httpx.AsyncClient, method: str, path: str, status: int
) -> None:
    answer = await client.request(method, path)
    assert answer.status_code == status
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert "strict-transport-security" not in answer.headers


async def test_somebodys_answers_are_stored_by_nobody(client: httpx.AsyncClient) -> None:
    assert (await client.get("/api/v1/me")).headers["cache-control"] == "no-store"
    style = await client.get("/static/style.css")
    assert style.headers["cache-control"] == "public, max-age=300"


async def test_a_method_that_is_not_possible_is_told_which_are(client: httpx.AsyncClient) -> None:
    answer = await client.put("/api/v1/cvs/some-id")
    assert answer.status_code == 405
    assert {"GET", "PATCH", "DELETE"} <= set(answer.headers["allow"].split(", "))
    assert "POST" not in answer.headers["allow"]


@pytest.mark.parametrize(
    ("method", "path", "code"),
    [
        ("GET", "/api/v1/nothing-here", "no_such_route"),
        ("PUT", "/api/v1/cvs", "method_not_allowed"),
        ("GET", "/api/v1/cvs", "not_signed_in"),
    ],
)
async def test_what_is_refused_is_a_problem_document(
    client: httpx.AsyncClient, method: str, path: str, code: str
) -> None:
    answer = await client.request(method, path, headers={"accept": "text/html"})
    assert answer.headers["content-type"].startswith("application/problem+json")
    body = answer.json()
    assert body["code"] == code
    assert body["status"] == answer.status_code
    assert body["type"] == f"urn:cvcore:problem:{code}"
    assert body["title"]
    assert len(body["detail"]) > 20


async def test_a_browser_gets_a_page_for_an_error_outside_the_api(
    client: httpx.AsyncClient,
) -> None:
    answer = await client.get("/nothing-here", headers={"accept": "text/html"})
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")


async def test_a_body_longer_than_its_route_takes_is_stopped(client: httpx.AsyncClient) -> None:
    long = await client.post("/api/v1/auth/login", json={"email": "x" * 200_000})
    assert (long.status_code, long.json()["code"]) == (413, "body_too_large")
    assert long.json()["bodyBytesMax"] == 100_000
    upload = await client.post("/api/v1/cvs", files={"file": ("a.pdf", b"x" * 400_000)})
    assert (upload.status_code, upload.json()["code"]) == (413, "file_too_large")
    assert upload.json()["uploadBytesMax"] == 200_000


async def test_a_body_that_hides_its_length_is_stopped_too(client: httpx.AsyncClient) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(300):
            yield b'"' + b"x" * 1000

    answer = await client.post(
        "/api/v1/auth/login", content=endless(), headers={"content-type": "application/json"}
    )
    assert answer.status_code == 413


async def test_metrics_count_by_route_never_by_id(client: httpx.AsyncClient) -> None:
    await client.get("/api/v1/cvs/some-id-of-somebody")
    text = (await client.get("/metrics")).text
    assert 'route="/api/v1/cvs/{id}",status="401"' in text
    assert "some-id-of-somebody" not in text
    assert "cvweb_tasks_due 0" in text
    assert 'le="+Inf"' in text


async def test_the_schema_names_every_route_of_the_contract(client: httpx.AsyncClient) -> None:
    schema = (await client.get("/schema/openapi.json")).json()
    paths = set(schema["paths"])
    wanted = {
        "/auth/register", "/auth/login", "/auth/logout", "/me", "/api-keys", "/api-keys/{id}",
        "/cvs", "/cvs/{id}", "/cvs/{id}/versions", "/cvs/{id}/versions/{number}",
        "/cvs/{id}/versions/{number}/restore", "/cvs/{id}/diff", "/offers", "/offers/{id}",
        "/cvs/{id}/scores", "/cvs/{id}/scores/latest", "/cvs/{id}/tailorings",
        "/cvs/{id}/proposals", "/cvs/{id}/reviews", "/cvs/{id}/exports", "/exports/{id}",
        "/exports/{id}/file", "/tasks", "/tasks/{id}", "/tasks/{id}/cancel", "/events", "/credits",
        "/credits/transactions", "/credits/quote",
    }  # fmt: skip
    assert {f"/api/v1{path}" for path in wanted} <= paths
    assert {"/health/live", "/health/ready", "/metrics"} <= paths
    assert schema["openapi"].startswith("3.1")
    upload = schema["paths"]["/api/v1/cvs"]["post"]
    assert set(upload["requestBody"]["content"]) == {"application/json", "multipart/form-data"}
    assert {"201", "202", "default"} <= set(upload["responses"])
    assert "Validation Exception" not in json.dumps(schema)


def codes_in_source() -> set[str]:
    found: set[str] = set()
    for package in (cvcore, cvweb):
        for path in Path(next(iter(package.__path__))).rglob("*.py"):
            found.update(re.findall(r'^    code = "(\w+)"', path.read_text(), re.MULTILINE))
    return found


def all_errors(of: type[CvcoreError] = CvcoreError) -> set[type[CvcoreError]]:
    below = set(of.__subclasses__())
    return below.union(*(all_errors(each) for each in below))


def test_every_status_of_the_map_belongs_to_an_error_there_is() -> None:
    reasons = {"in_debt", "plan_inactive", "not_in_plan", "allowance", "insufficient_credits"}
    of_tasks = {"attempts_exhausted", "deadline_passed", "task_timeout", "worker_stopped"}
    assert set(STATUSES) <= codes_in_source() | reasons | of_tasks


def test_every_error_has_a_status_that_is_no_bug() -> None:
    internal = {"worker", "unknown_work", "cvcore_error"}
    for error in all_errors():
        if error.__module__.startswith(("cvcore", "cvweb")) and error.code not in internal:
            assert 400 <= status_of(error) <= 504, error
            assert status_of(error) != 500, f"{error} has no place in cvweb.problems"


def test_a_bug_is_told_without_its_inside() -> None:
    class OddError(CvcoreError):
        """None of the bases."""

        code = "odd"

    problem = problem_of(OddError("the password is hunter2"))
    assert problem.status == 500
    assert b"hunter2" not in problem.encoded()
