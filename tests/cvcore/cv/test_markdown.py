"""A CV as Markdown and plain text says all that the CV says, and nothing in it is markup."""

from __future__ import annotations

from hypothesis import given, settings

from cvcore.cv import Cv, from_json_resume, texts, to_markdown, to_text
from cvcore.testing.cvs import cvs

ADA = from_json_resume(
    {
        "basics": {"name": "Ada L.", "summary": "Reads *code*."},
        "work": [
            {
                "name": "Acme",
                "position": "Engineer",
                "startDate": "2020-01",
                "highlights": ["<script>", "1. Sold"],
            }
        ],
        "skills": [{"name": "Data", "keywords": ["C#", "SQL"]}],
        "meta": {"x-cvcore": {"language": "fr", "order": ["skills"]}},
    }
)


def test_markdown_has_titles_in_the_language_and_sections_in_the_order_of_the_cv() -> None:
    text = to_markdown(ADA)
    assert text.startswith("# Ada L.\n")
    assert text.index("## Compétences") < text.index("## Expérience")
    assert "2020-01 – aujourd'hui" in text


def test_content_is_never_markup() -> None:
    text = to_markdown(ADA)
    assert r"Reads \*code\*." in text
    assert r"- \<script\>" in text
    assert r"- \1. Sold" in text


def test_titles_can_be_chosen() -> None:
    assert "## Know-how" in to_markdown(ADA, {"skills": "Know-how"})


@settings(max_examples=40, deadline=None)
@given(cvs())
def test_plain_text_holds_every_text_of_the_work(cv: Cv) -> None:
    written = to_text(cv)
    for each in texts(cv):
        if each.kind == "text":
            assert each.text.strip() in written
