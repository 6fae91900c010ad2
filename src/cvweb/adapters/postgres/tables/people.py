"""Who uses the application, and how they prove it.

Tokens and keys are stored as SHA-256 only; an e-mail address is unique whatever its case.
"""

from __future__ import annotations

from piccolo.columns import (
    JSONB,
    BigInt,
    Boolean,
    ForeignKey,
    Integer,
    OnDelete,
    Text,
    Timestamptz,
)
from piccolo.constraints import Check, Unique
from piccolo.table import Table


class User(Table, tablename="users"):
    """A person with an account; `id` is the owner's id everywhere else."""

    id = Text(primary_key=True)
    name = Text(null=True, default=None)
    email = Text(null=True, default=None)
    email_verified = Timestamptz(null=True, default=None)
    password_hash = Text(null=True, default=None)
    image = Text(null=True, default=None)
    role = Text(default="user")
    language = Text(null=True, default=None)
    reset_token = Text(null=True, default=None, unique=True)
    reset_token_expiry = Timestamptz(null=True, default=None)
    stripe_customer_id = Text(null=True, default=None, unique=True)
    onboarding_state = JSONB(null=True, default=None)
    privacy_policy_accepted_at = Timestamptz(null=True, default=None)
    last_login_at = Timestamptz(null=True, default=None)
    token_version = Integer(default=0)
    created_at = Timestamptz()
    updated_at = Timestamptz()
    referral_code = Text(unique=True)
    referred_by = Text(null=True, default=None)

    known_role = Check("role IN ('user', 'admin')")


class Account(Table, tablename="account"):
    """A sign-in with somebody else's service (OAuth)."""

    id = Text(primary_key=True)
    user_id = ForeignKey(User, on_delete=OnDelete.cascade, null=False, index=True)
    type = Text()
    provider = Text()
    provider_account_id = Text()
    refresh_token = Text(null=True, default=None)
    access_token = Text(null=True, default=None)
    expires_at = BigInt(null=True, default=None)
    token_type = Text(null=True, default=None)
    scope = Text(null=True, default=None)
    id_token = Text(null=True, default=None)
    created_at = Timestamptz()
    updated_at = Timestamptz()

    one_per_provider = Unique([provider, provider_account_id])


class Session(Table, tablename="session"):
    """A signed-in browser; `id` is the SHA-256 of the cookie's token."""

    id = Text(primary_key=True)
    user_id = ForeignKey(User, on_delete=OnDelete.cascade, null=False, index=True)
    created_at = Timestamptz()
    expires_at = Timestamptz(index=True)
    user_agent = Text(null=True, default=None)


class ApiKey(Table, tablename="api_key"):
    """A program's way in; `shown` is the part that may be shown again."""

    id = Text(primary_key=True)
    user_id = ForeignKey(User, on_delete=OnDelete.cascade, null=False, index=True)
    name = Text()
    shown = Text()
    key_hash = Text(unique=True)
    created_at = Timestamptz()
    last_used_at = Timestamptz(null=True, default=None)


class VerificationToken(Table, tablename="verification_token"):
    """A sign-in link for an address; `token` is hashed."""

    id = Text(primary_key=True)
    identifier = Text()
    token = Text(unique=True)
    expires = Timestamptz(index=True)

    once = Unique([identifier, token])


class EmailVerificationToken(Table, tablename="email_verification_token"):
    """Proves that an address is the person's; `token` is hashed."""

    id = Text(primary_key=True)
    user_id = ForeignKey(User, on_delete=OnDelete.cascade, null=False, index=True)
    token = Text(unique=True)
    expires = Timestamptz(index=True)
    created_at = Timestamptz()


class AutoSignInToken(Table, tablename="auto_sign_in_token"):
    """Signs in once after an address was verified; `token` is hashed."""

    id = Text(primary_key=True)
    user_id = ForeignKey(User, on_delete=OnDelete.cascade, null=False, index=True)
    token = Text(unique=True)
    expires = Timestamptz(index=True)
    used = Boolean(default=False)
    created_at = Timestamptz()


class EmailChangeRequest(Table, tablename="email_change_request"):
    """A new address that waits for its confirmation; `token` is hashed."""

    id = Text(primary_key=True)
    user_id = ForeignKey(User, on_delete=OnDelete.cascade, null=False, index=True)
    new_email = Text()
    token = Text(unique=True)
    expires = Timestamptz(index=True)
    created_at = Timestamptz()
