"""Writing files: whole, or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from cvweb.cli.errors import FileNotWritable
from cvweb.cli.inputs import STANDARD_INPUT, shown


def write_bytes(name: str | Path, data: bytes) -> None:
    """Write a whole file, or none of it; `-` is standard output.

    Raises:
        FileNotWritable: the folder is missing or may not be written.
    """
    if name == STANDARD_INPUT:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        return
    target = Path(name)
    try:
        if target.exists() and not target.is_file():  # a pipe, a terminal: nothing to replace
            target.write_bytes(data)
        else:
            replace_whole(target, data)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise FileNotWritable(file=shown(str(name)), why=why) from error


def replace_whole(target: Path, data: bytes) -> None:
    """Write beside the target, then take its name: nobody ever sees half a file."""
    descriptor, temporary = tempfile.mkstemp(dir=target.parent, prefix=".cvweb-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        Path(temporary).chmod(0o666 & ~current_umask())
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def current_umask() -> int:
    """The permissions that new files do not get."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def make_folder(name: str | Path) -> Path:
    """The folder of that name, made where it is missing.

    Raises:
        FileNotWritable: it cannot be made, or a file is in its place.
    """
    folder = Path(name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileNotWritable(file=shown(str(name)), why=error.strerror or str(error)) from error
    return folder
