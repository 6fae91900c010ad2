"""What the published schema says beyond types: bodies that may be a file, answers, who may ask."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from litestar import Request
from litestar.datastructures import ResponseHeader
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import (
    Components,
    OpenAPIMediaType,
    OpenAPIType,
    Operation,
    RequestBody,
    Schema,
    SecurityScheme,
)
from litestar.openapi.spec.enums import OpenAPIFormat

from cvweb.http.tasks import API, TaskView

DESCRIPTION = (
    "CVs, job offers, scores with a receipt, tailoring with proof, exports. Errors are "
    "application/problem+json with a `code`. A POST that may cost credits takes an "
    "`Idempotency-Key`: the same key with the same body is carried out once. Lists answer "
    "`{items, next}` and take `limit` and `cursor`. Times are RFC 3339, UTC."
)
PROBLEM: dict[str, Any] = {
    "type": "object",
    "title": "Problem",
    "description": "An error, RFC 9457, with its `code` and its own fields beside these.",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "what was wrong and what to do"},
        "code": {"type": "string", "description": "what machines match on; it never changes"},
    },
}
ERROR: dict[str, Any] = {
    "description": "what was wrong and what to do",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
FILE = Schema(
    type=OpenAPIType.OBJECT,
    required=["file"],
    properties={"file": Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.BINARY)},
)


@dataclass
class CvOperation(Operation):
    """`POST /cvs`: JSON or a file."""

    def __post_init__(self) -> None:
        """Say what the body may be; the handler reads it by itself."""
        name = Schema(type=OpenAPIType.STRING, min_length=1, max_length=200)
        content = Schema(type=OpenAPIType.OBJECT, description="JSON Resume; none for a blank CV")
        self.request_body = _file_or({"filename": name, "content": content}, ["filename"])


@dataclass
class OfferOperation(Operation):
    """`POST /offers`: an address, a text or a file."""

    def __post_init__(self) -> None:
        """Say what the body may be; the handler reads it by itself."""
        url = Schema(type=OpenAPIType.STRING, max_length=2_000)
        text = Schema(type=OpenAPIType.STRING, max_length=200_000)
        self.request_body = _file_or({"url": url, "text": text}, [])


class SchemaPlugin(JsonRenderPlugin):
    """Serves the schema as `published` makes it."""

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        """The document as JSON."""
        return super().render(request, published(openapi_schema))


def published(schema: dict[str, Any]) -> dict[str, Any]:
    """`schema` with every error as it really is: a problem document.

    What the framework says of its own errors is taken out; health and metrics ask nobody who they
    are.
    """
    document = deepcopy(schema)
    document["components"].setdefault("schemas", {})["Problem"] = PROBLEM
    for path, operations in document["paths"].items():
        for operation in operations.values():
            if not isinstance(operation, dict) or "responses" not in operation:
                continue
            operation["responses"].pop("400", None)
            operation["responses"]["default"] = ERROR
            if not path.startswith(API):
                operation["security"] = []
    return document


def starts_a_task(view: Any, what: str) -> dict[int, ResponseSpec]:
    """The answers of a call that starts a task and may be waited for."""
    return {
        201: ResponseSpec(view, description=f"{what}, for who waited (`Prefer: wait=N`)"),
        202: ResponseSpec(TaskView, description="the task to follow, at `Location`"),
    }


def replay_headers() -> list[ResponseHeader]:
    """The headers of an answer that is given once per key."""
    return [
        ResponseHeader(name="Location", documentation_only=True, description="where it is"),
        ResponseHeader(
            name="Idempotency-Replayed",
            documentation_only=True,
            description="`true` where an earlier call with this key was answered already",
        ),
    ]


def openapi_config(version: str) -> OpenAPIConfig:
    """The schema at `/schema/openapi.json`, without any page that loads scripts from elsewhere."""
    return OpenAPIConfig(
        title="cvweb",
        version=version,
        description=DESCRIPTION,
        path="/schema",
        render_plugins=[SchemaPlugin()],
        use_handler_docstrings=True,
        components=Components(
            security_schemes={
                "key": SecurityScheme(
                    type="http", scheme="bearer", description="an API key, `cvk_...`"
                ),
                "session": SecurityScheme(type="apiKey", name="cvweb", security_scheme_in="cookie"),
            }
        ),
        security=[{"key": []}, {"session": []}],
    )


def _file_or(properties: dict[str, Schema], required: list[str]) -> RequestBody:
    json_body = Schema(
        type=OpenAPIType.OBJECT, properties={**properties}, required=required or None
    )
    return RequestBody(
        required=True,
        content={
            "application/json": OpenAPIMediaType(schema=json_body),
            "multipart/form-data": OpenAPIMediaType(schema=FILE),
        },
    )
