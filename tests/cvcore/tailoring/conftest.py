"""Four fictional people whose CVs the tests of tailoring are about."""

from __future__ import annotations

import pytest

from cvcore.cv import Cv, from_json_resume

ADA = {
    "basics": {
        "name": "Ada Moreau",
        "label": "Backend developer",
        "summary": "Backend developer with a taste for databases and quiet systems.",
    },
    "work": [
        {
            "name": "Northwind Freight",
            "position": "Backend developer",
            "startDate": "2019-03",
            "endDate": "2023-06",
            "highlights": [
                "Built order services in Python and PostgreSQL for 40 depots",
                "Took part in the migration of 3 warehouses to Kubernetes",
                "Cut the nightly batch from 6 hours to 45 minutes",
                "Wrote the on-call guide used by a team of 12 engineers",
                "Helped two interns with their first pull requests",
            ],
        },
        {
            "name": "Larkspur Books",
            "position": "Junior developer",
            "startDate": "2016-09",
            "endDate": "2019-02",
            "highlights": [
                "Maintained a Django shop with a yearly turnover of 1.5 million euros",
                "Led the move from Subversion to Git",
                "Basic knowledge of Terraform, used in a prototype",
            ],
        },
    ],
    "education": [
        {
            "institution": "University of Tours",
            "area": "Computer science",
            "studyType": "Bachelor",
            "startDate": "2013",
            "endDate": "2016",
        }
    ],
    "skills": [
        {"name": "Languages", "keywords": ["Python", "SQL", "Bash"]},
        {"name": "Infrastructure", "keywords": ["Docker", "Linux"]},
    ],
    "languages": [
        {"language": "English", "fluency": "fluent"},
        {"language": "German", "fluency": "A2"},
    ],
    "certificates": [{"name": "CKAD", "date": "2021-05", "issuer": "CNCF"}],
    "meta": {"x-cvcore": {"language": "en"}},
}

LEO = {
    "basics": {
        "name": "Léo Garnier",
        "label": "Contrôleur de gestion",
        "summary": "Contrôleur de gestion dans l'industrie, à l'aise avec Excel et Power BI.",
    },
    "work": [
        {
            "name": "Fonderies Valmy",
            "position": "Contrôleur de gestion",
            "startDate": "2018-01",
            "highlights": [
                "Suivi d'un budget de 1,5 M€ et reporting mensuel pour 4 usines",
                "Participation à la mise en place de SAP dans le service comptable",
                "Réduction de 20 % du délai de clôture",
                "Formation de trois comptables aux tableaux croisés dynamiques",
            ],
        },
        {
            "name": "Cabinet Roussel",
            "position": "Assistant comptable",
            "startDate": "2015-09",
            "endDate": "2017-12",
            "highlights": [
                "Tenue de la comptabilité de 25 petites entreprises",
                "Notions d'anglais utilisées avec deux clients",
            ],
        },
    ],
    "education": [
        {"institution": "IUT de Reims", "studyType": "DUT", "area": "Gestion", "endDate": "2015"}
    ],
    "skills": [{"name": "Outils", "keywords": ["Excel", "Power BI", "Sage"]}],
    "languages": [{"language": "Anglais", "fluency": "B1"}],
    "meta": {"x-cvcore": {"language": "fr"}},
}


MIRA = {
    "basics": {
        "name": "Mira Holt",
        "label": "Staff nurse",
        "summary": "Registered nurse in elderly care, calm under pressure.",
    },
    "work": [
        {
            "name": "St Bride Hospital",
            "position": "Staff nurse",
            "startDate": "2017-04",
            "highlights": [
                "Cared for up to 8 patients per shift on a geriatric ward",
                "Introduced a handover checklist that halved medication errors",
                "Assisted the ward manager with rota planning",
                "Gave wound care and IV therapy",
                "Took blood samples and documented them in Epic",
            ],
        },
        {
            "name": "Camphill Care Home",
            "position": "Care assistant",
            "startDate": "2014",
            "endDate": "2017",
            "highlights": [
                "Supported 20 residents with daily living",
                "Volunteered at weekend outings",
            ],
        },
    ],
    "education": [
        {
            "institution": "Leeds Beckett University",
            "studyType": "BSc",
            "area": "Nursing",
            "endDate": "2017",
        }
    ],
    "skills": [{"name": "Clinical", "keywords": ["Wound care", "IV therapy", "Phlebotomy"]}],
    "languages": [
        {"language": "English", "fluency": "native"},
        {"language": "Polish", "fluency": "B2"},
    ],
}

PAUL = {
    "basics": {
        "name": "Paul Verdier",
        "label": "Commercial terrain",
        "summary": "Commercial terrain dans le bâtiment, à l'écoute des artisans.",
    },
    "work": [
        {
            "name": "Matériaux Lescot",
            "position": "Commercial terrain",
            "startDate": "2018-02",
            "highlights": [
                "Gestion d'un portefeuille de 120 clients artisans",
                "Chiffre d'affaires porté de 800 k€ à 1,1 M€ en trois ans",
                "Animation de journées techniques avec les fournisseurs",
                "Saisie des devis dans Salesforce",
            ],
        },
        {
            "name": "Brico Sud",
            "position": "Vendeur conseil",
            "startDate": "2014",
            "endDate": "2018",
            "highlights": ["Conseil en rayon outillage", "Formation de deux apprentis"],
        },
    ],
    "education": [
        {
            "institution": "Lycée Vauban",
            "studyType": "BTS",
            "area": "Négociation et relation client",
            "endDate": "2014",
        }
    ],
    "skills": [{"name": "Outils", "keywords": ["Salesforce", "Excel"]}],
    "languages": [{"language": "Espagnol", "fluency": "A2"}],
    "meta": {"x-cvcore": {"language": "fr"}},
}


@pytest.fixture(scope="session")
def ada() -> Cv:
    return from_json_resume(ADA)


@pytest.fixture(scope="session")
def leo() -> Cv:
    return from_json_resume(LEO)


@pytest.fixture(scope="session")
def mira() -> Cv:
    return from_json_resume(MIRA)


@pytest.fixture(scope="session")
def paul() -> Cv:
    return from_json_resume(PAUL)
