"""What an installation may set: addresses, keys and limits, all from the environment.

Every limit has a default and its unit in its name; its variable is `CVWEB_` and the name in
capitals (`CVWEB_UPLOAD_BYTES_MAX`). `cvweb config` prints what is in force.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from ipaddress import ip_network
from pathlib import Path
from typing import Any, get_type_hints
from urllib.parse import urlsplit

import msgspec

from cvcore.errors import Refusal

MEBIBYTE = 1024 * 1024
NAMED: Mapping[str, str] = {
    "database_url": "DATABASE_URL",
    "queue_url": "QUEUE_URL",
    "openai_api_key": "OPENAI_API_KEY",
    "openai_base_url": "OPENAI_BASE_URL",
    "stripe_secret_key": "STRIPE_SECRET_KEY",
    "stripe_webhook_secret": "STRIPE_WEBHOOK_SECRET",
    "stripe_base_url": "STRIPE_BASE_URL",
    "smtp_url": "SMTP_URL",
}
"""Settings whose variable has a name of its own."""
SECRETS = frozenset(
    {"openai_api_key", "stripe_secret_key", "stripe_webhook_secret", "secret", "encryption_keys"}
)
WITH_PASSWORD = frozenset({"database_url", "queue_url", "smtp_url"})
LISTS = frozenset({"encryption_keys", "trusted_proxies"})
"""Settings of several values, parted by commas."""
SECRET_CHARACTERS_MIN = 32
SCHEMES: Mapping[str, tuple[str, ...]] = {
    "database_url": ("postgresql", "postgres"),
    "queue_url": ("postgresql", "postgres", "redis", "rediss", "unix"),
    "openai_base_url": ("http", "https"),
    "stripe_base_url": ("http", "https"),
    "smtp_url": ("smtp", "smtps"),
    "public_url": ("http", "https"),
}


NOT_USED_YET: Mapping[str, str] = {
    "openai_api_key": "texts are read, matched and drafted without a model",
    "openai_base_url": "texts are read, matched and drafted without a model",
    "stripe_secret_key": "credits cannot be bought",
    "stripe_webhook_secret": "credits cannot be bought",
    "stripe_base_url": "credits cannot be bought",
    "smtp_url": "no mail is sent",
    "encryption_keys": "documents are stored as they are",
}
"""Settings whose adapter this release does not have, and what holds instead."""


class InvalidSettings(Refusal):
    """The environment sets something that cannot be; `problems` names every such variable."""

    code = "invalid_settings"

    def __init__(self, problems: list[str]) -> None:
        super().__init__("settings to mend: " + "; ".join(problems))
        self.problems = problems


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """One installation. Without `database_url` the embedded server of `data` is used; without a
    vendor's key its feature stays on the offline adapter or says that it is not configured.

    `public_url` is where people reach the site behind a proxy: where it is https, so are cookies.
    `trusted_proxies` are the addresses or networks of proxies whose `X-Forwarded-For` is believed;
    nobody else's is. `secret` signs forms; changing it costs nobody anything but an open form.
    """

    database_url: str | None = None
    data: Path = Path()
    queue_url: str | None = None
    openai_api_key: str | None = None
    openai_base_url: str | None = None
    stripe_secret_key: str | None = None
    stripe_webhook_secret: str | None = None
    stripe_base_url: str | None = None
    smtp_url: str | None = None
    secret: str | None = None
    encryption_keys: tuple[str, ...] = ()
    public_url: str | None = None
    trusted_proxies: tuple[str, ...] = ()

    upload_bytes_max: int = 10 * MEBIBYTE
    body_bytes_max: int = 2 * MEBIBYTE
    pages_max: int = 50
    parse_seconds_max: float = 8.0
    page_bytes_max: int = 5_000_000
    fetch_timeout_seconds: float = 15.0
    session_seconds_max: int = 14 * 24 * 3600
    welcome_credits: int = 15

    web_connections_max: int = 10
    worker_connections_max: int = 12
    statement_timeout_seconds: float = 60.0
    tasks_at_once_max: int = 4
    task_attempts_max: int = 3
    task_timeout_seconds: int = 600
    task_lease_seconds: int = 30
    task_deadline_seconds: int = 1800
    hold_margin_seconds: int = 3600
    sweep_seconds: float = 10.0
    stop_seconds_max: int = 10
    event_keep_seconds: int = 24 * 3600
    trash_days_max: int = 30

    @property
    def is_embedded(self) -> bool:
        """Whether the database is the embedded one."""
        return self.database_url is None

    @property
    def is_https(self) -> bool:
        """Whether people reach the site by https, whatever the proxy before it speaks with us."""
        return urlsplit(self.public_url or "").scheme == "https"

    def without_effect(self) -> tuple[str, ...]:
        """A sentence for every setting that is given and does nothing yet: nothing half works."""
        return tuple(
            f"{variable(name)} is set, but this release does not use it: {instead}"
            for name, instead in NOT_USED_YET.items()
            if getattr(self, name)
        )

    def shown(self) -> dict[str, Any]:
        """Every setting by its variable, secrets and passwords masked: fit to be printed."""
        return {
            variable(name): _masked(name, getattr(self, name)) for name in self.__struct_fields__
        }


def variable(name: str) -> str:
    """The environment variable of a setting."""
    return NAMED.get(name, f"CVWEB_{name.upper()}")


def settings_from(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings the environment makes; an empty variable counts as none.

    Raises:
        InvalidSettings: values that cannot be, or that do not fit together; every one named.
    """
    environment = os.environ if environment is None else environment
    problems: list[str] = []
    found: dict[str, Any] = {"data": default_data()}
    for name, kind in get_type_hints(Settings).items():
        text = environment.get(variable(name), "").strip()
        if not text:
            continue
        try:
            found[name] = _value(name, kind, text)
        except ValueError as error:
            problems.append(f"{variable(name)}: {error}")
    settings = Settings(**found)
    problems.extend(_clashes(settings))
    if problems:
        raise InvalidSettings(problems)
    return settings


