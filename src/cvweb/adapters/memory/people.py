"""Accounts, sessions and API keys in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime

import msgspec

from cvcore.ids import OwnerId
from cvcore.memory.transaction import Table, Transaction
from cvweb.ports import ApiKey, EmailTaken, Session, User


class PeopleTables:
    """What everybody sees of accounts."""

    def __init__(self) -> None:
        self.users: Table[OwnerId, User] = Table()
        self.emails: Table[str, OwnerId] = Table()
        self.sessions: Table[str, Session] = Table()
        self.keys: Table[str, ApiKey] = Table(group_of=lambda row: row.owner)
        self.hashes: Table[str, tuple[OwnerId, str]] = Table()


class MemoryUsers:
    """A `UserStore` over one transaction."""

    def __init__(self, tables: PeopleTables, transaction: Transaction) -> None:
        self._tables, self._transaction = tables, transaction

    async def add(self, user: User) -> None:
        """Keep a new account."""
        await self._claim(user)
        await self._transaction.put(self._tables.users, user.id, user)

    async def get(self, id: OwnerId) -> User | None:
        """The account, or None."""
        found = self._transaction.get(self._tables.users, id)
        await asyncio.sleep(0)
        return found

    async def by_email(self, email: str) -> User | None:
        """The account with this address, whatever its case."""
        id = self._transaction.get(self._tables.emails, email.lower())
        return None if id is None else await self.get(id)

    async def update(self, user: User) -> None:
        """Write the account over the one with its id."""
        there = self._transaction.get(self._tables.users, user.id)
        if there is None:
            return
        await self._claim(user)
        if there.email.lower() != user.email.lower():
            await self._transaction.remove(self._tables.emails, there.email.lower())
        await self._transaction.put(self._tables.users, user.id, user)

    async def _claim(self, user: User) -> None:
        address = user.email.lower()
        await self._transaction.lock(self._tables.emails, address)
        if self._transaction.get(self._tables.emails, address) not in {None, user.id}:
            raise EmailTaken
        await self._transaction.put(self._tables.emails, address, user.id)


class MemorySessions:
    """A `SessionStore` over one transaction."""

    def __init__(self, tables: PeopleTables, transaction: Transaction) -> None:
        self._tables, self._transaction = tables, transaction

    async def add(self, session: Session) -> None:
        """Keep a new session."""
        await self._transaction.put(self._tables.sessions, session.token_hash, session)

    async def get(self, token_hash: str) -> Session | None:
        """The session, or None."""
        found = self._transaction.get(self._tables.sessions, token_hash)
        await asyncio.sleep(0)
        return found

    async def remove(self, token_hash: str) -> None:
        """End a session."""
        await self._transaction.remove(self._tables.sessions, token_hash)

    async def remove_ended(self, now: datetime) -> int:
        """Remove the sessions that ended at `now`."""
        rows = list(self._transaction.rows(self._tables.sessions))
        ended = [row for row in rows if row.expires_at <= now]
        for row in ended:
            await self._transaction.remove(self._tables.sessions, row.token_hash)
        return len(ended)


class MemoryApiKeys:
    """An `ApiKeyStore` over one transaction."""

    def __init__(self, tables: PeopleTables, transaction: Transaction) -> None:
        self._tables, self._transaction = tables, transaction

    async def add(self, key: ApiKey) -> None:
        """Keep a new key."""
        await self._transaction.put(self._tables.keys, key.id, key)
        await self._transaction.put(self._tables.hashes, key.key_hash, (key.owner, key.id))

    async def by_hash(self, key_hash: str) -> ApiKey | None:
        """The key, or None."""
        found = self._transaction.get(self._tables.hashes, key_hash)
        await asyncio.sleep(0)
        return None if found is None else self._transaction.get(self._tables.keys, found[1])

    async def of_owner(self, owner: OwnerId) -> Sequence[ApiKey]:
        """The owner's keys, newest first."""
        rows = list(self._transaction.rows(self._tables.keys, owner))
        await asyncio.sleep(0)
        return sorted(rows, key=lambda row: (row.created_at, row.id), reverse=True)

    async def remove(self, owner: OwnerId, id: str) -> bool:
        """Remove the owner's key."""
        there = self._transaction.get(self._tables.keys, id)
        if there is None or there.owner != owner:
            return False
        await self._transaction.remove(self._tables.keys, id)
        await self._transaction.remove(self._tables.hashes, there.key_hash)
        return True

    async def used(self, id: str, at: datetime) -> None:
        """Note when the key was last used."""
        there = self._transaction.get(self._tables.keys, id)
        if there is not None:
            there = msgspec.structs.replace(there, last_used_at=at)
            await self._transaction.put(self._tables.keys, id, there)
