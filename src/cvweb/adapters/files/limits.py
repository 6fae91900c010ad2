"""What a file may cost to read."""

from __future__ import annotations

import msgspec

MEBIBYTE = 1024 * 1024


class FileLimits(msgspec.Struct, frozen=True, kw_only=True):
    """The bounds of reading one file, each with its unit in its name.

    `unpacked_bytes_max` bounds what an archive (a DOCX is one) unpacks to, `characters_max` the
    text taken from any file, `parse_seconds_max` the whole time a file takes until its parser is
    stopped, `memory_bytes_max` the memory of the process that parses.
    """

    upload_bytes_max: int = 10 * MEBIBYTE
    pages_max: int = 50
    unpacked_bytes_max: int = 100 * MEBIBYTE
    archive_entries_max: int = 2_000
    characters_max: int = 1_000_000
    lines_max: int = 30_000
    links_max: int = 2_000
    parse_seconds_max: float = 8.0
    memory_bytes_max: int = 480 * MEBIBYTE
    files_per_process_max: int = 500


LIMITS = FileLimits()
"""The limits of an installation that sets none."""
