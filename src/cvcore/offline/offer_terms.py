"""Numbers and levels that an offer states: years, degrees, languages, pay, contract, seniority."""

from __future__ import annotations

import re

import msgspec

from cvcore.offers.model import Level, Remote, Salary, SalaryPeriod
from cvcore.offline.offer_sections import fold

_NUMBER = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5,
    "sept": 7, "huit": 8, "neuf": 9, "dix": 10,
}  # fmt: skip
_N = r"(?P<{0}>\d{{1,2}}(?![\d.,]*\d)|" + "|".join(_NUMBER) + r")"
_YEARS = re.compile(
    rf"\b{_N.format('low')}(?:\s*\(\d+\))?\s*\+?\s*(?:(?:-|–|—|to|a|à|et|ou|or|and|bis)\s*"
    rf"{_N.format('high')}\s*\+?\s*)?(?:full |or more |\+ )?"
    r"(?P<unit>years?|yrs?|ans?|annees?|mois|months?|jahren?|let|lat|anos|anni|jaar)\b"
)
_ABOUT_EXPERIENCE = re.compile(
    r"experien|\bexp\b|experi|work(?:ing|ed)? (?:as|in|with)|background|praxe|erfahrung|praktyk|"
    r"ervaring|esperienza"
)
_NOT_EXPERIENCE = re.compile(
    r"\b(?:contract|cdd|duration|duree|for over|founded|since|depuis|last \d|past \d|ago|old|"
    r"age of|our|nos|notre|within|renewable|warranty|roadmap|plan)\b"
)
YEARS_MAX = 40

_DEGREES: tuple[tuple[int, str], ...] = (
    (8, r"ph\.?\s?d\b|doctora\w*|bac ?\+ ?8|promotion\b(?= in)"),
    (
        7,
        r"master'?s?\b(?! data| plan| class| schedule)|m\.?sc\b|mba\b|bac ?\+ ?5|ingenieur\w* "
        r"(?:diplome|de formation)|ecole d'ingenieur\w*|diplome d'ingenieur|grande ecole|"
        r"ms degree|post-?graduate|niveau i\b|magister|graduate degree",
    ),
    (
        6,
        r"bachelor'?s?\b|b\.?sc\b|b\.?tech\b|bs degree|bs/ms|ba/bs|bs\b(?= in | or )|"
        r"(?:university|college|undergraduate|four[- ]year|4[- ]year) degree|licence (?:pro\w*)?|"
        r"bac ?\+ ?[34]|degree in\b|hochschulabschluss|studium|\bbut\b(?= [a-z]+\b.{0,20}bac)",
    ),
    (5, r"associate'?s? degree|bts\b|dut\b|deust\b|bac ?\+ ?2|foundation degree|hnd\b"),
    (4, r"high school|secondary school|ged\b|a-levels?|baccalaureat|\bbac pro\b|niveau bac\b|"
        r"\bbac\b(?! ?\+)|abitur|maturit\w+"),
    (3, r"\bcap\b|\bbep\b|\bgcse"),
)  # fmt: skip
_COMPILED_DEGREES = tuple((level, re.compile(rf"\b(?:{words})")) for level, words in _DEGREES)
_ANY_DEGREE = re.compile(r"\b(?:degree|diplom\w*|studies in|formation (?:superieure|en|de type))\b")

_CEFR = re.compile(r"\b([abc][12])\b(?!\s*(?:license|permit|driv))")
_FLUENCY: tuple[tuple[str, str], ...] = (
    (
        "C2",
        r"native|mother tongue|bilingu\w+|maternel\w*|muttersprach\w+|rodil\w+|langue maternelle",
    ),
    (
        "C1",
        r"fluen\w+|proficien\w+|courant\w*|couramment|excellent\w*|advanced|avance\w*|maitris\w+|"
        r"full professional|parfait\w*|fliessend\w*|plynul\w*|biegl\w*|verhandlungssicher\w*",
    ),
    (
        "B2",
        r"good|very good|strong|solid|professional\w*|working|operationnel\w*|bon(?:ne)?s?\b|"
        r"business|upper[- ]intermediate|gute?\w*|dobr\w+|communicative|lu,? ecrit,? parle|pratique",
    ),
    ("B1", r"intermediate|intermediaire|conversational|correct\w*|mittel\w*|stredn\w+"),
    ("A2", r"basic\w*|notions?|elementary|scolaire|debutant\w*|zaklad\w+|grundkenntnis\w*"),
)
_COMPILED_FLUENCY = tuple((level, re.compile(rf"\b(?:{words})")) for level, words in _FLUENCY)

