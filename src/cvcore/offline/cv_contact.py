"""Who the CV is about and how to reach them: e-mail, telephone, links, place, name and headline."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cvcore.cv.model import ID_PREFIX, Location, Profile
from cvcore.offline.cv_dates import find_dates
from cvcore.offline.cv_text import Link
from cvcore.offline.cv_words import folded, is_country, is_state

EMAIL = re.compile(
    r"[A-Za-z0-9][\w.+'-]*\s?@\s?[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,24}\b"
)
_PHONE = re.compile(
    r"(?<![\w./@-])(?:\(\+?\d{1,4}\)"
    r"|\+?\d)(?:[\s./()-]{0,3}\d){2,15}(?:[\s./-]{0,2}[X*x]{2,4}){0,4}(?!\w)"
)
_YEARS = re.compile(r"(?:19|20)\d{2}\s*[-–]\s*(?:19|20)\d{2}$")
_URL = re.compile(
    r"(?:https?:\s?/{1,2}\s?\s?[^\s|,;<>()]+|(?:www\.)[^\s|,;<>()]+"
    r"|(?<![\w@.])(?:[a-z0-9-]+\.)+(?:com|org|net|io|dev|me|fr|de|co|uk|eu|ch|be|ca|info|tech"
    r"|app|ai|in|us|page|site|design|name)"
    r"(?![\w@.-])(?:/[^\s|,;<>()]*)?)",
    re.IGNORECASE,
)
_NETWORKS = {
    "linkedin": "LinkedIn", "github": "GitHub", "gitlab": "GitLab", "twitter": "Twitter",
    "x.com": "X",
    "xing": "XING", "stackoverflow": "StackOverflow", "orcid": "ORCID", "medium": "Medium",
    "behance": "Behance", "dribbble": "Dribbble", "facebook": "Facebook", "instagram": "Instagram",
    "youtube": "YouTube", "kaggle": "Kaggle", "bitbucket": "Bitbucket", "mastodon": "Mastodon",
    "scholar.google": "Google Scholar", "researchgate": "ResearchGate", "telegram": "Telegram",
    "t.me": "Telegram", "skype": "Skype", "malt": "Malt", "dev.to": "DEV", "leetcode": "LeetCode",
    "hackerrank": "HackerRank", "whatsapp": "WhatsApp",
}  # fmt: skip
_LABELS = re.compile(
    r"^\W*(?:e-?mail|mail|courriel|phone|telephone|téléphone|tel|tél|mobile|mob|cell|portable"
    r"|gsm|telefon|"
    r"handy|mobil|address|adresse|anschrift|mailaddress|location|lieu|city|ville|residence"
    r"|wohnort|place|website|"
    r"site web|site|web|homepage|portfolio|url|linkedin|github|gitlab|twitter|xtwitter|xing"
    r"|orcid|mastodon|"
    r"stackoverflow|skype|contact|name|nom|whatsapp|telegram|blog|webseite|fax)\b\s*(?:profile"
    r"|address|number|no)?\s*[:.]?\s*[-–]?\s*",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"\b(?:street|st\.|road|rd\.?|avenue|ave\.?|lane|drive|boulevard|blvd|way|rue|allée|chemin"
    r"|place|cours|"
    r"quai|impasse|route|straße|strasse|str\.|weg|platz|gasse|allee|-ro|-gu|apt|square|court)\b|"
    r"\w+(?:straße|strasse|str\.|weg|platz)\b",
    re.IGNORECASE,
)


def emails_in(text: str) -> list[str]:
    """The e-mail addresses of `text`, as written but for spaces around the at sign."""
    return [re.sub(r"\s", "", match.group()) for match in EMAIL.finditer(text)]


def phones_in(text: str) -> list[str]:
    """The telephone numbers of `text`, as written: 7 to 15 digits that are no date.

    >>> phones_in("Tel: (+82) 10-9030-1843, 2012 - 2015")
    ['(+82) 10-9030-1843']
    """
    found = []
    for match in _PHONE.finditer(text):
        number = match.group().strip(" .-/")
        digits = re.sub(r"[^\dXx*]", "", number)
        if not 7 <= len(digits) <= 15 or _YEARS.search(number) or find_dates(number):
            continue
        if len(digits) < 9 and not re.search(r"[-.\s()+]", number):
            continue
        found.append(_closed(number))
    return found


def urls_in(text: str) -> list[str]:
    """The addresses of web pages in `text`; e-mail addresses are none."""
    plain = EMAIL.sub(" ", text)
    return [_mended(match.group()) for match in _URL.finditer(plain)]


def without_url(text: str) -> tuple[str | None, str]:
    """The first address of a page in `text`, and the text without it."""
    match = _URL.search(EMAIL.sub(lambda found: " " * len(found.group()), text))
    if match is None:
        return None, text
    url = _mended(match.group())
    return url, f"{text[: match.start()]} {text[match.end() :]}".strip()


def network_of(url: str) -> str | None:
    """The network a profile's address belongs to, by the name people know it by."""
    lower = url.casefold()
    for key, name in _NETWORKS.items():
        if (
            f"{key}." in lower
            or lower.startswith((key, f"https://{key}", f"https://www.{key}"))
            or ("." in key and key in lower)
        ):
            return name
    return None


