"""The history of a CV, whole: edited while it is tailored, restored, varied, pulled, sent, gone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cvcore.cv import cv_hash, from_json_resume
from cvcore.versions import Trash
from cvweb.samples import sample

pytestmark = pytest.mark.journey


async def _edit(ada: Any, cv: str, path: str, value: str) -> None:
    etag = (await ada.http.get(cv)).headers["etag"]
    patch = [{"op": "add", "path": path, "value": value}]
    answer = await ada.http.patch(cv, json=patch, headers={"if-match": etag})
    assert answer.status_code == 200, answer.text


async def _ok(ada: Any, path: str, status: int = 200, **sent: Any) -> dict[str, Any]:
    answer = await ada.post(path, **sent)
    assert answer.status_code == status, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def _variant_that_pulls(ada: Any, cv: str, offer: str) -> str:
    """A variant that both sides edited, after its pull and the review of the conflict."""
    made = await _ok(ada, f"{cv}/variants", status=201, json={"offerId": offer})
    variant = f"/api/v1/cvs/{made['id']}"
    await _edit(ada, variant, "/basics/label", "Mine")
    await _edit(ada, cv, "/basics/summary", "Mended once.")
    await _edit(ada, cv, "/basics/label", "Theirs")
    pulled = await _ok(ada, f"{variant}/pull")
    basics = pulled["content"]["basics"]
    assert (basics["label"], basics["summary"]) == ("Mine", "Mended once.")
    assert [each["path"] for each in pulled["conflicts"]] == ["basics.label"]
    decision = {"id": pulled["proposalIds"][0], "action": "accept"}
    await _ok(ada, f"{variant}/reviews", json={"decisions": [decision]})
    return variant


async def test_edited_while_tailored_restored_and_pulled_into_a_variant(home: Any) -> None:
    pair = sample("en")
    ada = await home.newcomer()
    file = {"file": ("ada.pdf", pair.cv_pdf.read_bytes())}
    page = {"file": ("offer.html", pair.offer_html.read_bytes())}
    async with home.worker():
        cv = (await ada.done("/api/v1/cvs", files=file))["location"]
        offer = (await ada.done("/api/v1/offers", files=page))["offerId"]
    waiting = await ada.post(f"{cv}/tailorings", json={"offerId": offer})
    await _edit(ada, cv, "/basics/url", "https://ada.example.org")
    async with home.worker():
        task = await ada.ended(waiting)
        assert task["status"] == "completed", task
        proposals = (await ada.get(task["result"]["location"]))["items"]
        chosen = next(each["id"] for each in proposals if each["verdict"] == "supported")
        decision = {"id": chosen, "action": "accept"}
        reviewed = await _ok(ada, f"{cv}/reviews", json={"decisions": [decision]})
        assert [each["state"] for each in reviewed["results"]] == ["accepted"]
        now = await ada.get(cv)
        assert (now["version"], now["content"]["basics"]["url"]) == (3, "https://ada.example.org")

        restored = await _ok(ada, f"{cv}/versions/2/restore", status=201)
        assert (restored["version"], restored["content"]) == (
            4,
            (await ada.get(f"{cv}/versions/2"))["content"],
        )
        variant = await _variant_that_pulls(ada, cv, offer)
        sent = await ada.get(variant)
        assert sent["content"]["basics"]["label"] == "Theirs"

        export = await ada.done(f"{variant}/exports", json={"format": "json"})
        document = (await ada.http.get(export["file"])).content
        again = {"file": ("again.json", document)}
        copy = await ada.get((await ada.done("/api/v1/cvs", files=again))["location"])
    read, kept = (from_json_resume(each["content"]) for each in (copy, sent))
    assert cv_hash(read) == cv_hash(kept)


async def test_a_deleted_cv_comes_back_and_is_gone_when_its_days_are_over(home: Any) -> None:
    ada = await home.newcomer()
    content = {"basics": {"name": "Ada Example"}}
    made = await _ok(ada, "/api/v1/cvs", status=201, json={"filename": "a", "content": content})
    cv = f"/api/v1/cvs/{made['id']}"
    assert (await ada.http.delete(cv)).status_code == 204
    assert [each["id"] for each in (await ada.get("/api/v1/cvs", trash="true"))["items"]] == [
        made["id"]
    ]
    await _ok(ada, f"{cv}/undelete")
    assert (await ada.get(cv))["content"] == made["content"]
    await ada.http.delete(cv)
    services = home.services
    late = services.clock() + timedelta(days=31)
    trash = Trash(services.begin, clock=lambda: late, days_max=services.settings.trash_days_max)
    assert list(await trash.purge()) == [made["id"]]
    assert (await ada.get("/api/v1/cvs", trash="true"))["items"] == []
    assert (await ada.post(f"{cv}/undelete")).status_code == 404
