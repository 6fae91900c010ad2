from __future__ import annotations

import pytest

from cvcore.offline.offer_wording import first_of, fold, groups, wording


def test_every_group_of_wording_makes_a_pattern_that_needs_words() -> None:
    for name in groups():
        if not name.startswith(("language ", "month ")):
            assert wording(name).search("") is None, name


def test_wording_is_written_as_texts_are_compared() -> None:
    for name, lines in groups().items():
        for line in lines:
            assert fold(line.replace("\\W", "")) == line.replace("\\W", "").replace("\\S", "\\s"), (
                name
            )


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Développeur·se", "developpeur·se"), ("L’OFFRE", "l'offre"), ("Požadujeme", "pozadujeme")],
)
def test_folding_drops_case_and_accents(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_the_first_group_of_a_family_that_matches_answers() -> None:
    assert first_of("contract", "cdi ou stage") == "Stage"
    assert first_of("contract", "nothing") is None
