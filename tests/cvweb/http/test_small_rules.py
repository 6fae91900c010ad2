"""Keys, cursors, preconditions, preferences, rates, tokens, cookies: one promise each."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvweb.http.cookies import ended_cookies, session_cookie, session_token
from cvweb.http.errors import (
    InvalidCursor,
    InvalidRequest,
    KeyMissing,
    PreconditionMissing,
    TooManyRequests,
)
from cvweb.http.keys import fingerprint, key_or_new, required_key
from cvweb.http.paging import LIMIT_MAX, opened, page_asked, page_of, sealed
from cvweb.http.passwords import PasswordCost, Passwords
from cvweb.http.preconditions import etag_of, version_wanted
from cvweb.http.prefer import wait_seconds
from cvweb.http.rates import Rate, RateLimiter
from cvweb.http.tokens import new_api_key, new_session_token, token_hash

PRINTABLE = st.text(alphabet=string.ascii_letters + string.digits + "-_:", min_size=1, max_size=60)


@given(PRINTABLE)
def test_a_cursor_gives_back_its_name(name: str) -> None:
    assert opened(sealed(name)) == name


@given(st.text(max_size=60))
def test_any_other_text_is_no_cursor(text: str) -> None:
    try:
        name = opened(text)
    except InvalidCursor:
        return
    assert name.isprintable()


@given(st.integers(1, 20), st.integers(0, 40))
def test_pages_never_lose_and_never_repeat(limit: int, count: int) -> None:
    everything = [str(number) for number in range(count)]
    seen: list[str] = []
    cursor: str | None = None
    for _ in range(count + 1):
        asked = page_asked(limit, cursor)
        start = 0 if asked.after is None else everything.index(asked.after) + 1
        found = everything[start : start + limit + 1]
        page = page_of(found, asked, name=str, view=str)
        seen += page.items
        cursor = page.next
        if cursor is None:
            break
    assert seen == everything


@pytest.mark.parametrize("limit", [0, -1, LIMIT_MAX + 1])
def test_a_limit_out_of_bounds_is_refused(limit: int) -> None:
    with pytest.raises(InvalidRequest, match="limit"):
        page_asked(limit)


@given(st.integers(1, 10**6))
def test_an_entity_tag_names_its_version(version: int) -> None:
    assert version_wanted(etag_of(version)) == version
    assert version_wanted("W/" + etag_of(version)) == version


def test_a_change_without_if_match_is_told_what_to_send() -> None:
    with pytest.raises(PreconditionMissing, match="If-Match"):
        version_wanted(None)


@pytest.mark.parametrize("text", ["*", '"abc"', '"1", "2"', "-1", "1.5"])
def test_an_if_match_that_names_no_version_is_refused(text: str) -> None:
    with pytest.raises(InvalidRequest):
        version_wanted(text)


@pytest.mark.parametrize(
    ("prefer", "seconds"),
    [(None, 0), ("wait=5", 5), ("respond-async, WAIT=7", 7), ("wait=999", 30), ("wait=x", 0)],
)
def test_a_preference_to_wait_is_bounded(prefer: str | None, seconds: int) -> None:
    assert wait_seconds(prefer) == seconds


def test_a_missing_key_is_told_what_to_send() -> None:
    with pytest.raises(KeyMissing, match="Idempotency-Key"):
        required_key(None)


@pytest.mark.parametrize("text", ["x" * 256, "a\nb"])
def test_a_key_is_1_to_255_printable_characters(text: str) -> None:
    with pytest.raises(InvalidRequest):
        required_key(text)


def test_a_call_that_costs_nothing_gets_a_key_of_its_own() -> None:
    assert key_or_new(None) != key_or_new(None)
    assert key_or_new("k") == "k"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-100, 100) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.dictionaries(st.text(max_size=4), JSON, max_size=4))
def test_a_fingerprint_does_not_see_the_order_of_keys(body: dict[str, object]) -> None:
    turned = dict(reversed(list(body.items())))
    assert fingerprint("POST", "/x", body) == fingerprint("POST", "/x", turned)


@given(JSON, JSON)
def test_other_bodies_have_other_fingerprints(one: object, other: object) -> None:
    same = fingerprint("POST", "/x", one) == fingerprint("POST", "/x", other)
    assert same == (repr(one) == repr(other) or one == other)


def test_a_fingerprint_sees_method_and_path() -> None:
    prints = {fingerprint(m, p, {}) for m in ("POST", "PUT") for p in ("/x", "/y")}
    assert len(prints) == 4


def test_a_full_window_refuses_and_says_when_it_opens() -> None:
    now = [0.0]
    limiter = RateLimiter({"login": Rate(2, 60)}, clock=lambda: now[0])
    limiter.take("login", "ada")
    now[0] = 20
    limiter.take("login", "ada")
    with pytest.raises(TooManyRequests) as caught:
        limiter.take("login", "ada")
    assert caught.value.retry_after_seconds == 40
    limiter.take("login", "bob")
    now[0] = 60
    limiter.take("login", "ada")


def test_a_limiter_forgets_the_names_seen_longest_ago() -> None:
    limiter = RateLimiter({"x": Rate(1, 60)}, clock=lambda: 0.0, names_max=2)
    for name in "abc":
        limiter.take("x", name)
    limiter.take("x", "a")
    with pytest.raises(TooManyRequests):
        limiter.take("x", "c")


def test_tokens_are_long_random_and_kept_as_a_hash() -> None:
    assert len({new_session_token() for _ in range(50)}) == 50
    assert new_api_key().startswith("cvk_")
    assert len(new_api_key()) >= 43
    assert token_hash("a") != token_hash("b")
    assert len(token_hash("a")) == 64


def test_a_session_cookie_is_bound_to_the_host_over_https() -> None:
    cookie = session_cookie("t", is_https=True, seconds=60)
    assert (cookie.key, cookie.secure, cookie.httponly, cookie.samesite, cookie.domain) == (
        "__Host-cvweb",
        True,
        True,
        "lax",
        None,
    )
    assert session_cookie("t", is_https=False, seconds=60).secure is False


def test_over_https_only_the_cookie_bound_to_the_host_counts() -> None:
    both = "cvweb=plain; __Host-cvweb=bound"
    assert session_token(both, is_https=True) == "bound"
    assert session_token(both, is_https=False) == "plain"
    assert session_token("cvweb=plain", is_https=True) is None
    assert session_token("other=1", is_https=False) is None
    assert session_token("__Host-cvweb=", is_https=True) is None
    assert {cookie.max_age for cookie in ended_cookies()} == {0}


def test_guesses_at_an_account_are_bounded_wherever_they_come_from() -> None:
    limiter = RateLimiter({"login_everywhere": Rate(5, 60)}, clock=lambda: 0.0)
    limiter.take_login("home", "ada")
    limiter.signed_in("home", "ada")
    for number in range(4):
        limiter.take_login(f"10.0.0.{number}", "ada")
    with pytest.raises(TooManyRequests):
        limiter.take_login("10.0.0.9", "ada")
    limiter.take_login("home", "ada")
    limiter.take_login("10.0.0.9", "bob")


async def test_a_password_fits_its_own_hash_only() -> None:
    passwords = Passwords(PasswordCost(rounds=1, memory_kibibytes=64, lanes=1))
    kept = await passwords.hashed("correct horse")
    assert await passwords.fits(kept, "correct horse")
    assert not await passwords.fits(kept, "wrong horse")
    assert not await passwords.fits(None, "nobody's password")
    assert not await passwords.fits("no hash at all", "correct horse")
    assert not passwords.is_outdated(kept)
    assert Passwords(PasswordCost(rounds=2, memory_kibibytes=64, lanes=1)).is_outdated(kept)
