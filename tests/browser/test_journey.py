"""The main job by clicking: from an empty account to an exported CV with what was accepted."""

from __future__ import annotations

import os
import re
import uuid
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cvweb.adapters.files.reading import read_cv_file

if TYPE_CHECKING:
    from tests.browser.conftest import Visitor

pytestmark = pytest.mark.browser
SAMPLES = resources.files("cvweb") / "samples"
SHOTS = os.environ.get("CVWEB_SHOTS")


def shoot(visitor: Visitor, name: str) -> None:
    """Keep a picture of the page where somebody wants to look at it."""
    visitor.check_page()
    if SHOTS:
        width = (visitor.page.viewport_size or {"width": 0})["width"]
        visitor.page.screenshot(path=Path(SHOTS) / f"{name}-{width}.png", full_page=True)


def credits_left(visitor: Visitor) -> int:
    text = visitor.page.locator(".bar .tag").first.inner_text()
    return int(re.findall(r"\d+", text)[0])


def test_a_person_clicks_from_sign_up_to_an_exported_cv(visitor: Visitor, tmp_path: Path) -> None:
    visitor.open("/")
    shoot(visitor, "landing")
    visitor.sign_up(f"ada-{uuid.uuid4().hex[:8]}@example.org")
    assert credits_left(visitor) == 15
    shoot(visitor, "cvs-empty")
    bring_both(visitor)
    assert credits_left(visitor) == 13
    visitor.press(re.compile("^Score"))
    visitor.page.wait_for_url(re.compile(r"/scores/"))
    shoot(visitor, "score")
    assert credits_left(visitor) == 12
    visitor.press(re.compile("^Propose changes"))
    visitor.page.wait_for_url(re.compile(r"/review"))
    shoot(visitor, "review")
    assert credits_left(visitor) == 9
    accepted = review_three(visitor)
    look_at_history(visitor)
    text = str(read_cv_file("exported.pdf", export(visitor, tmp_path / "exported.pdf")).cv)
    assert [word for word in words_of(accepted) if word not in text] == []
    for path in ("/credits", "/tasks", "/settings", "/offers", "/cvs"):
        visitor.open(path)
        shoot(visitor, path.strip("/"))


def bring_both(visitor: Visitor) -> None:
    page = visitor.page
    page.locator("input[type=file]").set_input_files(str(SAMPLES / "en" / "cv.pdf"))
    visitor.press("Read this CV")
    page.wait_for_url(re.compile(r"/cvs/[^/]+$"))
    shoot(visitor, "cv")
    visitor.open("/offers")
    page.locator("input[type=file]").set_input_files(str(SAMPLES / "en" / "offer.html"))
    visitor.press("Read this offer")
    page.wait_for_url(re.compile(r"/offers/[^/]+$"))
    shoot(visitor, "offer")


def review_three(visitor: Visitor) -> list[str]:
    page = visitor.page
    assert page.locator(".change[data-pending]").count() >= 3
    for count in (1, 2):
        page.locator(".change[data-pending]").first.get_by_role("button", name="Accept").click()
        page.locator(".change.accepted").nth(count - 1).wait_for()
    page.locator(".change[data-pending]").first.get_by_role("button", name="Reject").click()
    page.wait_for_url(re.compile(r"said=rejected"))
    assert page.locator(".change.accepted").count() == 2
    assert page.locator(".change.rejected").count() == 1
    shoot(visitor, "reviewed")
    return page.locator(".change.accepted ins").all_inner_texts()


def look_at_history(visitor: Visitor) -> None:
    page = visitor.page
    page.get_by_role("navigation", name="Main").get_by_role("link", name="CVs").click()
    page.locator(".list a").first.click()
    page.get_by_role("link", name="all versions").click()
    shoot(visitor, "versions")
    page.get_by_role("link", name=re.compile("^Changes")).first.click()
    shoot(visitor, "diff")
    page.locator(".crumbs a").nth(1).click()


def export(visitor: Visitor, file: Path) -> bytes:
    page = visitor.page
    visitor.press(re.compile("^Export"))
    page.locator('a[href^="/exports/"]').first.wait_for()
    with page.expect_download() as downloading:
        page.locator('a[href^="/exports/"]').first.click()
    downloading.value.save_as(file)
    return file.read_bytes()


def words_of(texts: list[str]) -> list[str]:
    return [word.strip(".,;:()") for text in texts for word in text.split()]


def test_the_pages_speak_french(visitor: Visitor) -> None:
    visitor.open("/")
    visitor.press("Français")
    assert visitor.page.locator("html").get_attribute("lang") == "fr"
    visitor.sign_up(f"zoe-{uuid.uuid4().hex[:8]}@example.org")
    assert "Vos CV" in visitor.page.locator("h1").inner_text()
    visitor.check_page()


def test_a_file_that_is_no_cv_is_refused_in_words_and_costs_nothing(
    visitor: Visitor, tmp_path: Path
) -> None:
    visitor.sign_up(f"bob-{uuid.uuid4().hex[:8]}@example.org")
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\nnot really")
    visitor.page.locator("input[type=file]").set_input_files(str(broken))
    visitor.press("Read this CV")
    visitor.page.get_by_role("alert").wait_for()
    assert "Nothing was charged" in visitor.page.locator("main").inner_text()
    assert credits_left(visitor) == 15
    visitor.check_page()


def test_whoever_is_not_signed_in_is_sent_to_sign_in_and_back(visitor: Visitor) -> None:
    visitor.open("/offers")
    assert visitor.page.url.endswith("/sign-in?next=/offers")
    visitor.check_page()


def test_everything_can_be_reached_by_keyboard(visitor: Visitor) -> None:
    visitor.open("/sign-up")
    visitor.page.keyboard.press("Tab")
    assert visitor.page.evaluate("document.activeElement.className") == "skip"
    names = []
    for _ in range(12):
        visitor.page.keyboard.press("Tab")
        names.append(
            visitor.page.evaluate("document.activeElement.id || document.activeElement.tagName")
        )
    assert [one for one in names if one in {"name", "email", "password"}] == [
        "name",
        "email",
        "password",
    ]
