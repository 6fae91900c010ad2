"""The command that proposes changes to a CV for an offer."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from cvweb.cli.files import add_at, tell_findings
from cvweb.cli.terminal import paint, print_json, say, width

NAME_WIDTH = 20


def register(commands: Any) -> None:
    """Add `tailor`."""
    tailor = commands.add_parser(
        "tailor", help="propose changes that the CV supports, and score before and after"
    )
    tailor.add_argument("cv", metavar="CV", help="a CV of any readable kind")
    tailor.add_argument("offer", metavar="OFFER", help="an offer of any readable kind, or a URL")
    tailor.add_argument("--out", metavar="DIR", help="write the new CV, scores and proposals here")
    tailor.add_argument("--json", action="store_true", help="the whole answer as JSON")
    tailor.add_argument("--template", default="classic", help="classic, modern or compact")
    add_at(tailor, "the day to count experience up to (default: today)")
    tailor.set_defaults(run=run_tailor)


def run_tailor(given: argparse.Namespace) -> int:
    """Print each proposal with its reason; with `--out`, write the new CV."""
    from cvweb.adapters.files.export_options import ExportOptions, vet
    from cvweb.cli.main_job import as_json, do_job, write_outcome

    vet("pdf", given.template, ExportOptions())
    tell = silent if given.json else say_step
    outcome = do_job(given.cv, given.offer, at=given.at, tell=tell)
    files = []
    if given.out is not None:
        files = write_outcome(outcome, Path(given.out), template=given.template, tell=tell)
    if given.json:
        print_json(as_json(outcome))
    else:
        say_result(outcome, files)
        if not files:
            say("Nothing was written; --out DIR writes the new CV, the scores and the proposals.")
    tell_findings(outcome.findings, given.cv)
    return 0


def silent(_step: Any) -> None:
    """Tell nothing."""


def say_step(step: Any) -> None:
    """Print a step that is done, with its time."""
    took = paint(f"{step.seconds * 1000:>7,.0f} ms", "dim")
    room = width() - NAME_WIDTH - 12
    result = step.result if len(step.result) <= room else step.result[: room - 3] + "..."
    say(f"{step.name:<{NAME_WIDTH}} {result:<{room}} {took}")


def say_result(outcome: Any, files: list[Path]) -> None:
    """Print the proposals, what they change in the score, and where the files are."""
    from cvweb.cli.proposals import say_change, say_proposals

    say()
    if outcome.proposals:
        say(paint("What is proposed, each change with its reason and its proof", "bold"))
        say()
        say_proposals(outcome.cv, outcome.proposals)
    else:
        say("Nothing is proposed: the CV already shows what it can for this offer.")
        say()
    say_change(outcome.before, outcome.after)
    if files:
        say()
        say(paint("Written", "bold"))
        for file in files:
            say(f"  {file}")
