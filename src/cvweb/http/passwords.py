"""Passwords: argon2id, in threads, so that one sign-in does not hold up everybody else."""

from __future__ import annotations

import asyncio

import msgspec
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

PASSWORD_CHARACTERS_MIN = 8
PASSWORD_CHARACTERS_MAX = 256


class PasswordCost(msgspec.Struct, frozen=True):
    """What one hash costs; the defaults are the first recommendation of RFC 9106 for servers short
    of memory. Tests use cheaper ones."""

    rounds: int = 3
    memory_kibibytes: int = 65536
    lanes: int = 4
    at_once_max: int = 4


class Passwords:
    """Hashes and checks, at most `at_once_max` at a time."""

    def __init__(self, cost: PasswordCost | None = None) -> None:
        cost = cost or PasswordCost()
        self._hasher = PasswordHasher(
            time_cost=cost.rounds, memory_cost=cost.memory_kibibytes, parallelism=cost.lanes
        )
        self._turns = asyncio.Semaphore(cost.at_once_max)
        self._nobody: str | None = None

    async def hashed(self, password: str) -> str:
        """The hash to keep, salt and cost included."""
        async with self._turns:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def fits(self, kept: str | None, password: str) -> bool:
        """Whether `password` belongs to the hash `kept`.

        Without a hash (no such account) it takes as long and says no, so that an answer's time does
        not tell which accounts exist.
        """
        compared = kept or await self._nobodys()
        async with self._turns:
            fits = await asyncio.to_thread(self._fits, compared, password)
        return fits and kept is not None

    def is_outdated(self, kept: str) -> bool:
        """Whether `kept` was made at another cost than today's and should be made again."""
        return self._hasher.check_needs_rehash(kept)

    async def _nobodys(self) -> str:
        if self._nobody is None:
            self._nobody = await self.hashed("nobody's password")
        return self._nobody

    def _fits(self, kept: str, password: str) -> bool:
        try:
            return self._hasher.verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False
