"""Opening an account, proving that it is one's own, and its keys."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import msgspec

from cvcore.clock import Clock
from cvcore.errors import NotFound
from cvcore.ids import NewId, OwnerId, RequestKey
from cvcore.ledger.service import Ledger
from cvcore.money import Credits
from cvcore.unit import Begin
from cvweb.features.accounts.errors import TooManyKeys
from cvweb.http.errors import FieldProblem, InvalidRequest, NotSignedIn, WrongCredentials
from cvweb.http.passwords import PASSWORD_CHARACTERS_MAX, PASSWORD_CHARACTERS_MIN, Passwords
from cvweb.http.tokens import new_api_key, shown, token_hash
from cvweb.ports import ApiKey, Unit, User

EMAIL_CHARACTERS_MAX = 254
NAME_CHARACTERS_MAX = 120
KEYS_MAX = 20


class Accounts:
    """Accounts and their keys."""

    def __init__(
        self,
        *,
        begin: Begin[Unit],
        clock: Clock,
        new_id: NewId,
        ledger: Ledger,
        passwords: Passwords,
        welcome_credits: int,
    ) -> None:
        self._begin = begin
        self._clock = clock
        self._new_id = new_id
        self._ledger = ledger
        self._passwords = passwords
        self._welcome_credits = Credits(welcome_credits)

    async def new_user(
        self, *, email: str, password: str, name: str | None = None, language: str | None = None
    ) -> User:
        """An account ready to `keep`, checked and its password hashed outside any transaction.

        Raises:
            InvalidRequest: address, password, name or language will not do; every problem named.
        """
        problems = [
            *email_problems(email),
            *password_problems(password),
            *name_problems(name),
            *language_problems(language),
        ]
        if problems:
            raise InvalidRequest(problems)
        now = self._clock()
        return User(
            id=OwnerId(self._new_id()),
            email=clean_email(email),
            name=name.strip() or None if name is not None else None,
            language=language,
            password_hash=await self._passwords.hashed(password),
            created_at=now,
            updated_at=now,
        )

    async def keep(self, unit: Unit, user: User) -> None:
        """Open the account and give its welcome credits, both in this unit or neither.

        Raises:
            EmailTaken: somebody has an account with this address.
        """
        await unit.users.add(user)
        if self._welcome_credits > 0:
            await self._ledger.within(unit).grant(
                user.id,
                self._welcome_credits,
                kind="gift",
                key=RequestKey(f"welcome:{user.id}"),
                source="welcome",
            )

    async def proven(self, *, email: str, password: str) -> User:
        """The account of this address, its password being right.

        Raises:
            WrongCredentials: they do not belong together; it never says which of them is wrong.
        """
        async with self._begin() as unit:
            user = await unit.users.by_email(clean_email(email))
        kept = None if user is None else user.password_hash
        fits = await self._passwords.fits(kept, password[:PASSWORD_CHARACTERS_MAX])
        if user is None or kept is None or not fits:
            raise WrongCredentials(
                what="e-mail address and password do not belong together; check both, or register"
            )
        if self._passwords.is_outdated(kept):
            user = await self._rehashed(user, password)
        return user

    async def me(self, owner: OwnerId) -> User:
        """The account itself.

        Raises:
            NotSignedIn: it is gone.
        """
        async with self._begin() as unit:
            user = await unit.users.get(owner)
        if user is None:
            raise NotSignedIn
        return user

    async def keys(self, owner: OwnerId) -> Sequence[ApiKey]:
        """The account's keys, newest first."""
        async with self._begin() as unit:
            return await unit.api_keys.of_owner(owner)

    async def make_key(self, owner: OwnerId, *, name: str) -> tuple[ApiKey, str]:
        """A new key and its secret, which is kept nowhere.

        Raises:
            InvalidRequest: the name is empty or too long.
            TooManyKeys: the account has 20.
        """
        problems = name_problems(name, required=True)
        if problems:
            raise InvalidRequest(problems)
        secret = new_api_key()
        key = ApiKey(
            id=self._new_id(),
            owner=owner,
            name=name.strip(),
            key_hash=token_hash(secret),
            shown=shown(secret),
            created_at=self._clock(),
        )
        async with self._begin() as unit:
            if len(await unit.api_keys.of_owner(owner)) >= KEYS_MAX:
                raise TooManyKeys(keys_max=KEYS_MAX)
            await unit.api_keys.add(key)
        return key, secret

    async def delete_key(self, owner: OwnerId, id: str) -> None:
        """Delete a key; calls that use it are refused from now on.

        Raises:
            NotFound: the account has none of this id.
        """
        async with self._begin() as unit:
            if not await unit.api_keys.remove(owner, id):
                raise NotFound("API key", id)

    async def _rehashed(self, user: User, password: str) -> User:
        made = await self._passwords.hashed(password)
        user = msgspec.structs.replace(user, password_hash=made, updated_at=self._clock())
        async with self._begin() as unit:
            await unit.users.update(user)
        return user


def clean_email(email: str) -> str:
    """An address without the space around it, in one form of its characters."""
    return unicodedata.normalize("NFC", email).strip()


def email_problems(email: str) -> list[FieldProblem]:
    """What is wrong with an address; whether mail arrives there is another question."""
    text = clean_email(email)
    name, at, domain = text.rpartition("@")
    is_plain = text.isprintable() and not any(character.isspace() for character in text)
    if name and at and domain and is_plain and len(text) <= EMAIL_CHARACTERS_MAX:
        return []
    return [FieldProblem("email", "must be an e-mail address such as ada@example.org")]


def password_problems(password: str) -> list[FieldProblem]:
    """What is wrong with a new password: its length alone is judged."""
    if PASSWORD_CHARACTERS_MIN <= len(password) <= PASSWORD_CHARACTERS_MAX:
        return []
    bounds = f"{PASSWORD_CHARACTERS_MIN} to {PASSWORD_CHARACTERS_MAX}"
    return [FieldProblem("password", f"must have {bounds} characters, got {len(password)}")]


def name_problems(name: str | None, *, required: bool = False) -> list[FieldProblem]:
    """What is wrong with a name."""
    text = (name or "").strip()
    if len(text) > NAME_CHARACTERS_MAX or not text.isprintable():
        message = f"must have at most {NAME_CHARACTERS_MAX} printable characters"
        return [FieldProblem("name", message)]
    return [FieldProblem("name", "must not be empty")] if required and not text else []


def language_problems(language: str | None) -> list[FieldProblem]:
    """What is wrong with a language."""
    if language is None or (len(language) == 2 and language.isascii() and language.islower()):
        return []
    return [FieldProblem("language", "must be a two-letter code such as en or fr")]
