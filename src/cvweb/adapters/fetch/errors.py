"""Why a page was not fetched, in words that say what to do instead."""

from __future__ import annotations

from cvcore.errors import Refusal, Unavailable

_PASTE = "paste the text of the offer or upload it as a file instead"


class UrlRefused(Refusal):
    """The address may not be fetched: its form, its scheme, its port, or where it leads."""

    code = "url_refused"

    def __init__(self, *, url: str, why: str) -> None:
        super().__init__(f"{url!r} is not fetched: {why}; {_PASTE}")
        self.url, self.why = url, why


class PageTooLarge(Refusal):
    """The page is larger than what is read of one, as sent or once unpacked."""

    code = "page_too_large"

    def __init__(self, *, url: str, page_bytes_max: int) -> None:
        super().__init__(f"the page at {url!r} is larger than {page_bytes_max} bytes; {_PASTE}")
        self.url, self.page_bytes_max = url, page_bytes_max


class PageTypeRefused(Refusal):
    """What the address holds is neither a page nor a PDF nor text."""

    code = "page_type_refused"

    def __init__(self, *, url: str, content_type: str) -> None:
        super().__init__(
            f"{url!r} holds {content_type or 'something without a type'}, an HTML page, a PDF file "
            f"or plain text is needed; {_PASTE}"
        )
        self.url, self.content_type = url, content_type


class PageNotFound(Refusal):
    """There is nothing under the address any more: offers disappear."""

    code = "page_not_found"

    def __init__(self, *, url: str, status: int) -> None:
        super().__init__(
            f"there is no page at {url!r} (status {status}); check the link, or {_PASTE}"
        )
        self.url, self.status = url, status


class PageForbidden(Refusal):
    """The site lets no program read the page: it asks to sign in, or turns programs away."""

    code = "page_forbidden"

    def __init__(self, *, url: str, status: int) -> None:
        super().__init__(f"the site does not show {url!r} to programs (status {status}); {_PASTE}")
        self.url, self.status = url, status


class FetchFailed(Unavailable):
    """The page did not come: no such host, no answer in time, a broken answer, an error there."""

    code = "fetch_failed"

    def __init__(self, *, url: str, why: str) -> None:
        super().__init__(f"{url!r} could not be fetched: {why}; try again later, or {_PASTE}")
        self.url, self.why = url, why
