"""Proposals, and what they change in a score, as a person reads them in a terminal."""

from __future__ import annotations

from typing import Any

from cvcore.cv import Cv, paths
from cvcore.errors import CvcoreError
from cvcore.scoring.model import Score
from cvcore.tailoring import Proposal
from cvweb.cli.places import item_name, place_in_words
from cvweb.cli.receipt import can_print, shorten
from cvweb.cli.terminal import Colour, paint, say, say_wrapped, width

VERBS = {"replace": "Rewrite", "insert": "Add to", "remove": "Remove", "move": "Move"}
STATES: dict[str, Colour] = {"accepted": "green", "conflict": "red", "rejected": "red"}
REFUSALS = {
    "number": "a number your CV does not show",
    "date": "a date your CV does not show",
    "name": "a name your CV does not show",
    "employer": "an employer your CV does not show",
    "title": "a title your CV does not show",
    "seniority": "a level your CV does not show",
    "degree": "a degree your CV does not show",
    "tool": "a skill your CV does not show here",
    "language": "a language your CV does not show",
    "level": "a level your CV does not show",
    "involvement": "more than your CV says you did",
    "result": "a result your CV does not show",
    "superlative": "praise your CV does not support",
    "citation": "a quote that does not stand in your CV",
    "content": "a sentence your CV does not support",
    "fixed_fact": "a fact that no proposal may change",
}
QUOTE_CHARACTERS_MAX = 150
CITATIONS_SHOWN_MAX = 2


def say_proposals(cv: Cv, proposals: tuple[Proposal, ...]) -> None:
    """Print each proposal: where, what, why, and the words of the CV that justify it."""
    for number, proposal in enumerate(proposals, 1):
        say_proposal(cv, proposal, number)


def say_proposal(cv: Cv, proposal: Proposal, number: int) -> None:
    """Print one proposal."""
    state = "refused" if proposal.verdict == "refused" else proposal.state
    colour = STATES.get(state, "yellow")
    where = place_in_words(cv, proposal.path)
    head = shorten(f"{number:>2}. {VERBS[proposal.op]}: {where}", width() - 12)
    say(f"{paint(f'{head:<{width() - 12}}', 'bold')} {paint(f'{state:>10}', colour)}")
    if proposal.op == "move":
        say_wrapped(moved(cv, proposal), indent=4)
    else:
        if proposal.before is not None:
            say_wrapped(as_text(proposal.before), indent=4, first="- ", colour="red")
        if proposal.after is not None:
            say_wrapped(as_text(proposal.after), indent=4, first="+ ", colour="green")
    say_wrapped(proposal.reason, indent=4, first="Why: ")
    for citation in proposal.citations[:CITATIONS_SHOWN_MAX]:
        quote = f'"{shorten(citation.quote, QUOTE_CHARACTERS_MAX)}"'
        say_wrapped(quote, indent=4, first="Your CV says: ", colour="dim")
    for refusal in proposal.refusals:
        why = REFUSALS.get(refusal.rule, refusal.rule.replace("_", " "))
        say_wrapped(f"{why}: {refusal.claim}", indent=4, first="Refused: ", colour="red")
    say()


def moved(cv: Cv, proposal: Proposal) -> str:
    """What a move moves, and where to."""
    what = shorten(as_text(proposal.before), QUOTE_CHARACTERS_MAX)
    after = proposal.position.after if proposal.position else None
    if after is None:
        return f'"{what}" to the top'
    holder = proposal.path.rsplit("[", 1)[0]
    try:
        other = as_text(paths.get(cv, f"{holder}[{after}]"))
    except CvcoreError:
        other = after
    return f'"{what}" behind "{shorten(other, 60)}"'


def as_text(value: Any) -> str:
    """A text, or an item in one line."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        words = [str(word) for word in value.get("keywords") or ()]
        name = item_name(value, "an item")
        return f"{name}: {', '.join(words)}" if words else name
    return str(getattr(value, "text", value))


def say_change(before: Score, after: Score) -> None:
    """Print the score before and after, and each criterion whose points changed."""
    arrow = "→" if can_print("→") else "->"
    values = f"{number(before)} {arrow} {number(after)} of 100"
    say(f"{paint('The score', 'bold')}  {paint(values, 'bold')}")
    was = {each.requirement: each for each in before.criteria}
    changed = [
        (was[each.requirement], each)
        for each in after.criteria
        if each.requirement in was and abs(each.earned - was[each.requirement].earned) >= 0.05
    ]
    for old, new in changed:
        text = shorten(new.text, width() - 26)
        say(f"  {text:<{width() - 24}} {old.earned:>5.1f} {arrow} {new.earned:<5.1f}")
    if not changed:
        say_wrapped(
            "No criterion changes: the score had already counted all that this CV shows, and a "
            "proposal never claims more. What changes is what a reader sees first.",
            indent=2,
            colour="dim",
        )


def number(score: Score) -> str:
    """A score as a number; a dash where there is none."""
    return "-" if score.value is None else str(score.value)
