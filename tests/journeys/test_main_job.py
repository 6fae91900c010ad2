"""The main job, whole: a real PDF and a real job page in, a PDF with the accepted changes out."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from cvcore.cv import from_json_resume, texts
from cvweb.samples import sample

pytestmark = pytest.mark.journey


async def test_from_a_pdf_and_a_page_to_a_pdf_with_the_accepted_changes(home: Any) -> None:
    pair = sample("en")
    async with home.worker():
        ada = await home.newcomer()
        assert (await ada.credits())["available"] == 15

        file = {"file": ("ada.pdf", pair.cv_pdf.read_bytes())}
        cv = (await ada.done("/api/v1/cvs", files=file))["location"]
        page = {"file": ("offer.html", pair.offer_html.read_bytes())}
        offer = (await ada.done("/api/v1/offers", files=page))["offerId"]
        assert (await ada.credits())["available"] == 13

        score = await ada.done(f"{cv}/scores", json={"offerId": offer})
        assert 0 < score["value"] < 100

        tailored = await ada.done(f"{cv}/tailorings", json={"offerId": offer})
        assert tailored["scoreAfter"] >= tailored["scoreBefore"] == score["value"]
        proposals = (await ada.get(tailored["location"]))["items"]
        open_ones = [each for each in proposals if each["verdict"] == "supported"]
        assert len(open_ones) >= 3, "the sample is there to make this interesting"

        accepted = await _decide(ada, cv, open_ones)

        export = await ada.done(f"{cv}/exports", json={"format": "pdf"})
        pdf = (await ada.http.get(export["file"])).content
        assert pdf.startswith(b"%PDF-")

        again = {"file": ("again.pdf", pdf)}
        copy = await ada.get((await ada.done("/api/v1/cvs", files=again))["location"])
        now = await ada.get(cv)

        # 15 - import 2 - score 1 - tailoring 3 - export 1 - import 2
        await _adds_up(ada, left=6, used=9)

    for proposal in accepted:
        words = _words_of(proposal["after"])
        assert words <= _words(now["content"]), "the accepted change stands in the CV"
        assert words <= _words(copy["content"]), "and in the PDF that was read again"


async def test_a_failed_import_costs_nothing_and_leaves_nothing(home: Any) -> None:
    async with home.worker():
        ada = await home.newcomer()
        for name, data, code in [
            ("empty.pdf", b"", "file_empty"),
            ("damaged.pdf", b"%PDF-1.7 and then nothing of a PDF", "file_damaged"),
            ("letter.txt", b"Dear Sir or Madam,\n\nplease find my bill.\n", "not_a_cv"),
        ]:
            task = await ada.ended(await ada.post("/api/v1/cvs", files={"file": (name, data)}))
            assert (task["status"], task["error"]["code"]) == ("failed", code), task
            assert len(task["error"]["message"]) > 20
        assert (await ada.get("/api/v1/cvs"))["items"] == []
        await _adds_up(ada, left=15, used=0)


async def test_who_waits_is_answered_as_soon_as_it_is_done(home: Any) -> None:
    async with home.worker():
        ada = await home.newcomer()
        file = {"file": ("ada.pdf", sample("fr").cv_pdf.read_bytes())}
        headers = {"Prefer": "wait=30"}
        answer = await ada.post("/api/v1/cvs", files=file, headers=headers, key="k")
        assert answer.status_code == 201, answer.text
        assert answer.json()["content"]["basics"]["name"]
        again = await ada.post("/api/v1/cvs", files=file, key="k")
        assert (again.status_code, again.headers["location"]) == (201, answer.headers["location"])
        assert again.headers["idempotency-replayed"] == "true"


async def test_the_same_key_from_many_at_once_is_one_task_and_one_charge(home: Any) -> None:
    ada = await home.newcomer()
    file = {"file": ("ada.pdf", sample("en").cv_pdf.read_bytes())}
    answers = await asyncio.gather(
        *(ada.post("/api/v1/cvs", files=file, key="k") for _ in range(6))
    )
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.headers["location"] for answer in answers}) == 1
    async with home.worker():
        task = await ada.ended(answers[0])
    assert task["status"] == "completed", task
    assert len((await ada.get("/api/v1/cvs"))["items"]) == 1
    account = await ada.credits()
    assert (account["available"], account["held"]) == (13, 0)


async def test_the_last_credits_are_spent_once_whoever_asks_at_once(home: Any) -> None:
    ada = await home.newcomer()
    made = await ada.post("/api/v1/cvs", json={"filename": "a", "content": {}})
    cv = made.headers["location"]
    answers = await asyncio.gather(
        *(ada.post(f"{cv}/exports", json={"format": "md"}) for _ in range(20))
    )
    codes = sorted(answer.status_code for answer in answers)
    assert codes == [202] * 15 + [402] * 5
    account = await ada.credits()
    assert (account["available"], account["held"], account["balance"]) == (0, 15, 15)


async def _decide(ada: Any, cv: str, proposals: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Accept two of the proposals, reject another one; the accepted ones."""
    texts_first = sorted(proposals, key=lambda each: each["op"] not in {"insert", "replace"})
    accepted, rejected = texts_first[:2], texts_first[2]
    decisions = [{"id": each["id"], "action": "accept"} for each in accepted]
    decisions.append({"id": rejected["id"], "action": "reject"})
    answer = await ada.post(f"{cv}/reviews", json={"decisions": decisions})
    assert answer.status_code == 200, answer.text
    states = {each["id"]: each["state"] for each in answer.json()["results"]}
    assert states == {
        accepted[0]["id"]: "accepted",
        accepted[1]["id"]: "accepted",
        rejected["id"]: "rejected",
    }
    assert answer.json()["version"] == 2
    return accepted


async def _adds_up(ada: Any, *, left: int, used: int) -> None:
    """Nothing is held, and the entries lead to the account, and to nothing else."""
    account = await ada.credits()
    assert (account["available"], account["held"], account["totalUsed"]) == (left, 0, used)
    entries = (await ada.get("/api/v1/credits/transactions", limit=200))["items"]
    assert sum(entry["change"] for entry in entries) == account["balance"]
    assert entries[0]["balance"] == account["balance"]
    assert account["balance"] == account["totalGifted"] - account["totalUsed"]


def _words_of(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set().union(*(_words_of(each) for each in value.values()))
    if isinstance(value, list):
        return set().union(*(_words_of(each) for each in value))
    return set(value.split()) if isinstance(value, str) else set()


def _words(content: dict[str, Any]) -> set[str]:
    found = texts(from_json_resume(content))
    return {word for each in found for word in each.text.split()}
