"""The environment makes the settings, or says everything that is wrong with it at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from cvweb.adapters.postgres import DatabaseUnfit
from cvweb.settings import InvalidSettings, Settings, settings_from, variable
from cvweb.wiring import create_services
from cvweb.wiring.opening import NoDatabase

SERVED = {"DATABASE_URL": "postgresql://me:pw@db.example.org/cv", "CVWEB_SECRET": "s" * 48}


def test_an_empty_environment_runs_with_nothing() -> None:
    settings = settings_from({})
    assert settings.is_embedded
    assert (settings.welcome_credits, settings.openai_api_key) == (15, None)
    assert settings.data.is_absolute()


def test_every_setting_has_a_variable_of_its_own_and_can_be_shown() -> None:
    names = [variable(name) for name in Settings.__struct_fields__]
    assert len(set(names)) == len(names)
    assert list(settings_from({}).shown()) == names


def test_numbers_lists_and_folders_are_read(tmp_path: Path) -> None:
    settings = settings_from(
        {
            **SERVED,
            "CVWEB_DATA": str(tmp_path),
            "CVWEB_UPLOAD_BYTES_MAX": "5_000_000",
            "CVWEB_SWEEP_SECONDS": "0.5",
            "CVWEB_ENCRYPTION_KEYS": "new, old",
            "CVWEB_PAGES_MAX": "  ",
        }
    )
    assert settings.data == tmp_path
    assert (settings.upload_bytes_max, settings.sweep_seconds) == (5_000_000, 0.5)
    assert settings.encryption_keys == ("new", "old")
    assert settings.pages_max == Settings().pages_max


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"DATABASE_URL": "postgresql://db/cv"}, "CVWEB_SECRET is missing"),
        ({**SERVED, "CVWEB_SECRET": "short"}, "32 characters"),
        ({"DATABASE_URL": "mysql://db/cv"}, "DATABASE_URL"),
        ({"QUEUE_URL": "amqp://q"}, "QUEUE_URL"),
        ({"SMTP_URL": "example.org:25"}, "SMTP_URL"),
        ({"CVWEB_PAGES_MAX": "many"}, "CVWEB_PAGES_MAX: must be a whole number"),
        ({"CVWEB_PAGES_MAX": "-1"}, "0 or more"),
        ({"CVWEB_UPLOAD_BYTES_MAX": "0"}, "more than 0"),
        ({"CVWEB_SWEEP_SECONDS": "nan"}, "CVWEB_SWEEP_SECONDS"),
        ({"CVWEB_HOLD_MARGIN_SECONDS": "60"}, "CVWEB_TASK_TIMEOUT_SECONDS"),
    ],
)
def test_what_cannot_be_is_named(environment: dict[str, str], named: str) -> None:
    with pytest.raises(InvalidSettings) as caught:
        settings_from(environment)
    assert named in str(caught.value)


def test_all_problems_are_named_at_once_and_no_secret_is() -> None:
    with pytest.raises(InvalidSettings) as caught:
        settings_from({"CVWEB_PAGES_MAX": "x", "CVWEB_SWEEP_SECONDS": "x", "CVWEB_SECRET": "hush"})
    assert len(caught.value.problems) == 3
    assert "hush" not in str(caught.value)


def test_secrets_and_passwords_are_masked() -> None:
    shown = settings_from({**SERVED, "STRIPE_SECRET_KEY": "sk_live_1"}).shown()
    assert shown["DATABASE_URL"] == "postgresql://me:(set)@db.example.org/cv"
    assert (shown["CVWEB_SECRET"], shown["STRIPE_SECRET_KEY"]) == ("(set)", "(set)")


async def test_services_without_a_database_say_what_to_do() -> None:
    with pytest.raises(NoDatabase, match="cvweb up"):
        async with create_services(Settings()):
            pass


async def test_services_on_a_database_that_was_not_migrated_say_what_to_do(empty_url: str) -> None:
    with pytest.raises(DatabaseUnfit, match="cvweb migrate"):
        async with create_services(Settings(database_url=empty_url, secret="s" * 32)):
            pass


def test_a_setting_that_does_nothing_yet_says_so() -> None:
    settings = settings_from({"OPENAI_API_KEY": "sk-1", "SMTP_URL": "smtp://localhost"})
    assert [sentence.split(" ")[0] for sentence in settings.without_effect()] == [
        "OPENAI_API_KEY",
        "SMTP_URL",
    ]
    assert "sk-1" not in " ".join(settings.without_effect())
    assert settings_from({}).without_effect() == ()


def test_proxies_are_named_by_address_or_network() -> None:
    said = {"CVWEB_TRUSTED_PROXIES": "10.0.0.1, 10.1.0.0/16,::1"}
    assert settings_from(said).trusted_proxies == ("10.0.0.1", "10.1.0.0/16", "::1")
    assert settings_from({}).trusted_proxies == ()
    for wrong in ("*", "proxy.example", "10.0.0.1,300.1.1.1"):
        with pytest.raises(InvalidSettings, match="CVWEB_TRUSTED_PROXIES"):
            settings_from({"CVWEB_TRUSTED_PROXIES": wrong})
