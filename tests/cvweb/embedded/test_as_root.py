"""Root in a container: the server runs as somebody else, and no folder's mode is changed."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import psutil
import psycopg
import pytest

from cvweb import embedded
from cvweb.embedded.account import Account, reachable_binaries, server_account

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root lends the server a user")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_server_does_not_run_as_root(data: Path) -> None:
    with embedded.start(data, options={"fsync": "off"}) as server:
        assert psutil.Process(server.pid).uids().real != 0
    assert mode(data.parent) == 0o755


def test_a_closed_folder_of_its_own_is_handed_over_with_its_mode_kept(place: Path) -> None:
    data = place / "data"
    data.mkdir(mode=0o700)
    with (
        embedded.start(data, options={"fsync": "off"}) as server,
        psycopg.connect(server.url()) as connection,
    ):
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert mode(data) == 0o700
    with embedded.start(data, options={"fsync": "off"}):
        assert mode(data) == 0o700


def test_a_closed_folder_with_other_things_in_it_is_left_alone(place: Path) -> None:
    data = place / "data"
    data.mkdir(mode=0o700)
    (data / "letters.txt").write_text("mine")
    with pytest.raises(embedded.FolderUnreachable, match="DATABASE_URL"):
        embedded.start(data)
    assert (mode(data), data.stat().st_uid) == (0o700, 0)


def test_a_closed_folder_above_is_named_and_not_opened(place: Path) -> None:
    private = place / "private"
    private.mkdir(mode=0o700)
    with pytest.raises(embedded.FolderUnreachable) as caught:
        embedded.start(private / "deep" / "data")
    assert caught.value.folder == str(private)
    assert mode(private) == 0o700
    assert not (private / "deep").exists()


def test_binaries_below_a_closed_folder_are_copied_to_where_the_user_may_pass(
    place: Path,
) -> None:
    account = server_account(place)
    closed = place / "private" / "wheel" / "pginstall18"
    (closed / "bin").mkdir(parents=True)
    (closed / "bin" / "postgres").write_text("#!/bin/sh\n")
    (closed / "bin" / "postgres").chmod(0o700)
    (place / "private").chmod(0o700)
    copy = reachable_binaries(closed, account)
    try:
        assert copy != closed
        assert mode(copy / "bin" / "postgres") == 0o755
        assert reachable_binaries(closed, account) == copy
        assert mode(place / "private") == 0o700
    finally:
        shutil.rmtree(copy.parents[1])


def test_binaries_that_can_be_reached_are_used_in_place(place: Path) -> None:
    folder = place / "pginstall18"
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "postgres").touch(mode=0o755)
    assert reachable_binaries(folder, Account("nobody", 65534, 65534, is_lent=True)) == folder
