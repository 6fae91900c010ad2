"""What can fail of a backup's file and of the way to the database."""

from __future__ import annotations

from pathlib import Path

import pytest

from cvweb.adapters.postgres import (
    ArchiveRefused,
    BackupNotWritten,
    DatabaseUnavailable,
    back_up,
    restore,
)

NOBODY = "postgresql://nobody@127.0.0.1:1/nothing"


def names(folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir()]


async def test_a_backup_is_for_its_owner_alone(clean_url: str, tmp_path: Path) -> None:
    await back_up(clean_url, tmp_path / "all.zip")
    assert (tmp_path / "all.zip").stat().st_mode & 0o777 == 0o600
    assert names(tmp_path) == ["all.zip"]


async def test_a_backup_into_a_missing_folder_says_so(clean_url: str, tmp_path: Path) -> None:
    with pytest.raises(BackupNotWritten, match="No such file"):
        await back_up(clean_url, tmp_path / "missing" / "all.zip")


async def test_a_backup_of_a_database_that_does_not_answer_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable):
        await back_up(NOBODY, tmp_path / "all.zip")
    assert names(tmp_path) == []


async def test_a_restore_tells_a_lost_database_from_a_missing_or_damaged_file(
    clean_url: str, tmp_path: Path
) -> None:
    await back_up(clean_url, tmp_path / "all.zip")
    with pytest.raises(DatabaseUnavailable):
        await restore(NOBODY, tmp_path / "all.zip")
    with pytest.raises(ArchiveRefused, match="cannot be read"):
        await restore(NOBODY, tmp_path / "missing.zip")
    (tmp_path / "text.zip").write_text("no archive")
    with pytest.raises(ArchiveRefused, match="damaged"):
        await restore(NOBODY, tmp_path / "text.zip")
