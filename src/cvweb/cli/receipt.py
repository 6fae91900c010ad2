"""A score as a person reads it in a terminal: every point with its reason."""

from __future__ import annotations

import sys

from cvcore.offers.model import Offer
from cvcore.scoring.model import Criterion, Score
from cvweb.cli.terminal import Colour, clean, paint, say, say_wrapped, width

DIMENSIONS = {
    "technicalSkills": "Technical skills",
    "experience": "Experience",
    "education": "Education",
    "softSkillsLanguages": "Soft skills, languages",
}
STATES: dict[str, tuple[str, str, Colour]] = {  # state: mark, mark in ASCII, colour
    "met": ("✓", "+", "green"),
    "partial": ("~", "~", "yellow"),
    "missing": ("✗", "x", "red"),
    "unverifiable": ("?", "?", "dim"),
}
RULES = {
    "trade_fields": "how much of the offer's field the jobs show",
    "title": "the same occupation",
    "title_words": "words of the title in a job's title",
    "title_family": "a related occupation",
    "title_trade": "an occupation of the same trade",
    "skill": "a skill",
    "family": "a related skill",
    "broader": "a broader or narrower skill",
    "soft": "a way of working",
    "years": "years of the dated jobs",
    "years_undated": "jobs, but without dates to count years from",
    "years_stated": "years as the CV states them, without dated jobs",
    "seniority": "the level of the jobs held",
    "seniority_below": "a level below",
    "degree": "the degree",
    "degree_below": "a degree below",
    "language": "the language at its level",
    "language_below": "the language below its level",
    "experience": "a dated job",
    "none": "nothing in the CV speaks of it",
    "unverifiable": "no CV could show it, so it does not count",
}
PLACES = {
    "used": "shown in a job or project",
    "listed": "listed, but no job tells of it",
    "stated": "stated, but no job tells of it",
    "certified": "certified",
    "studied": "part of a course of study",
}
BAR_CELLS = 20
QUOTE_CHARACTERS_MAX = 160
SUGGESTIONS_SHOWN_MAX = 5


def say_score(score: Score, offer: Offer) -> None:
    """Print the whole receipt: the score, its parts, each criterion with its evidence, advice."""
    say_offer(offer)
    say()
    say_value(score)
    say()
    say(paint("What the offer asks, and what the CV shows", "bold"))
    for criterion in score.criteria:
        say_criterion(criterion)
    if score.suggestions:
        say()
        say(paint("What would help, if it is true", "bold"))
        for suggestion in score.suggestions[:SUGGESTIONS_SHOWN_MAX]:
            title = f"{clean(suggestion.title)} (up to {suggestion.gain:+.1f})"
            say_wrapped(title, indent=2)
            say_wrapped(suggestion.detail, indent=4, colour="dim")
    for flag in score.flags:
        say_wrapped(f"Note: {flag.detail}", indent=2, colour="yellow")
    say()
    receipt = score.receipt
    rules = f"{receipt.engine}, lexicon {receipt.lexicon}, {receipt.matcher}, {receipt.at:%Y-%m}"
    say_wrapped(f"Counted by {rules}: the same files give the same score.", colour="dim")


def say_offer(offer: Offer) -> None:
    """Print which offer it is."""
    parts = (offer.title, offer.company, offer.location.text)
    say_wrapped(" · ".join(part for part in parts if part) or "An offer", colour="bold")
    if offer.status == "closed":
        say_wrapped("This offer is closed: nobody can apply any more.", colour="yellow")


def say_value(score: Score) -> None:
    """Print the score and its four parts as bars."""
    if score.value is None:
        say("No score: the offer states nothing that a CV could be checked against.")
        return
    say(f"{'Score':<24} {bar(score.value)} {paint(f'{score.value:>3} of 100', 'bold')}")
    for key, part in score.breakdown.items():
        name = DIMENSIONS.get(key, key)
        if part.value is None:
            say(f"  {name:<22} {paint('not asked', 'dim')}")
        else:
            weight = paint(f"weighs {part.weight:.0f} %", "dim")
            say(f"  {name:<22} {bar(part.value)} {part.value:>3.0f}   {weight}")


def say_criterion(criterion: Criterion) -> None:
    """Print one line of the receipt, its rule and the words that prove it."""
    fancy, plain, colour = STATES[criterion.state]
    mark = paint(fancy if can_print(fancy) else plain, colour)
    points = f"{criterion.earned:.1f} of {criterion.weight:.1f}"
    if criterion.state == "unverifiable":
        points = "not counted"
    text = shorten(criterion.text, width() - 22)
    if criterion.requirement == "trade":
        text = shorten(f"Field of work: {criterion.text}", width() - 22)
    say(f"{mark} {text:<{width() - 20}} {points:>14}")
    rule = rule_words(criterion.rule)
    wished = " (a wish, weighs half)" if criterion.necessity == "preferred" else ""
    say_wrapped(f"{rule}{wished}", indent=4, colour="dim")
    for evidence in criterion.evidence[:2]:
        say_wrapped(f'"{shorten(evidence.quote, QUOTE_CHARACTERS_MAX)}"', indent=4)


def rule_words(rule: str) -> str:
    """A rule in words: what kind of evidence, and where it stands."""
    if rule in RULES:
        return RULES[rule]
    kind, _, place = rule.rpartition("_")
    if kind in RULES and place in PLACES:
        return f"{RULES[kind]}, {PLACES[place]}"
    return rule.replace("_", " ")


def bar(value: float) -> str:
    """A bar for 0 to 100."""
    full = round(max(0.0, min(100.0, value)) / 100 * BAR_CELLS)
    filled, empty = ("█", "░") if can_print("█░") else ("#", ".")
    colour: Colour = "green" if value >= 70 else "yellow" if value >= 40 else "red"
    return paint(filled * full, colour) + paint(empty * (BAR_CELLS - full), "dim")


def shorten(text: str, characters_max: int) -> str:
    """A text on one line, cut at a word where it is too long."""
    line = clean(text)
    if len(line) <= characters_max:
        return line
    return line[: characters_max - 3].rsplit(" ", 1)[0] + "..."


def can_print(text: str) -> bool:
    """Whether the terminal's encoding has these characters."""
    try:
        text.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True
