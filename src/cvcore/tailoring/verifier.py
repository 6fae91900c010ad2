"""The claims verifier: a proposal passes only if the CV supports everything it newly says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cvcore.cv import paths
from cvcore.cv.errors import InvalidCv, NoSuchPath, WrongValue
from cvcore.cv.model import Cv
from cvcore.skills.fold import fold
from cvcore.tailoring import factchecks, wordchecks
from cvcore.tailoring.claims import Claim, claims_of
from cvcore.tailoring.evidence import Checked, Evidence, Said, Scope, content_stems, item_of
from cvcore.tailoring.model import Verdict
from cvcore.tailoring.names import unknown_names
from cvcore.tailoring.wordlists import FIXED, GROUP_NAMES
from cvcore.versions.model import Citation, Proposal, RefusedClaim
from cvcore.versions.reviewing import origin_of, proposed

CLAIMS_MAX = 300
"""How many texts one proposal may change."""
CLAIM_CHARACTERS_MAX = 10_000
"""How long one changed text may be; a longer one is refused unread."""
_TOO_LONG = f"more than {CLAIMS_MAX} texts, or one of more than {CLAIM_CHARACTERS_MAX} characters"
TITLES = frozenset({"position", "label", "roles"})
"""Fields that say what somebody is."""
KNOWLEDGE = frozenset({"skills", "interests"})
"""Sections whose items may be added: they name again what the rest of the CV shows."""


def verify(cv: Cv, proposal: Proposal, attested: Sequence[str] = ()) -> Verdict:
    """Whether `cv` supports every claim that `proposal` makes; each that it does not is named.

    Numbers, dates, names, titles, ranks, degrees, tools, languages and their levels, being in
    charge, results and superlatives must stand in the CV: for a job, a study or a project in its
    own texts, for the headline, the summary and the skills anywhere. A tool may go by another of
    its names. Citations must stand letter for letter at their paths. Texts that a model wrote are
    no evidence; `attested` are facts that a person stands for, in their words, and are.
    """
    return verify_all(cv, [proposal], attested)[0]


def verify_all(
    cv: Cv, proposals: Sequence[Proposal], attested: Sequence[str] = ()
) -> tuple[Verdict, ...]:
    """The verdict on each of `proposals`, in their order; see `verify`."""
    evidence = Evidence(cv, attested)
    found = []
    for proposal in proposals:
        refusals = tuple(dict.fromkeys(_refusals(cv, proposal, evidence)))
        found.append(Verdict(supported=not refusals, refusals=refusals))
    return tuple(found)


def _refusals(cv: Cv, proposal: Proposal, evidence: Evidence) -> Iterator[RefusedClaim]:
    for citation in proposal.citations:
        if not _stands(cv, citation):
            yield RefusedClaim(rule="citation", claim=citation.quote)
    try:
        proposed(cv, proposal)
        claims = claims_of(cv, proposal)
    except (NoSuchPath, WrongValue, InvalidCv):
        yield RefusedClaim(rule="path", claim=proposal.path)
        return
    if len(claims) > CLAIMS_MAX or any(len(each.after) > CLAIM_CHARACTERS_MAX for each in claims):
        yield RefusedClaim(rule="content", claim=_TOO_LONG)
        return
    for claim in claims:
        yield from _refusals_of(claim, proposal.citations, evidence)


def _stands(cv: Cv, citation: Citation) -> bool:
    """Whether the quote stands at its path, letter for letter, and a person wrote it."""
    try:
        held = paths.get(cv, citation.path)
    except NoSuchPath:
        return False
    is_there = isinstance(held, str) and bool(citation.quote.strip()) and citation.quote in held
    return is_there and origin_of(cv.origins, citation.path) != "model"


def _refusals_of(
    claim: Claim, citations: Sequence[Citation], evidence: Evidence
) -> Iterator[RefusedClaim]:
    if claim.is_new_item and claim.section not in KNOWLEDGE:
        scope = evidence.around(claim.after) if claim.field in _NAMING else Scope(())
        if scope is None:
            yield RefusedClaim(rule="item", claim=claim.after)
        if claim.section != "projects":
            yield RefusedClaim(rule="item", claim=claim.after)
            return
    if _is_fixed(claim):
        if _plain(claim.after) != _plain(claim.before or ""):
            yield RefusedClaim(rule="fixed_fact", claim=claim.after)
        return
    yield from _check(_checked(claim, citations, evidence), claim)


_NAMING = frozenset({"name", "title", "position", "institution", "organization", "language"})


def _is_fixed(claim: Claim) -> bool:
    parent = claim.path.rpartition(".")[0]
    kind = "location" if parent.endswith("location") else claim.section
    kind = "profiles" if "profiles" in parent else kind
    return not claim.is_new_item and claim.field in FIXED.get(kind, frozenset())


def _checked(claim: Claim, citations: Sequence[Citation], evidence: Evidence) -> Checked:
    scope = evidence.scope_of(claim.path)
    own = item_of(claim.path)
    if claim.is_new_item and claim.section == "projects":
        own, scope = None, evidence.scope_of("basics")
    near = [*evidence.at(claim.path)] if claim.before is not None else []
    near += [
        Said(each.path, each.quote)
        for each in citations
        if own is None or item_of(each.path) == own
    ]
    near += [one for one in scope.said if one.path == "attested"]
    return Checked(
        said=Said(claim.path, claim.after),
        scope=scope,
        near=Scope(near) if near else scope,
        whole=evidence.scope_of("basics"),
        before=claim.before,
    )


def _check(checked: Checked, claim: Claim) -> Iterator[RefusedClaim]:
    if claim.section == "skills" and claim.field in ("keywords", "name"):
        if claim.field != "name" or _plain(claim.after) not in GROUP_NAMES:
            yield from _known_skill(checked)
        return
    if claim.section == "skills" and claim.field == "level":
        yield RefusedClaim(rule="level", claim=claim.after)
        return
    supported = tuple(term for term in checked.said.terms if factchecks.is_supported(term, checked))
    yield from factchecks.numbers(checked)
    yield from factchecks.dates(checked)
    yield from factchecks.terms(checked)
    yield from factchecks.levels(checked)
    yield from wordchecks.words_of_rank(checked)
    yield from wordchecks.involvement(checked)
    yield from wordchecks.outcomes(checked)
    yield from wordchecks.hedges(checked)
    if claim.field in TITLES:
        yield from factchecks.title_words(checked, supported)
    exempt = [s for term in supported for s in content_stems(claim.after[term.start : term.end])]
    yield from wordchecks.content(checked, exempt)
    refused = {(term.start, term.end) for term in checked.said.terms} - {
        (term.start, term.end) for term in supported
    }
    covered = (*supported, *(t for t in checked.said.terms if (t.start, t.end) in refused))
    yield from unknown_names(claim.after, checked.scope, covered)


def _known_skill(checked: Checked) -> Iterator[RefusedClaim]:
    """A skill that is listed must be named in the CV, under any of its names."""
    text = checked.said.text
    terms = [term for term in checked.said.terms if term.kind in ("hard", "soft")]
    if terms and all(factchecks.is_supported(term, checked) for term in terms):
        named = sum(_letters(text[term.start : term.end]) for term in terms)
        if named == _letters(text):
            return
    wanted = fold(text).strip()
    is_said = any(wanted in f" {one.folded} " for one in checked.scope.said if wanted)
    if not (is_said and _stands_as_words(wanted, checked)):
        yield RefusedClaim(rule="tool", claim=text)


def _stands_as_words(wanted: str, checked: Checked) -> bool:
    pattern = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)")
    return any(pattern.search(one.folded) for one in checked.scope.said)


def _letters(text: str) -> int:
    return sum(letter.isalnum() for letter in text)


def _plain(text: str) -> str:
    return " ".join(fold(text).split())
