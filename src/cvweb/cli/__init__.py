"""The command line: which commands there are, and what their exit codes mean.

Each module of this package registers its commands with `register(subparsers)` and sets `run`, a
function of the parsed arguments that returns the exit code. What a command needs is imported when
it runs, so that reading a file never loads a web server.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
import traceback
from collections.abc import Sequence

from cvcore.errors import CvcoreError
from cvweb.cli.terminal import complain

DONE, REFUSED, WRONG_USAGE, INTERNAL_ERROR = 0, 1, 2, 3
INTERRUPTED = 130
COMMAND_MODULES = (
    "cvweb.cli.files",
    "cvweb.cli.check",
    "cvweb.cli.tailor",
    "cvweb.cli.demo",
    "cvweb.cli.serving",
)

__all__ = ["DONE", "INTERNAL_ERROR", "REFUSED", "WRONG_USAGE", "parser", "run"]


def parser() -> argparse.ArgumentParser:
    """The whole command line: every command of every module, with its help."""
    root = argparse.ArgumentParser(
        prog="cvweb",
        description="Reads a CV and a job offer, says how well they match and why, proposes "
        "changes that the CV supports, and exports the result.",
        epilog="Exit codes: 0 done, 1 the input was refused, 2 wrong usage, 3 internal error.",
    )
    commands = root.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name in COMMAND_MODULES:
        importlib.import_module(name).register(commands)
    return root


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; only wrong usage leaves by `SystemExit`."""
    given = parser().parse_args(arguments)
    try:
        code: int = given.run(given)
        sys.stdout.flush()
    except CvcoreError as error:
        complain(str(error))
        return REFUSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # whoever read our output has gone: nothing is left to say
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:  # noqa: BLE001  the last door: a bug is told, not shown off
        report_bug(error)
        return INTERNAL_ERROR
    return code


def report_bug(error: BaseException) -> None:
    """Say on stderr that this is our mistake; `CVWEB_TRACEBACK=1` shows where it happened."""
    complain(
        f"internal error ({type(error).__name__}): this is a mistake of the program, not of your "
        "file; set CVWEB_TRACEBACK=1 to see where, and please report it"
    )
    if os.environ.get("CVWEB_TRACEBACK"):
        traceback.print_exception(error, file=sys.stderr)
