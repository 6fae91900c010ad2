"""One spelling per address of an offer, so that the same offer is recognised again."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|gclsrc|dclid|msclkid|yclid|twclid|igshid|mc_[ce]id|_ga|_gl|_hs\w+|"
    r"hsctatracking|mkt_tok|piwik_\w+|pk_\w+|matomo_\w+|trk\w*|referer|referrer|source|src|"
    r"origin|cmpid|campaign\w*|campagne|xtor|at_\w+|wt_\w+|s_kwcid|spm|lipi|original_referer",
    re.IGNORECASE,
)
_DEFAULT_PORTS = {"http": 80, "https": 443}

_KEPT: tuple[tuple[str, frozenset[str]], ...] = (
    (r"(?:.+\.)?indeed\.[a-z.]+", frozenset({"jk"})),
    (r"(?:.+\.)?linkedin\.com", frozenset()),
    (r"(?:.+\.)?apec\.fr", frozenset()),
    (r"(?:.+\.)?(?:francetravail|pole-emploi)\.fr", frozenset()),
    (r"(?:.+\.)?glassdoor\.[a-z.]+", frozenset({"jl"})),
    (r"(?:.+\.)?welcometothejungle\.com", frozenset()),
    (r"(?:.+\.)?monster\.[a-z.]+", frozenset({"jobid"})),
    (r"(?:.+\.)?cadremploi\.fr", frozenset({"offreId"})),
    (r"(?:.+\.)?hellowork\.com", frozenset()),
    (r"(?:.+\.)?lesjeudis\.com", frozenset()),
)
"""Of the query of these sites only these names say which offer is meant."""

_SITES = tuple((re.compile(host), kept) for host, kept in _KEPT)


def normalise_url(url: str) -> str:
    """`url` in one spelling: scheme and host in lower case, no default port, fragment or tracking.

    On boards that are known, only what names the offer is kept, and the several addresses that a
    board has for one offer become one. Normalising twice changes nothing; what is no http(s)
    address comes back as it is, without white space around it.
    """
    url = url.strip()
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return url
    scheme, host = parts.scheme.lower(), (parts.hostname or "").lower().rstrip(".")
    if scheme not in _DEFAULT_PORTS or not host:
        return url
    query = parse_qsl(parts.query, keep_blank_values=True)
    path, query = _of_board(host, parts.path or "/", query)
    kept = [(name, value) for name, value in query if not _TRACKING.fullmatch(name)]
    for pattern, names in _SITES:
        if pattern.fullmatch(host):
            kept = [(name, value) for name, value in kept if name in names]
            break
    if host.endswith(".linkedin.com"):
        host = "www.linkedin.com"
    netloc = f"[{host}]" if ":" in host else host
    if port is not None and port != _DEFAULT_PORTS[scheme]:
        netloc = f"{netloc}:{port}"
    path = quote(path, safe="/%:@!$&'()*+,;=~-._")
    return urlunsplit((scheme, netloc, path, urlencode(sorted(kept)), ""))


def _of_board(
    host: str, path: str, query: list[tuple[str, str]]
) -> tuple[str, list[tuple[str, str]]]:
    """The address of the offer itself where a board's list shows it beside the others."""
    named = dict(query)
    if re.fullmatch(r"(?:.+\.)?linkedin\.com", host):
        shown = named.get("currentJobId", "")
        found = re.search(r"/jobs/view/(?:[^/]*-)?(\d{6,})", path)
        number = found.group(1) if found else shown if shown.isdigit() else ""
        return (f"/jobs/view/{number}", []) if number else (path, query)
    if re.fullmatch(r"(?:.+\.)?indeed\.[a-z.]+", host):
        key = named.get("jk") or named.get("vjk") or ""
        return (
            ("/viewjob", [("jk", key)]) if re.fullmatch(r"[0-9a-f]{8,20}", key) else (path, query)
        )
    if re.fullmatch(r"(?:.+\.)?glassdoor\.[a-z.]+", host):
        key = named.get("jl") or named.get("jobListingId") or ""
        return (path, [("jl", key)]) if key.isdigit() else (path, query)
    return path, query
