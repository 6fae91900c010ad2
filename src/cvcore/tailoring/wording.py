"""The reasons of proposals and the few words a draft writes itself, in English and French."""

from __future__ import annotations

REASONS: dict[str, dict[str, str]] = {
    "en": {
        "alias": "The offer says “{name}” where your CV says “{words}”: the same skill under both "
        "names is found by people and by machines.",
        "plain": "“{words}” can be read as an ordinary word; “{name}”, which your skills list, "
        "cannot be missed.",
        "list": "Your CV shows {name} ({where}), but your skills do not list it and the offer asks "
        "for it.",
        "group": "The offer asks for what this group lists ({names}): it is read first.",
        "keywords": "The offer asks for {names}: named first, they are seen first.",
        "bullet": "This line answers what the offer asks ({names}): it belongs at the top of this "
        "job.",
        "project": "This project shows what the offer asks ({names}): it belongs first.",
        "summary": "The summary does not name {names}, which the offer asks for and your jobs "
        "show.",
        "label": "Your headline is empty; this is the post you held at {where}.",
        "keys": "Key skills: {names}.",
        "groupname": "Technical skills",
        "and": "and",
    },
    "fr": {
        "alias": "L'offre dit « {name} » là où votre CV dit « {words} » : la même compétence sous "
        "ses deux noms est trouvée par les personnes et par les machines.",
        "plain": "« {words} » peut se lire comme un mot ordinaire ; « {name} », qui figure dans "
        "vos compétences, ne peut pas échapper.",
        "list": "Votre CV montre {name} ({where}), mais vos compétences ne le citent pas et "
        "l'offre le demande.",
        "group": "L'offre demande ce que ce groupe cite ({names}) : il est lu en premier.",
        "keywords": "L'offre demande {names} : cités en premier, ils sont vus en premier.",
        "bullet": "Cette ligne répond à ce que l'offre demande ({names}) : sa place est en tête de "
        "ce poste.",
        "project": "Ce projet montre ce que l'offre demande ({names}) : sa place est en premier.",
        "summary": "Le résumé ne cite pas {names}, que l'offre demande et que vos postes montrent.",
        "label": "Votre titre est vide ; voici le poste que vous occupiez chez {where}.",
        "keys": "Compétences clés : {names}.",
        "groupname": "Compétences techniques",
        "and": "et",
    },
}


def wording(language: str | None) -> dict[str, str]:
    """The words in `language` (ISO 639-1), English where we have none in it."""
    return REASONS.get((language or "en")[:2].lower(), REASONS["en"])


def enumerated(names: list[str], words: dict[str, str]) -> str:
    """Names as a sentence lists them.

    >>> enumerated(["SQL", "Go", "C"], wording("en"))
    'SQL, Go and C'
    """
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {words['and']} {names[-1]}"
