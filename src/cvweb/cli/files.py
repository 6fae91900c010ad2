"""The commands that read, score and export files; none of them needs a database or a network."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from cvcore.errors import CvcoreError
from cvcore.offers.model import Finding
from cvweb.cli import inputs
from cvweb.cli.outputs import write_bytes
from cvweb.cli.terminal import clean, complain, print_json, say

Commands = Any  # argparse keeps the type of its subparsers to itself
FORMATS = ("pdf", "docx", "md", "typst", "json")


def register(commands: Commands) -> None:
    """Add `read-cv`, `read-offer`, `score` and `export`."""
    read_cv = commands.add_parser("read-cv", help="read CVs: PDF, DOCX, HTML, text, JSON Resume")
    read_cv.add_argument("files", nargs="+", metavar="FILE", help="a file, or - for standard input")
    read_cv.add_argument("--jsonl", action="store_true", help="one line of JSON per file")
    read_cv.set_defaults(run=run_read_cv)

    read_offer = commands.add_parser("read-offer", help="read job offers: page, PDF, text, URL")
    read_offer.add_argument("files", nargs="+", metavar="FILE|URL", help="a file, a URL, or -")
    add_at(read_offer, "whether an offer is open is answered as of this day (default: today)")
    read_offer.add_argument("--jsonl", action="store_true", help="one line of JSON per file")
    read_offer.set_defaults(run=run_read_offer)

    score = commands.add_parser("score", help="say how well a CV matches an offer, and why")
    score.add_argument("cv", metavar="CV", help="a CV of any readable kind")
    score.add_argument("offer", metavar="OFFER", help="an offer of any readable kind, or a URL")
    score.add_argument("--json", action="store_true", help="the score as JSON")
    add_at(score, "the day to count experience up to (default: today)")
    score.set_defaults(run=run_score)

    export = commands.add_parser("export", help="write a CV as PDF, DOCX, Markdown, Typst or JSON")
    export.add_argument("cv", metavar="CV", help="a CV of any readable kind")
    export.add_argument("--to", required=True, choices=FORMATS, help="the format")
    export.add_argument("-o", "--output", required=True, metavar="F", help="the file, or -")
    export.add_argument(
        "--check", action="store_true", help="also say what a program that reads it would lose"
    )
    add_look(export)
    export.set_defaults(run=run_export)


def add_at(parser: argparse.ArgumentParser, help: str) -> None:
    """Add `--at`, a day as YYYY-MM-DD."""
    today = datetime.now(UTC).date()
    parser.add_argument("--at", type=date.fromisoformat, default=today, metavar="DATE", help=help)


def add_look(parser: argparse.ArgumentParser) -> None:
    """Add the options of how an exported CV looks."""
    parser.add_argument("--template", default="classic", help="classic, modern or compact")
    parser.add_argument("--paper", choices=("a4", "letter"), default="a4", help="the paper")
    parser.add_argument(
        "--labels", choices=("en", "fr"), default=None, help="language of the headings"
    )
    parser.add_argument("--sections", metavar="A,B", help="only these sections, in this order")


def run_read_cv(given: argparse.Namespace) -> int:
    """Print each CV as JSON Resume."""
    from cvcore.cv import to_json_resume

    def answer(name: str) -> tuple[dict[str, Any], tuple[Finding, ...]]:
        cv, findings = inputs.read_cv(name)
        return {"cv": to_json_resume(cv)}, findings

    if given.jsonl:
        return print_lines(given.files, answer, nothing={"cv": None})
    return print_documents(given.files, answer, field="cv")


def run_read_offer(given: argparse.Namespace) -> int:
    """Print each offer; a page that is none is answered with its status."""

    def answer(name: str) -> tuple[dict[str, Any], tuple[Finding, ...]]:
        reading = inputs.read_offer(name, at=given.at)
        return {"offer": reading.offer, "status": reading.status}, reading.findings

    if given.jsonl:
        return print_lines(given.files, answer, nothing={"offer": None, "status": "unreadable"})
    return print_documents(given.files, answer, field="offer")


Answer = Callable[[str], tuple[dict[str, Any], tuple[Finding, ...]]]


def print_lines(files: list[str], answer: Answer, *, nothing: dict[str, Any]) -> int:
    """One line per file in the order given, whatever happens to each; 1 where any has an error."""
    code = 0
    for name in files:
        line: dict[str, Any] = {"file": inputs.shown(name), **nothing, "findings": []}
        line["error"] = None
        try:
            values, findings = answer(name)
            line |= {**values, "findings": findings}
        except CvcoreError as error:
            line["error"], code = {"code": error.code, "message": str(error)}, 1
        except Exception as error:  # noqa: BLE001  the other files must have their line too
            what = f"the reader broke on this file ({type(error).__name__}); please report it"
            line["error"], code = {"code": "internal_error", "message": what}, 1
        print_json(line, pretty=False)
    return code


def print_documents(files: list[str], answer: Answer, *, field: str) -> int:
    """Each document as readable JSON, findings and refusals on stderr; 1 where any was refused."""
    code = 0
    for name in files:
        try:
            values, findings = answer(name)
        except CvcoreError as error:
            complain(f"{inputs.shown(name)}: {error}")
            code = 1
            continue
        print_json(values[field] if values[field] is not None else values)
        tell_findings(findings, name)
    return code


def tell_findings(findings: tuple[Finding, ...], name: str) -> None:
    """What the reader noticed, on stderr."""
    for finding in findings:
        complain(clean(f"{inputs.shown(name)}: {finding.detail} ({finding.code})"))


def run_score(given: argparse.Namespace) -> int:
    """Print the score: a receipt to read, or JSON."""
    from cvcore.scoring import score

    cv, cv_findings = inputs.read_cv(given.cv)
    offer, offer_findings = inputs.offer_of(given.offer, at=given.at)
    result = score(cv, offer, at=given.at)
    if given.json:
        print_json(result)
    else:
        from cvweb.cli.receipt import say_score

        say_score(result, offer)
    tell_findings(cv_findings, given.cv)
    tell_findings(offer_findings, given.offer)
    return 0


def run_export(given: argparse.Namespace) -> int:
    """Write the CV in another format."""
    from cvweb.adapters.files.export import export_cv
    from cvweb.adapters.files.export_options import ExportOptions

    cv, _ = inputs.read_cv(given.cv)
    sections = tuple(s.strip() for s in given.sections.split(",")) if given.sections else ()
    options = ExportOptions(paper=given.paper, labels=given.labels, sections=sections)
    exported = export_cv(cv, given.to, template=given.template, options=options)
    write_bytes(given.output, exported.data)
    if given.output != inputs.STANDARD_INPUT:
        say(f"{given.output}: {len(exported.data):,} bytes, {exported.media_type}")
    findings = exported.findings
    if given.check:
        from cvweb.adapters.files.export_gate import check_export

        findings = check_export(cv, exported, options)
        if not findings:
            complain(f"{inputs.shown(given.output)}: read back whole, nothing is lost")
    tell_findings(findings, given.output)
    return 0
