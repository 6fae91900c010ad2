"""Every template is looked at for what would break a page, its language or its policy."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

import cvweb
from cvweb.http.render import environment
from cvweb.http.texts import LANGUAGES, catalogue, language_of, names_in, translate

SOURCE = Path(cvweb.__file__).parent
TEMPLATES = sorted([*SOURCE.rglob("templates/*.html"), *SOURCE.rglob("pages/*.html")])
CODE = sorted([*SOURCE.rglob("pages/*.py"), *SOURCE.rglob("http/*.py")])
KEY = re.compile(r"""\bt\(\s*["']([a-z_]+\.\w+)["'](?!\s*~)""")
PREFIX = re.compile(r"""[(=]\s*f?["']([a-z_]+)\.\w*(?:["']\s*~|\{)""")


def used() -> tuple[set[str], set[str]]:
    """The keys that pages name in full, and the rooms they name keys of by a variable."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in [*TEMPLATES, *CODE])
    return set(KEY.findall(text)), set(PREFIX.findall(text))


def test_every_text_that_a_page_names_is_in_the_catalogue() -> None:
    keys, rooms = used()
    assert keys - set(catalogue()) == set()
    assert rooms - {key.split(".")[0] for key in catalogue()} == set()


def test_no_text_of_the_catalogue_is_left_over() -> None:
    keys, rooms = used()
    unused = {
        key
        for key in catalogue()
        if key not in keys
        and key.removesuffix("_one") not in keys
        and key.split(".")[0] not in rooms
    }
    assert unused == set()


@pytest.mark.parametrize("key", sorted(catalogue()))
def test_a_text_is_said_in_every_language_with_the_same_blanks(key: str) -> None:
    said = catalogue()[key]
    assert set(said) == set(LANGUAGES)
    blanks = {
        frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name)
        for text in said.values()
    }
    assert len(blanks) == 1 or key.startswith("error.")  # only English repeats the message


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_template_keeps_to_the_content_security_policy(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|\|\s*safe\b", text)
    assert not re.search(r"(?:src|href)=[\"']https?:", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_every_field_of_a_form_has_a_label(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for kind, attributes in re.findall(r"<(input|textarea|select)\b([^>]*)>", text):
        if 'type="hidden"' in attributes or (kind == "input" and 'name="file"' in attributes):
            continue
        named = re.search(r'\bid="([^"]+)"', attributes)
        inside = re.search(
            r"<label[^>]*>(?:(?!</label>).)*" + re.escape(attributes), text, re.DOTALL
        )
        assert inside or (named and f'for="{named[1]}"' in text), attributes


def test_every_template_compiles() -> None:
    names = environment().list_templates(extensions=["html"])
    assert len(names) == len(TEMPLATES)
    for name in names:
        environment().get_template(name)


def test_a_count_takes_its_language_s_singular() -> None:
    assert translate("en")("nav.credits_left", n=0) == "0 credits"
    assert translate("fr")("nav.credits_left", n=0) == "0 crédit"
    assert translate("en")("nav.credits_left", n=1) == "1 credit"


@pytest.mark.parametrize(
    ("cookie", "accept", "language"),
    [
        (None, None, "en"),
        ("fr", "en", "fr"),
        ("xx", "fr-CA,en;q=0.5", "fr"),
        (None, "de,fr;q=0.8", "fr"),
    ],
)
def test_the_language_is_chosen_or_asked_for(
    cookie: str | None, accept: str | None, language: str
) -> None:
    assert language_of(cookie, accept) == language


def test_every_step_of_a_task_has_its_words() -> None:
    sources = "\n".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("tasks.py"))
    steps = {step.lower().replace(" ", "_") for step in re.findall(r'STEPS, "([^"]+)"', sources)}
    assert steps
    assert steps - set(names_in("step")) == set()