_LEVELS: tuple[tuple[Level, str], ...] = (
    ("intern", r"intern(?:ship)?|stage|stagiaire|trainee|apprenti\w*|alternan\w+|praktik\w+|"
               r"werkstudent\w*|working student|apprentice(?:ship)?"),
    ("lead", r"lead|principal|head|director|directeur|directrice|chief|cto|vp|staff|"
             r"tech lead|leader|architect[e]? (?:en chef|lead)"),
    ("senior", r"senior|sr|confirme\w*|experimente\w*|expert\w*|experienced"),
    ("junior", r"junior|jr|debutant\w*|entry[- ]level|graduate|absolvent\w*|jeune diplome\w*|associate"),
    ("mid", r"mid|mid[- ]level|intermediate|medior|intermediaire|mid-senior"),
)  # fmt: skip
_COMPILED_LEVELS = tuple((level, re.compile(rf"\b(?:{words})\b")) for level, words in _LEVELS)

_CONTRACTS: tuple[tuple[str, str], ...] = (
    ("Alternance", r"alternance|contrat d'apprentissage|contrat de professionnalisation"),
    ("Stage", r"\bstage\b|stagiaire|\binternship\b|\bintern\b"),
    ("CDI", r"\bcdi\b|contrat a duree indeterminee|permanent (?:contract|position|role|job)|"
            r"\bunbefristet"),
    ("CDD", r"\bcdd\b|contrat a duree determinee|fixed[- ]term|temporary (?:contract|position|job)|"
            r"\bbefristet"),
    ("Intérim", r"\binterim\b|mission d'interim|travail temporaire"),
    ("Freelance", r"\bfreelance\b|independant\b|\bcontractor\b|\bcontract (?:role|position|to hire)|"
                  r"\bw2 contract|\bcorp[- ]to[- ]corp|\bc2c\b"),
    ("Full-time", r"full[- ]?time|temps plein|vollzeit|plny uvazek|prace na plny"),
    ("Part-time", r"part[- ]?time|temps partiel|teilzeit|zkraceny uvazek"),
)  # fmt: skip
_COMPILED_CONTRACTS = tuple((name, re.compile(words)) for name, words in _CONTRACTS)

_REMOTE: tuple[tuple[Remote, re.Pattern[str]], ...] = (
    (
        "none",
        re.compile(
            r"not (?:a )?remote|no remote|on-?site only|100 ?% on-?site|pas de teletravail|"
            r"sans teletravail|must be on-?site"
        ),
    ),
    (
        "hybrid",
        re.compile(
            r"\bhybrid\w*|teletravail (?:partiel|possible|hybride|\d)|partial(?:ly)? remote|"
            r"remote \d days|\d (?:days?|jours?).{0,25}(?:remote|teletravail|home|on-?site|office)|"
            r"castecne z domova"
        ),
    ),
    (
        "full",
        re.compile(
            r"fully remote|100 ?% remote|remote[- ](?:first|only|position|role|job)|full[- ]remote|"
            r"\(remote\)|work from anywhere|- remote\b|^remote\b|telecommute|"
            r"(?:teletravail|remote) (?:complet|total|a 100)|100 ?% teletravail|work remotely"
        ),
    ),
)

_MONEY = r"(?:\d{{1,3}}(?:[ ,.\u00a0\u202f']\d{{3}})+(?:[.,]\d{{1,2}})?|\d+(?:[.,]\d+)?)\s?[km]?"
_CURRENCY = r"(?:us\$|ca\$|a\$|\$|€|£|₹|¥|eur(?:os?)?|usd|gbp|chf|czk|kc|pln|zl|cad|aud|inr|sek)"
_PAY = re.compile(
    rf"(?P<before>{_CURRENCY})?\s?(?P<low>{_MONEY.format()})\s?(?P<mid>{_CURRENCY})?\s?"
    rf"(?:(?:-|–|—|to|a|et|and|bis|up to)\s?(?P<before2>{_CURRENCY})?\s?(?P<high>{_MONEY.format()})"
    rf"\s?(?P<after>{_CURRENCY})?)?"
)
_ISO = {
    "$": "USD", "us$": "USD", "ca$": "CAD", "a$": "AUD", "€": "EUR", "£": "GBP", "₹": "INR",
    "¥": "JPY", "kc": "CZK", "zl": "PLN", "euro": "EUR", "euros": "EUR",
}  # fmt: skip
_PERIODS: tuple[tuple[SalaryPeriod, str], ...] = (
    ("hour", r"(?:per|an|/|de l')\s?-?h(?:ou)?r|hourly|par heure|/ ?h\b|horaire|pro stunde|/hod|/heure"),
    ("day", r"per day|/ ?day|daily|par jour|/ ?jour|tjm|pro tag|journalier"),
    ("month", r"per month|/ ?mon|monthly|par mois|/ ?mois|mensuel|mesicne|/mes|pro monat|brut/mois"),
    ("year", r"per (?:year|annum)|/ ?y(?:ea)?r|annual|yearly|par an|/ ?an\b|annuel|p\.?a\.?\b|rocne|pro jahr"),
)  # fmt: skip
_PAY_WORDS = re.compile(r"salar|compensation|pay\b|remun|rate\b|wage|gehalt|mzda|plat\b|tjm|ote\b")


