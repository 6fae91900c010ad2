"""Opening an archive that may be hostile: its sizes are bounded before and while it unpacks."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

from cvweb.adapters.files.errors import ArchiveBomb, FileDamaged, FileEncrypted
from cvweb.adapters.files.limits import FileLimits

CHUNK_BYTES = 65_536


def open_archive(data: BytesIO, limits: FileLimits, *, kind: str) -> zipfile.ZipFile:
    """The archive, once what it declares is within the limits.

    Raises:
        FileDamaged: it is no archive.
        FileEncrypted: a part of it asks for a password.
        ArchiveBomb: it declares too many parts or bytes.
    """
    try:
        archive = zipfile.ZipFile(data)
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, EOFError, OSError, NotImplementedError) as error:
        raise FileDamaged(kind=kind, why="it is no whole archive") from error
    if len(entries) > limits.archive_entries_max or (
        sum(entry.file_size for entry in entries) > limits.unpacked_bytes_max
    ):
        raise ArchiveBomb(unpacked_bytes_max=limits.unpacked_bytes_max)
    if any(entry.flag_bits & 1 for entry in entries):
        raise FileEncrypted(kind=kind)
    return archive


def part_of(archive: zipfile.ZipFile, name: str, limits: FileLimits) -> bytes | None:
    """One part, unpacked no further than the limit, whatever it declares; None where it is absent.

    Raises:
        FileDamaged: it cannot be unpacked.
        ArchiveBomb: it holds more than it declares.
    """
    if name not in archive.namelist():
        return None
    held = bytearray()
    try:
        with archive.open(name) as part:
            while chunk := part.read(CHUNK_BYTES):
                held += chunk
                if len(held) > limits.unpacked_bytes_max:
                    raise ArchiveBomb(unpacked_bytes_max=limits.unpacked_bytes_max)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError,
            RuntimeError) as error:  # fmt: skip
        raise FileDamaged(kind="DOCX", why=f"{name} cannot be unpacked") from error
    return bytes(held)
