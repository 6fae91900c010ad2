"""What can be wrong with a request before anybody's business is touched."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from cvcore.errors import Refusal


class FieldProblem(msgspec.Struct, frozen=True):
    """One thing wrong with one field: where (`decisions[0].action`), and what was needed."""

    field: str
    message: str


class InvalidRequest(Refusal):
    """The body, the query or a header is not what this call takes: every problem at once."""

    code = "invalid_request"

    def __init__(self, problems: Sequence[FieldProblem]) -> None:
        listed = "; ".join(f"{each.field}: {each.message}" for each in problems)
        super().__init__(f"the request cannot be read: {listed}")
        self.problems = tuple(problems)


class NotSignedIn(Refusal):
    """The call needs to know who is asking."""

    code = "not_signed_in"

    def __init__(self) -> None:
        super().__init__(
            "sign in first, or send an API key: `Authorization: Bearer cvk_...` "
            "(POST /api/v1/api-keys makes one)"
        )


class WrongCredentials(Refusal):
    """E-mail and password do not belong together, or the key is none of ours."""

    code = "wrong_credentials"

    def __init__(self, *, what: str) -> None:
        super().__init__(what)


class NotAllowed(Refusal):
    """Whoever asks is known, and may not do this."""

    code = "not_allowed"

    def __init__(self, *, what: str) -> None:
        super().__init__(what)


class CrossSite(Refusal):
    """A page of another site tried to act in somebody's name."""

    code = "cross_site"

    def __init__(self, *, origin: str) -> None:
        super().__init__(
            f"a signed-in request must come from this site's own pages, this one came from "
            f"{origin}; call the API with a key instead of the cookie"
        )
        self.origin = origin


class TooManyRequests(Refusal):
    """More than the limit for this kind of request in its window."""

    code = "too_many_requests"

    def __init__(self, *, kind: str, count_max: int, window_seconds: int, wait: float) -> None:
        super().__init__(
            f"more than {count_max} {kind} requests in {window_seconds} seconds; "
            f"try again in {max(1, round(wait))} seconds"
        )
        self.kind, self.count_max, self.window_seconds = kind, count_max, window_seconds
        self.retry_after_seconds = max(1, round(wait))


class BodyTooLarge(Refusal):
    """The body is longer than this route takes."""

    code = "body_too_large"

    def __init__(self, *, body_bytes_max: int) -> None:
        super().__init__(
            f"the body has more than the {body_bytes_max} bytes this call takes; send less"
        )
        self.body_bytes_max = body_bytes_max


class UploadTooLarge(Refusal):
    """The file is longer than any that is read here; it was not even taken in whole."""

    code = "file_too_large"

    def __init__(self, *, upload_bytes_max: int) -> None:
        super().__init__(
            f"the file has more than the {upload_bytes_max} bytes that are read; "
            "save it with smaller pictures, or paste its text"
        )
        self.upload_bytes_max = upload_bytes_max


class UnsupportedMediaType(Refusal):
    """The body is of a kind this route cannot read."""

    code = "unsupported_media_type"

    def __init__(self, *, given: str, accepted: Sequence[str]) -> None:
        super().__init__(
            f"a body of type {given or 'unknown'!r} cannot be read here; "
            f"send {' or '.join(accepted)}"
        )
        self.given, self.accepted = given, tuple(accepted)


class KeyMissing(Refusal):
    """A call that may cost something came without the key that makes it safe to repeat."""

    code = "idempotency_key_missing"

    def __init__(self) -> None:
        super().__init__(
            "this call may cost credits: send `Idempotency-Key` with 1 to 255 characters of your "
            "choice (a UUID is fine), and the same one whenever you repeat it"
        )


class PreconditionMissing(Refusal):
    """A change came without saying which version it was made against."""

    code = "precondition_missing"

    def __init__(self) -> None:
        super().__init__(
            'send `If-Match` with the version you read (the `ETag` of the GET, such as "3"), '
            "so that nobody's change is lost"
        )


class InvalidCursor(Refusal):
    """The cursor was not made by this list."""

    code = "invalid_cursor"

    def __init__(self) -> None:
        super().__init__(
            "this cursor is none of this list; take `next` of the page before as it is"
        )
