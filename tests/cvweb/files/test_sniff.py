"""Files are told apart by their content, and a person's name is no file format."""

from __future__ import annotations

import pytest

from cvweb.adapters.files.errors import UnsupportedFormat
from cvweb.adapters.files.sniff import kind_of


@pytest.mark.parametrize(
    "text",
    [
        "MZIA BERIDZE\nDeveloper\n",
        "PK SHARMA\nEngineer, Pune",
        "[Ada Example]\nAnalyst",
        "RIFFAT KHAN\nNurse",
        "GIF87 designer",
        "{Ada} Example",
        "BZh Élodie à Paris",
    ],
)
def test_a_text_is_a_text_whatever_its_first_letters(text: str) -> None:
    assert kind_of(text.encode()) == "text"


@pytest.mark.parametrize("start", [b"MZ\x90\x00", b"RIFF\x01\x00\x00\x00WAVE", b"\x7fELF\x02\x01"])
def test_a_binary_file_is_refused_by_its_kind(start: bytes) -> None:
    with pytest.raises(UnsupportedFormat):
        kind_of(start + bytes(range(32)) * 40)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b'{"basics": {}}', "json"),
        (b'\xef\xbb\xbf  [{"basics": 1}]', "json"),
        (b'{ "basics": ', "json"),
        (b"{}", "json"),
        (b"  %PDF-1.7 and so on", "pdf"),
    ],
)
def test_json_and_pdf_are_known_even_broken(data: bytes, kind: str) -> None:
    assert kind_of(data) == kind
