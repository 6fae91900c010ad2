"""The command that shows the whole job on the packaged samples, without a database or a network."""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from typing import Any

from cvweb.cli.terminal import paint, say, say_wrapped, width

INVENTED = {
    "en": "Led a team of 25 engineers and ran Kafka in production for 12 years",
    "fr": "Direction d'une équipe de 25 personnes et déploiement de Kafka pendant 12 ans",
}
"""What a writer that nobody checks might make up."""


def register(commands: Any) -> None:
    """Add `demo`."""
    demo = commands.add_parser("demo", help="the whole job on two packaged samples, explained")
    demo.add_argument("--out", metavar="DIR", help="where to write (default: a temporary folder)")
    demo.set_defaults(run=run_demo)


def run_demo(given: argparse.Namespace) -> int:
    """Read, score, propose, review and export both samples; print each step, write the results."""
    from cvweb.cli.outputs import make_folder
    from cvweb.samples import SAMPLES

    out = make_folder(given.out or tempfile.mkdtemp(prefix="cvweb-demo-"))
    begun = time.perf_counter()
    say_wrapped(
        "A person has a CV and finds a job offer. cvweb reads both, says how well they match and "
        "why, proposes changes that the CV supports, and exports the new version. Two invented "
        "people follow; nothing leaves this machine."
    )
    for sample in SAMPLES:
        say()
        show_sample(sample, out / sample.language)
    say()
    say(paint(f"Done in {time.perf_counter() - begun:.1f} s.", "bold") + f" Results: {out}")
    say_wrapped(
        "Next: `cvweb score CV OFFER` explains a score on your own files, `cvweb tailor CV OFFER "
        "--out DIR` does all of the above, `cvweb up` serves the web pages and the API."
    )
    return 0


def show_sample(sample: Any, folder: Path) -> None:
    """Do the job on one packaged pair and print it."""
    from datetime import UTC, datetime

    from cvweb.cli.main_job import do_job, write_outcome
    from cvweb.cli.receipt import say_score
    from cvweb.cli.tailor import say_result, say_step

    say(paint("=" * width(), "cyan"))
    say(paint(sample.title, "cyan", "bold"))
    say(f"  CV     {sample.cv_pdf}")
    say(f"  Offer  {sample.offer_html}")
    say()
    at = datetime.now(UTC).date()
    outcome = do_job(str(sample.cv_pdf), str(sample.offer_html), at=at, tell=say_step)
    files = write_outcome(outcome, folder, template="classic", tell=say_step)
    say()
    say_score(outcome.before, outcome.offer)
    say_result(outcome, files)
    say()
    show_refusal(outcome.cv)


def show_refusal(cv: Any) -> None:
    """Have the verifier judge a change that the CV does not support, as a careless writer makes."""
    from cvcore.tailoring import Proposal, judged
    from cvweb.cli.proposals import say_proposal

    job = cv.work[0]
    invented = Proposal(
        id="invented",
        path=f"work[{job.id}].highlights[{job.highlights[0].id}]",
        op="replace",
        before=job.highlights[0].text,
        after=INVENTED[cv.language or "en"],
        reason="It sounds better.",
    )
    say(paint("And a change that is refused, because the CV does not show what it claims", "bold"))
    say()
    say_proposal(cv, judged(cv, [invented])[0], 1)
