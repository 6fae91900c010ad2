"""The lexicon's data: sound, large enough, and mended by hand without fear."""

from __future__ import annotations

import pytest

from cvcore.skills import LexiconInvalid, find_skills, lexicon
from cvcore.skills.lexicon import Lexicon
from cvcore.skills.source import parse_contexts, parse_occupations, parse_terms, slug


def test_no_name_stands_for_two_terms() -> None:
    assert lexicon().collisions() == []


def test_it_knows_2500_hard_skills_and_every_kind() -> None:
    kinds = [term.kind for term in lexicon().terms.values()]
    assert kinds.count("hard") >= 2500
    assert kinds.count("language") >= 50
    assert {"soft", "degree", "title"} <= set(kinds)


def test_every_whole_and_every_occupation_is_known() -> None:
    lex = lexicon()
    families = {term.family for term in lex.terms.values()}
    assert all(term.broader in lex.terms for term in lex.terms.values() if term.broader)
    for family, works_with in lex.occupations.items():
        assert family in families
        assert set(works_with) <= families
        assert sum(works_with.values()) == pytest.approx(1.0)


def test_every_degree_has_its_level() -> None:
    degrees = [term for term in lexicon().terms.values() if term.kind == "degree"]
    assert all(term.level is not None and 1 <= term.level <= 8 for term in degrees)


def test_every_unambiguous_name_finds_its_term() -> None:
    lex = lexicon()
    lost = [
        (term.id, name)
        for term in lex.terms.values()
        for name in (term.name, *term.aliases, *term.names_fr)
        if [one.skill for one in find_skills(name)] != [term.id]
    ]
    assert lost == []


def test_an_entry_reads_with_its_aliases_french_names_and_parts() -> None:
    text = "[hard fishing]\nnet casting = casting | seine | filet\n  > gill net = gillnetting"
    whole, part = parse_terms(text, source="sea")
    assert (whole.id, whole.aliases, whole.names_fr) == ("casting", ("seine",), ("filet",))
    assert (part.id, part.aliases, part.broader) == ("gill-net", ("gillnetting",), "casting")
    assert (part.family, part.trade) == ("fishing", "sea")


@pytest.mark.parametrize(
    "text", ["an entry", "[gift box]", "[hard]", "[hard a]\n| alias", "[hard a]\nb|c|d|e", "> part"]
)
def test_a_line_out_of_form_is_refused_with_its_number(text: str) -> None:
    with pytest.raises(LexiconInvalid) as refused:
        list(parse_terms(text, source="broken"))
    assert refused.value.source == "broken"
    assert refused.value.line >= 1


def test_contexts_and_occupations_out_of_form_are_refused() -> None:
    with pytest.raises(LexiconInvalid):
        parse_contexts("go | nearby: developer", source="broken")
    with pytest.raises(LexiconInvalid):
        parse_occupations("cook: kitchen much", source="broken")


def test_an_id_given_twice_is_refused() -> None:
    terms = list(parse_terms("[hard a]\nRust\n[hard b]\nRust", source="twice"))
    with pytest.raises(LexiconInvalid):
        Lexicon(terms)


def test_a_lexicon_of_ones_own_finds_its_own_terms() -> None:
    mine = Lexicon(parse_terms("[hard sea]\nnet casting | | pêche au filet", source="sea"))
    assert [one.skill for one in mine.find("Pêche au filet; net castings")] == [
        slug("net casting")
    ] * 2
