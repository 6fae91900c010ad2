"""Job pages from the internet, guarded: public addresses only, bounded, nothing remembered."""

from cvweb.adapters.fetch.addresses import Address, Vet, address_of, why_not_public
from cvweb.adapters.fetch.errors import (
    FetchFailed,
    PageForbidden,
    PageNotFound,
    PageTooLarge,
    PageTypeRefused,
    UrlRefused,
)
from cvweb.adapters.fetch.network import Resolve, system_addresses
from cvweb.adapters.fetch.page import Fetcher, FetchLimits, Page, fetch_page

__all__ = [
    "Address",
    "FetchFailed",
    "FetchLimits",
    "Fetcher",
    "Page",
    "PageForbidden",
    "PageNotFound",
    "PageTooLarge",
    "PageTypeRefused",
    "Resolve",
    "UrlRefused",
    "Vet",
    "address_of",
    "fetch_page",
    "system_addresses",
    "why_not_public",
]
