"""What suggestions and flags say, in English and in French."""

from __future__ import annotations

_ENGLISH = {
    "show_title": "Show where you used {what}",
    "show_detail": (
        "Your CV mentions {what}, but no dated job tells of it. If it is true, say in a job or "
        "project what you did with it."
    ),
    "related_title": "Say whether you know {what}",
    "related_detail": (
        "Your CV shows something related to {what}. If you know it, name it in the job or project "
        "where you used it."
    ),
    "missing_title": "Missing: {what}",
    "missing_detail": (
        "Nothing in your CV speaks of {what}: it cannot be claimed from this CV. Only add it if it "
        "is true."
    ),
    "pasted_offer": "Words copied from the offer prove nothing and earned no points.",
    "listed_not_used": (
        "{n} skills are listed and told of in no job or project; lists earn few points however "
        "long they are."
    ),
    "no_dates": "No job has dates that can be read, so no years of experience could be counted.",
}
_FRENCH = {
    "show_title": "Montrez où vous avez utilisé {what}",
    "show_detail": (
        "Votre CV mentionne {what}, mais aucun poste daté n'en parle. Si c'est vrai, dites dans un "
        "poste ou un projet ce que vous en avez fait."
    ),
    "related_title": "Dites si vous connaissez {what}",
    "related_detail": (
        "Votre CV montre quelque chose de proche de {what}. Si vous le connaissez, nommez-le dans "
        "le poste ou le projet où vous l'avez utilisé."
    ),
    "missing_title": "Absent : {what}",
    "missing_detail": (
        "Rien dans votre CV ne parle de {what} : ce CV ne permet pas de l'affirmer. Ne l'ajoutez "
        "que si c'est vrai."
    ),
    "pasted_offer": ("Les mots copiés de l'offre ne prouvent rien et n'ont rapporté aucun point."),
    "listed_not_used": (
        "{n} compétences sont listées sans qu'aucun poste ou projet n'en parle ; une liste "
        "rapporte peu de points, si longue soit-elle."
    ),
    "no_dates": (
        "Aucun poste n'a de dates lisibles : aucune année d'expérience n'a pu être comptée."
    ),
}


def words_for(language: str | None) -> dict[str, str]:
    """The sentences in the language of the CV, French or else English."""
    return _FRENCH if language == "fr" else _ENGLISH
