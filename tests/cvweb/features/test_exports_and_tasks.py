"""Exports, tasks and what credits say of them."""

from __future__ import annotations

import hashlib
from typing import Any

import httpx
import pytest

RESUME = {"basics": {"name": "Ada Example", "summary": "Engineer."}}


def keyed(name: str, **more: str) -> dict[str, str]:
    return {"Idempotency-Key": name, **more}


async def a_cv(ada: httpx.AsyncClient) -> str:
    answer = await ada.post("/api/v1/cvs", json={"filename": "ada", "content": RESUME})
    return str(answer.json()["id"])


async def test_an_export_is_frozen_with_its_hash(house: Any, ada: httpx.AsyncClient) -> None:
    house.works_at_once = True
    url = f"/api/v1/cvs/{await a_cv(ada)}"
    headers = keyed("e", Prefer="wait=5")
    answer = await ada.post(f"{url}/exports", json={"format": "json"}, headers=headers)
    assert answer.status_code == 201, answer.text
    export = answer.json()
    assert answer.headers["location"] == f"/api/v1/exports/{export['id']}"
    assert (export["version"], export["format"]) == (1, "json")
    change = [{"op": "replace", "path": "/basics/summary", "value": "Changed."}]
    await ada.patch(url, json=change, headers={"If-Match": "1"})
    file = await ada.get(export["file"])
    assert hashlib.sha256(file.content).hexdigest() == export["sha256"]
    assert b"Engineer." in file.content
    assert file.headers["content-type"].startswith("application/json")
    assert file.headers["cache-control"] == "no-store"
    assert "filename*=UTF-8''r%C3%A9sum%C3%A9.json" in file.headers["content-disposition"]
    assert (await ada.get("/api/v1/credits")).json()["available"] == 14
    listed = (await ada.get(f"{url}/exports")).json()["items"]
    assert [each["id"] for each in listed] == [export["id"]]


async def test_an_export_of_what_is_not_there_is_not_charged(ada: httpx.AsyncClient) -> None:
    cv = await a_cv(ada)
    for number, (where, body) in enumerate(
        [
            ("no-such-cv", {"format": "md"}),
            (cv, {"format": "md", "version": 7}),
            (cv, {"format": "md", "offerId": "no-such-offer"}),
        ]
    ):
        url = f"/api/v1/cvs/{where}/exports"
        answer = await ada.post(url, json=body, headers=keyed(f"e{number}"))
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert (await ada.get("/api/v1/credits")).json()["available"] == 15


async def test_an_unknown_format_names_those_there_are(ada: httpx.AsyncClient) -> None:
    url = f"/api/v1/cvs/{await a_cv(ada)}/exports"
    answer = await ada.post(url, json={"format": "odt"}, headers=keyed("e"))
    assert answer.status_code == 400
    assert answer.json()["problems"][0]["field"] == "format"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"options": {"zz": 1}}, "options_refused"),
        ({"options": {"paper": "a0"}}, "options_refused"),
        ({"options": {"sections": ["hobbies"]}}, "export_refused"),
        ({"template": "baroque"}, "export_refused"),
    ],
)
async def test_what_no_file_can_be_made_of_is_refused_before_it_is_charged(
    ada: httpx.AsyncClient, body: dict[str, Any], code: str
) -> None:
    url = f"/api/v1/cvs/{await a_cv(ada)}/exports"
    answer = await ada.post(url, json={"format": "md", **body}, headers=keyed("e"))
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    account = (await ada.get("/api/v1/credits")).json()
    assert (account["available"], account["held"]) == (15, 0)
    assert (await ada.get("/api/v1/tasks")).json()["items"] == []


async def test_a_text_names_its_charset_once(house: Any, ada: httpx.AsyncClient) -> None:
    house.works_at_once = True
    url = f"/api/v1/cvs/{await a_cv(ada)}/exports"
    headers = keyed("e", Prefer="wait=5")
    export = (await ada.post(url, json={"format": "md"}, headers=headers)).json()
    for path in (export["file"], f"/exports/{export['id']}/file"):
        file = await ada.get(path)
        assert file.headers["content-type"] == "text/markdown; charset=utf-8"


async def test_a_task_called_off_gives_the_credits_back(house: Any, ada: httpx.AsyncClient) -> None:
    files = {"file": ("ada.pdf", b"Ada Example")}
    task = (await ada.post("/api/v1/cvs", files=files, headers=keyed("up"))).json()
    cancelled = await ada.post(f"/api/v1/tasks/{task['id']}/cancel")
    assert (cancelled.status_code, cancelled.json()["status"]) == (200, "cancelled")
    account = (await ada.get("/api/v1/credits")).json()
    assert (account["available"], account["held"]) == (15, 0)
    await house.work()
    assert (await ada.get("/api/v1/cvs")).json()["items"] == []
    async with house.units.begin() as unit:
        stored = await unit.tasks.get(task["id"])
        assert await unit.files.get(stored.owner, stored.payload["file"]) is None


