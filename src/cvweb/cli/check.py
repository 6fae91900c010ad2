"""`cvweb check-cv`: what a machine reads wrong in a CV's very file."""

from __future__ import annotations

import argparse
from typing import Any

from cvweb.cli import inputs
from cvweb.cli.terminal import clean, print_json, say

Commands = Any  # argparse keeps the type of its subparsers to itself


def register(commands: Commands) -> None:
    """Add `check-cv`."""
    check = commands.add_parser("check-cv", help="say what a machine reads wrong in a CV's file")
    check.add_argument("file", metavar="FILE", help="a CV of any readable kind, or -")
    check.add_argument("--json", action="store_true", help="the findings as JSON")
    check.set_defaults(run=run_check_cv)


def run_check_cv(given: argparse.Namespace) -> int:
    """Print the findings, each with its page and the words it is about."""
    from cvweb.adapters.files.check import check_cv_file

    checked = check_cv_file(inputs.read_bytes(given.file))
    if given.json:
        print_json(checked)
        return 0
    say(f"{inputs.shown(given.file)}: {checked.score} of 100")
    for one in checked.findings:
        place = f"page {one.page}: " if one.page else ""
        words = f' "{one.text}"' if one.text else ""
        say(clean(f"  {one.severity}: {place}{one.detail}{words} ({one.check})"))
    for name in checked.passed:
        say(f"  passed: {name}")
    for name, why in checked.skipped.items():
        say(f"  skipped: {name}, {why}")
    return 0