def profiles_of(urls: Iterable[str], names: Iterable[tuple[str, str]] = ()) -> tuple[Profile, ...]:
    """The profiles among `urls` and the (network, user name) pairs, each once, in order."""
    found: dict[tuple[str, str], Profile] = {}
    for url in urls:
        network = network_of(url)
        if network is None:
            continue
        username = _username(url)
        key = (network, folded(username or ""))
        if key not in found and not (username is None and any(n == network for n, _ in found)):
            number = len(found) + 1
            found[key] = Profile(
                id=f"{ID_PREFIX['profiles']}{number}", network=network, username=username, url=url
            )
    for network, username in names:
        if not any(one == network for one, _ in found):
            identity = f"{ID_PREFIX['profiles']}{len(found) + 1}"
            profile = Profile(id=identity, network=network, username=username)
            found[(network, folded(username))] = profile
    return tuple(found.values())


def network_named(text: str) -> str | None:
    """The network that `text` is the bare name of: `LinkedIn`, `Stack Overflow`."""
    plain = folded(text).replace(" ", "")
    for key, name in _NETWORKS.items():
        if plain in (key, folded(name).replace(" ", ""), f"{key}profile"):
            return name
    return None


def page_url_of(urls: Iterable[str], email: str | None = None) -> str | None:
    """The person's own page: the first address that is no profile."""
    for url in urls:
        if network_of(url) is None and not url.lower().startswith(("mailto:", "tel:")):
            domain = re.sub(r"^(?:https?://)?(?:www\.)?", "", url).split("/")[0].casefold()
            if not email or domain != email.split("@")[1].casefold() or "/" in url.strip("/"):
                return url
            return url
    return None


def location_of(text: str) -> Location:
    """A place as written, in its parts as far as they can be told.

    >>> location_of("Pleasantville, CA 94588").region
    'CA'
    """
    text = text.strip(" \t.,;|()")
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) == 1:
        match = re.match(r"^(\d{4,5})\s+(.+)$", text)
        if match:
            return Location(postal_code=match.group(1), city=match.group(2))
        return Location(region=text) if is_country(text) else Location(city=text)
    if _STREET.search(text) or re.match(r"^\d+\s", text) or len(parts) > 3:
        code = re.search(r"(?<!\d)\d{4,5}(?!\d)", " ".join(parts[1:]))
        return Location(address=text, postal_code=code.group() if code else None)
    if match := re.match(r"^([A-Z]{2})\s+(\d{5}(?:-\d{4})?)$", parts[-1]):
        return Location(
            city=", ".join(parts[:-1]), region=match.group(1), postal_code=match.group(2)
        )
    if is_state(parts[-1]) or is_country(parts[-1]) or len(parts) == 2:
        return Location(city=", ".join(parts[:-1]), region=parts[-1])
    return Location(city=parts[0], region=", ".join(parts[1:]))


def is_address(text: str) -> bool:
    """Whether `text` reads like a postal address."""
    return bool(
        (_STREET.search(text) and re.search(r"\d", text) and len(text) < 120 and "@" not in text)
        or re.match(r"^\d{5}\s+[A-ZÀ-Ý][\w'’-]+", text)
        or re.search(r",\s*[A-Z]{2}\s+\d{5}\b", text)
    )


def unlabelled(text: str) -> str:
    """A contact's value without the word that announces it (`Phone: `, `Adresse :`)."""
    previous = None
    while previous != text:
        previous, text = text, _LABELS.sub("", text, count=1)
    return text


def link_urls(links: Iterable[Link], scheme: str) -> list[str]:
    """What the links of one scheme (`mailto:`, `tel:`) lead to."""
    return [
        link.url[len(scheme) :].split("?")[0].strip("/ ")
        for link in links
        if link.url.lower().startswith(scheme)
    ]


def _closed(number: str) -> str:
    return (
        number
        if number.count("(") == number.count(")")
        else number.replace("(", "").replace(")", "")
    )


def _mended(url: str) -> str:
    url = re.sub(r"^(https?):\s?/{1,2}\s*", r"\1://", url, flags=re.IGNORECASE)
    return url.rstrip(".,;:'\"”’)")


def _username(url: str) -> str | None:
    path = re.sub(r"^(?:https?://)?[^/]+/?", "", url).strip("/")
    path = re.sub(r"^(?:in|pub|profile|users|company|u)/", "", path).split("?")[0]
    return path.split("/")[-1].lstrip("@") or None