async def test_a_task_called_off_at_work_keeps_nothing(house: Any, ada: httpx.AsyncClient) -> None:
    files = {"file": ("ada.pdf", b"Ada Example")}
    task = (await ada.post("/api/v1/cvs", files=files, headers=keyed("up"))).json()

    async def read_slowly(name: str, data: bytes) -> Any:
        await ada.post(f"/api/v1/tasks/{task['id']}/cancel")
        return await house.read_cv_file(name, data + b"\nada@example.org\n\nSkills\nPython")

    house.takes(read_cv_file=read_slowly)
    await house.work()
    assert (await ada.get(f"/api/v1/tasks/{task['id']}")).json()["status"] == "cancelled"
    assert (await ada.get("/api/v1/cvs")).json()["items"] == []
    account = (await ada.get("/api/v1/credits")).json()
    assert (account["available"], account["held"]) == (15, 0)


async def test_a_mistake_of_ours_costs_nothing_and_tells_nothing(
    house: Any, ada: httpx.AsyncClient
) -> None:
    async def breaks(name: str, data: bytes) -> Any:
        del name, data
        raise ZeroDivisionError("the inside of it")

    house.takes(read_cv_file=breaks)
    house.works_at_once = True
    files = {"file": ("ada.pdf", b"Ada Example")}
    headers = keyed("up", Prefer="wait=5")
    answer = await ada.post("/api/v1/cvs", files=files, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (500, "internal_error")
    assert "inside" not in answer.text
    assert (await ada.get("/api/v1/credits")).json()["available"] == 15


async def test_a_task_that_ended_cannot_be_called_off(house: Any, ada: httpx.AsyncClient) -> None:
    url = f"/api/v1/cvs/{await a_cv(ada)}/exports"
    task = (await ada.post(url, json={"format": "md"}, headers=keyed("e"))).json()
    await house.work()
    answer = await ada.post(f"/api/v1/tasks/{task['id']}/cancel")
    assert (answer.status_code, answer.json()["code"]) == (409, "illegal_move")
    assert (await ada.get("/api/v1/credits")).json()["available"] == 14


async def test_tasks_come_newest_first_in_pages(ada: httpx.AsyncClient) -> None:
    url = f"/api/v1/cvs/{await a_cv(ada)}/exports"
    ids = [
        (await ada.post(url, json={"format": "md"}, headers=keyed(f"e{n}"))).json()["id"]
        for n in range(3)
    ]
    first = (await ada.get("/api/v1/tasks", params={"limit": 2})).json()
    params = {"limit": 2, "cursor": first["next"]}
    rest = (await ada.get("/api/v1/tasks", params=params)).json()
    assert [task["id"] for task in first["items"] + rest["items"]] == ids[::-1]


async def test_transactions_tell_what_paid_for_what(house: Any, ada: httpx.AsyncClient) -> None:
    url = f"/api/v1/cvs/{await a_cv(ada)}/exports"
    task = (await ada.post(url, json={"format": "md"}, headers=keyed("e"))).json()
    await house.work()
    found = (await ada.get("/api/v1/credits/transactions")).json()["items"]
    assert [each["type"] for each in found] == ["settle", "hold", "gift"]
    settle = found[0]
    assert (settle["amount"], settle["change"], settle["balance"]) == (1, -1, 14)
    assert (settle["featureName"], settle["taskId"]) == ("export_cv", task["id"])
    assert settle["relatedTransactionId"] == found[1]["id"]
    page = (await ada.get("/api/v1/credits/transactions", params={"limit": 2})).json()
    params = {"cursor": page["next"]}
    rest = (await ada.get("/api/v1/credits/transactions", params=params)).json()
    assert [each["type"] for each in rest["items"]] == ["gift"]


async def test_a_quote_says_who_would_pay(ada: httpx.AsyncClient) -> None:
    quote = (await ada.get("/api/v1/credits/quote", params={"feature": "import_pdf"})).json()
    assert (quote["cost"], quote["paidBy"], quote["available"]) == (2, "credits", 15)
    free = (await ada.get("/api/v1/credits/quote", params={"feature": "edit_cv"})).json()
    assert (free["cost"], free["paidBy"]) == (0, "free")
    unknown = await ada.get("/api/v1/credits/quote", params={"feature": "magic"})
    assert unknown.json()["code"] == "unknown_feature"
    missing = await ada.get("/api/v1/credits/quote")
    assert missing.json()["problems"][0]["field"] == "feature"
