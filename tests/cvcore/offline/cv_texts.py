"""Fictional CVs as plain text, in the forms people send them."""

from __future__ import annotations

FRENCH = """\
Camille DURAND
12 rue des Lilas, 69003 Lyon
Tél. : 06 12 34 56 78
camille.durand@exemple.fr

INFIRMIÈRE DIPLÔMÉE D'ÉTAT

EXPÉRIENCES PROFESSIONNELLES

Depuis septembre 2019 : Infirmière en réanimation, CHU de Lyon
- Prise en charge des patients en état critique
- Encadrement des étudiants

Janvier 2016 – août 2019 : Infirmière, Clinique du Parc (Villeurbanne)
- Soins post-opératoires
- Gestion des stocks de pharmacie

FORMATION

2015 : Diplôme d'État d'infirmier, IFSI Esquirol, Lyon
2012 : Baccalauréat scientifique, Lycée Ampère

COMPÉTENCES
Soins intensifs, hémodialyse, pansements complexes
Logiciels : Word, Excel, Orbis

LANGUES
Français : langue maternelle
Anglais : B2 (TOEIC 810)

CENTRES D'INTÉRÊT
Randonnée, photographie
"""
GERMAN = """\
Lukas Weber
Softwareentwickler
Musterstraße 5, 10115 Berlin | lukas.weber@beispiel.de | +49 170 1234567

Berufserfahrung
01/2021 – heute
Senior Softwareentwickler bei Muster GmbH, Berlin
- Entwicklung von Microservices mit Java und Spring
- Leitung eines Teams von vier Personen
04/2017 – 12/2020
Softwareentwickler, Beispiel AG, München
- Betreuung des Kundenportals

Ausbildung
10/2012 – 03/2017
B.Sc. Informatik, Technische Universität München

Kenntnisse
Programmiersprachen: Java, Kotlin, SQL

Sprachen
Deutsch (Muttersprache), Englisch (C1)
"""
ENGLISH = """\
Sarah Cohen
Data Analyst
sarah.cohen@example.com  ·  (212) 555-0199  ·  New York, NY

Professional Experience

Acme Analytics, New York, NY                                   Mar 2021 - Present
Senior Data Analyst
  - Built dashboards in Tableau used by 200 people across the company and kept
    them current every week
  - Automated reporting with Python

Globex Corporation, Boston, MA                                 2018 - 2021
Data Analyst
  - Cleaned data

Education
Boston University, B.A. in Economics, 2018
GPA: 3.8

Skills: Python, SQL, Tableau, Excel
Languages: English (native), Spanish (B2)

Certifications
Google Data Analytics Certificate, Coursera, 2020
"""
TITLES_ABOVE = """\
John Smith
Work History
Barista
Starbucks
Seattle, WA
June 2019 to August 2021
Prepared drinks. Trained new staff.
Cashier
Target
Seattle, WA
2017 to 2019
Handled cash.
Education
High School Diploma
Lincoln High School
2017
Skills
Customer service
Cash handling
"""
MARKDOWN = """\
# Ines Moreau

**Product Manager** · ines@example.org

## Experience

### Product Manager, Kite Ltd
*2020 – 2023*

- Launched the mobile app

## Projects

### Tidy Maps
A library that draws maps.
"""
LABELLED = """\
Skills * Python * SQL * TableauEducation Details \n\
January 2015 to January 2017 MBA Pune, Maharashtra Example College
Data Analyst \n\
\n\
Data Analyst - Northwind Traders
Skill Details \n\
PYTHON- Exprience - 24 months
SQL- Exprience - 12 monthsCompany Details \n\
company - Northwind Traders
description - Built reports for sales
Cleaned data every week
company - Contoso
description - Wrote queries
"""
ALL = {
    "french": FRENCH,
    "german": GERMAN,
    "english": ENGLISH,
    "titles above": TITLES_ABOVE,
    "markdown": MARKDOWN,
    "labelled": LABELLED,
}