class Years(msgspec.Struct, frozen=True):
    """Years of experience asked: at least `low`, at most `high` where the text bounds it."""

    low: int
    high: int | None = None


def years_in(text: str, *, is_asked: bool = False) -> Years | None:
    """The years of experience that a sentence asks for; months round down, at least 0.

    `is_asked` says that the sentence stands among the requirements: it need not name experience.
    """
    folded = fold(text)
    if not (is_asked or _ABOUT_EXPERIENCE.search(folded)) or _is_about_others(folded):
        return None
    for found in _YEARS.finditer(folded):
        low, high = _count(found["low"]), _count(found["high"])
        if low is None or low > YEARS_MAX:
            continue
        if found["unit"].startswith("mo"):
            low, high = low // 12, None if high is None else high // 12
        return Years(low, high if high is not None and high > low else None)
    return None


def _is_about_others(folded: str) -> bool:
    return bool(_NOT_EXPERIENCE.search(folded)) and not re.search(
        r"\b(?:you|vous|candidate?|minimum|at least|au moins|required|must)\b", folded
    )


def _count(word: str | None) -> int | None:
    if not word:
        return None
    return int(word) if word.isdigit() else _NUMBER.get(word)


def degree_in(text: str) -> str | None:
    """The lowest degree a sentence accepts, as `EQF3` to `EQF8`; None where it names none."""
    folded = fold(text)
    levels = [level for level, pattern in _COMPILED_DEGREES if pattern.search(folded)]
    if levels:
        return f"EQF{min(levels)}"
    return None


def speaks_of_degree(text: str) -> bool:
    """Whether a sentence asks for studies, a level named or not."""
    return degree_in(text) is not None or bool(_ANY_DEGREE.search(fold(text)))


def fluency_in(text: str) -> str | None:
    """The CEFR level stated beside a language, in letters or in words; None where there is none."""
    folded = fold(text)
    stated = _CEFR.search(folded)
    if stated:
        return stated.group(1).upper()
    return next((level for level, words in _COMPILED_FLUENCY if words.search(folded)), None)


def level_in(title: str) -> Level | None:
    """The seniority that a title or a labelled field names."""
    folded = fold(title)
    return next((level for level, words in _COMPILED_LEVELS if words.search(folded)), None)


def contract_in(text: str) -> str | None:
    """The kind of contract that words name, in one spelling; None where they name none."""
    folded = fold(text).replace("_", "-")
    return next((name for name, words in _COMPILED_CONTRACTS if words.search(folded)), None)


def remote_in(text: str) -> Remote | None:
    """Whether the work is done away from the office, where the text says so."""
    folded = fold(text)
    return next((kind for kind, words in _REMOTE if words.search(folded)), None)


def salary_in(text: str) -> Salary | None:
    """The pay that a line states; None without a currency or where it may be something else."""
    folded = fold(text)
    if not (_PAY_WORDS.search(folded) or any(re.search(words, folded) for _, words in _PERIODS)):
        return None
    for found in _PAY.finditer(folded):
        currency = found["before"] or found["mid"] or found["before2"] or found["after"]
        low, high = _amount(found["low"]), _amount(found["high"])
        if currency is None or low is None:
            continue
        if high is not None and high >= 1000 > low and "k" in (found["high"] or ""):
            low *= 1000
        if low < 5 or (high is not None and high < low):
            continue
        return Salary(
            min=low, max=high, currency=_ISO.get(currency, currency.upper()[:3]),
            period=_period(folded, high or low),
        )  # fmt: skip
    return None


def _amount(text: str | None) -> int | None:
    if not text:
        return None
    text = text.strip()
    times = {"k": 1_000, "m": 1_000_000}.get(text[-1], 1)
    digits = re.sub(r"[ ,.\u00a0\u202f'](?=\d{3}\b)", "", text.rstrip("km "))
    try:
        return int(float(digits.replace(",", ".")) * times)
    except ValueError:
        return None


def _period(folded: str, amount: int) -> SalaryPeriod | None:
    for period, words in _PERIODS:
        if re.search(words, folded):
            return period
    return "year" if amount >= 12_000 else None
