from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvcore.offers import normalise_url

SAME = [
    (
        "HTTPS://Jobs.Example.ORG:443/a/b?utm_source=x&id=7#apply",
        "https://jobs.example.org/a/b?id=7",
    ),
    ("http://jobs.example.org:80", "http://jobs.example.org/"),
    ("https://jobs.example.org/a?b=2&a=1&fbclid=z&gclid=q", "https://jobs.example.org/a?a=1&b=2"),
    ("  https://jobs.example.org/x?xtor=EPR-1 ", "https://jobs.example.org/x"),
    (
        "https://fr.linkedin.com/jobs/view/lead-dev-at-acme-4411867124?trk=public&refId=1",
        "https://www.linkedin.com/jobs/view/4411867124",
    ),
    (
        "https://www.linkedin.com/jobs/search/?currentJobId=4411867124&keywords=dev",
        "https://www.linkedin.com/jobs/view/4411867124",
    ),
    (
        "https://fr.indeed.com/viewjob?jk=0123456789abcdef&from=serp&tk=1h",
        "https://fr.indeed.com/viewjob?jk=0123456789abcdef",
    ),
    (
        "https://fr.indeed.com/jobs?q=dev&l=Lyon&vjk=0123456789abcdef",
        "https://fr.indeed.com/viewjob?jk=0123456789abcdef",
    ),
    (
        "https://www.glassdoor.fr/job-listing/dev-acme-JV_IC1_KO0,3.htm?jobListingId=100987&ao=1",
        "https://www.glassdoor.fr/job-listing/dev-acme-JV_IC1_KO0,3.htm?jl=100987",
    ),
    (
        "https://www.welcometothejungle.com/fr/companies/acme/jobs/dev_lyon?q=1&o=2",
        "https://www.welcometothejungle.com/fr/companies/acme/jobs/dev_lyon",
    ),
    (
        "https://www.apec.fr/candidat/offre.html/emploi/detail-offre/174?selectedIndex=0",
        "https://www.apec.fr/candidat/offre.html/emploi/detail-offre/174",
    ),
    (
        "https://candidat.francetravail.fr/offres/recherche/detail/193FKBM?x=1",
        "https://candidat.francetravail.fr/offres/recherche/detail/193FKBM",
    ),
]


@pytest.mark.parametrize(("url", "one"), SAME)
def test_the_spellings_of_one_offer_become_one(url: str, one: str) -> None:
    assert normalise_url(url) == one


@pytest.mark.parametrize("url", ["not a url", "mailto:a@b.c", "http://[::1", "http://x:99999/", ""])
def test_what_is_no_web_address_comes_back_as_it_is(url: str) -> None:
    assert normalise_url(url) == url


def test_what_names_the_offer_is_kept() -> None:
    assert normalise_url("https://jobs.example.org/offer?id=7") != normalise_url(
        "https://jobs.example.org/offer?id=8"
    )


PIECES = st.text(alphabet="abzé /?#&=%:.@-_19[]", max_size=30)


@given(st.sampled_from([url for url, _ in SAME]), PIECES, PIECES)
def test_normalising_twice_changes_nothing(url: str, path: str, query: str) -> None:
    once = normalise_url(f"{url.strip()}{path}?{query}")
    assert normalise_url(once) == once
