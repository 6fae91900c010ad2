"""Each owner's CVs have different names."""

from __future__ import annotations

import pytest

from cvcore.versions import free_filename


@pytest.mark.parametrize(
    ("wanted", "taken", "name"),
    [
        ("cv", set(), "cv"),
        ("cv", {"cv"}, "cv (2)"),
        ("cv", {"cv", "cv (2)"}, "cv (3)"),
        ("ada.pdf", {"ada.pdf"}, "ada (2).pdf"),
        (".hidden", {".hidden"}, ".hidden (2)"),
        ("../../etc/passwd", set(), ".. .. etc passwd"),
        ("a\x00b\n", set(), "a b"),
        ("  ", set(), "CV"),
        ("x" * 300, set(), "x" * 200),
    ],
)
def test_a_name_is_free_and_harmless(wanted: str, taken: set[str], name: str) -> None:
    assert free_filename(wanted, taken) == name