def default_data() -> Path:
    """Where the embedded database lies unless told: below what root's server user may enter for
    root, in the person's own data folder for everybody else."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return Path("/var/lib/cvweb/data")
    home = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(home) / "cvweb"


def _value(name: str, kind: Any, text: str) -> Any:
    if name == "data":
        return Path(text).expanduser()
    if name in LISTS:
        listed = tuple(one.strip() for one in text.split(",") if one.strip())
        return tuple(map(_network, listed)) if name == "trusted_proxies" else listed
    if kind in (int, float):
        return _number(kind, text)
    schemes = SCHEMES.get(name)
    if schemes and urlsplit(text).scheme not in schemes:
        raise ValueError(f"must be an address that begins with {' or '.join(schemes)}://")
    return text


def _network(text: str) -> str:
    try:
        ip_network(text, strict=False)
    except ValueError:
        raise ValueError(
            f"must be addresses or networks such as 10.0.0.1,10.1.0.0/16, got {text!r}"
        ) from None
    return text


def _number(kind: type[int | float], text: str) -> int | float:
    try:
        number = kind(text.replace("_", ""))
    except ValueError:
        whole = "a whole number" if kind is int else "a number"
        raise ValueError(f"must be {whole}, got {text!r}") from None
    if not 0 <= number < 10**15:
        raise ValueError(f"must be 0 or more, got {text!r}")
    return number


def _clashes(settings: Settings) -> list[str]:
    problems = []
    if settings.database_url and not settings.secret:
        problems.append(
            "CVWEB_SECRET is missing: with DATABASE_URL every process needs the same one; make it "
            'with python -c "import secrets; print(secrets.token_urlsafe(48))"'
        )
    if settings.secret and len(settings.secret) < SECRET_CHARACTERS_MIN:
        problems.append(
            f"CVWEB_SECRET: needs {SECRET_CHARACTERS_MIN} characters or more, "
            f"has {len(settings.secret)}"
        )
    if settings.hold_margin_seconds <= settings.task_timeout_seconds:
        problems.append(
            "CVWEB_HOLD_MARGIN_SECONDS: must be more than CVWEB_TASK_TIMEOUT_SECONDS "
            f"({settings.task_timeout_seconds}), or credits come back while the work still runs"
        )
    positive = ("upload_bytes_max", "task_lease_seconds", "tasks_at_once_max", "sweep_seconds")
    problems.extend(
        f"{variable(name)}: must be more than 0" for name in positive if not getattr(settings, name)
    )
    return problems


def _masked(name: str, value: Any) -> Any:
    if isinstance(value, Path):
        return str(value)
    if name in SECRETS and value:
        return "(set)"
    if name in WITH_PASSWORD and value:
        parts = urlsplit(value)
        if parts.password:
            return value.replace(f":{parts.password}@", ":(set)@", 1)
    return value
