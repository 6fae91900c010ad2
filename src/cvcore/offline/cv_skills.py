"""The skills of a CV, in the groups and with the levels it gives them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cvcore.cv.model import ID_PREFIX, Language, Skill
from cvcore.offline.cv_body import Paragraph, paragraphs_of
from cvcore.offline.cv_language import is_language_list, is_language_name
from cvcore.offline.cv_lists import END, items_of, languages_of, lines_of_texts
from cvcore.offline.cv_outline import look_of
from cvcore.offline.cv_text import TextLine, is_bullet

_GROUP = re.compile(r"^([^:\t]{2,48}?)\s*(?::\s*(?!//)|\t+)(.*)$")


_LEVELS = re.compile(
    r"^(?:expert|advanced|intermediate|beginner|novice|basic|proficient|master|competent"
    r"|familiar|skilled|experienced|good|"
    r"avancé|intermédiaire|débutant|confirmé|maîtrise|notions|bon|experte|gut|sehr gut"
    r"|fortgeschritten|"
    r"grundkenntnisse|anfänger|expertenkenntnisse|\d{1,3}\s?%|[★☆●○]{2,5}|\d\s?/\s?\d{1,2})$",
    re.IGNORECASE,
)


_TRAILING_LEVEL = re.compile(
    r"^(.{2,60}?)\s*(?:[-–—:]\s*exp(?:e?r)?ience\s*[-–:]\s*(.+)|\s*[(\[]\s*([^()]+?)\s*[)\]])$",
    re.IGNORECASE,
)


def skills_of(lines: Sequence[TextLine]) -> tuple[list[Skill], list[Language]]:
    """The skills, in groups where the CV groups them; a group that lists spoken languages apart."""
    groups: list[tuple[str | None, str | None, list[str]]] = []
    languages: list[Language] = []
    for name, level, values in _groups(lines):
        listed = ", ".join(values)
        if name and _is_languages(listed):
            languages += languages_of([TextLine(text=listed)])
        else:
            groups.append((name, level, values))
    skills: list[Skill] = []
    for name, level, values in groups:
        words = [word for value in values for word in items_of(value)]
        if name is None:
            skills += [_single(word, len(skills) + n) for n, word in enumerate(words, 1)]
            continue
        identity = f"{ID_PREFIX['skills']}{len(skills) + 1}"
        keywords = lines_of_texts("keywords", words)
        skills.append(Skill(id=identity, name=name, level=level, keywords=keywords))
    return skills, languages


def _single(word: str, number: int) -> Skill:
    identity = f"{ID_PREFIX['skills']}{number}"
    if match := _TRAILING_LEVEL.match(word):
        level = match.group(2) or match.group(3)
        if match.group(2) or _LEVELS.match(level):
            return Skill(id=identity, name=match.group(1), level=level)
    return Skill(id=identity, name=word)


def _is_languages(values: str) -> bool:
    return is_language_list(values) and not re.search(
        r"\b(?:python|java|sql|html|php|c)\b", values, re.IGNORECASE
    )


def _groups(lines: Sequence[TextLine]) -> list[tuple[str | None, str | None, list[str]]]:
    """(name, level, values) as the layout groups them: `Name: values`, or a name above them."""
    groups: list[tuple[str | None, str | None, list[str]]] = []
    kept = list(lines)
    heads = _group_heads(kept)
    buffer: list[TextLine] = []

    def flush() -> None:
        for paragraph in paragraphs_of(buffer, is_list=True):
            _add(groups, paragraph)
        buffer.clear()

    for number, line in enumerate(kept):
        if number in heads:
            flush()
            groups.append((line.text.strip(END), None, []))
        else:
            buffer.append(line)
            if not line.style:
                continue
            following = kept[number + 1] if number + 1 < len(kept) else None
            if following is not None and _GROUP.match(following.text) and not is_bullet(line.text):
                flush()
    flush()
    return groups


def _add(groups: list[tuple[str | None, str | None, list[str]]], paragraph: Paragraph) -> None:
    match = _GROUP.match(paragraph.text)
    if match and len(match.group(1).split()) <= 6 and not is_language_name(match.group(1)):
        groups.append((match.group(1).strip(END), None, [match.group(2)] if match.group(2) else []))
        return
    if groups and groups[-1][0] is not None and not groups[-1][2]:
        name, level, _ = groups[-1]
        if level is None and _LEVELS.match(paragraph.text):
            groups[-1] = (name, paragraph.text, [])
            return
        groups[-1] = (name, level, [paragraph.text])
        return
    if (
        groups
        and groups[-1][0] is not None
        and groups[-1][1] is None
        and _LEVELS.match(paragraph.text)
    ):
        groups[-1] = (groups[-1][0], paragraph.text, groups[-1][2])
        return
    if groups and groups[-1][0] is not None and paragraph.is_bullet and not match:
        groups[-1][2].append(paragraph.text)
        return
    groups.append((None, None, [paragraph.text]))


def _group_heads(lines: Sequence[TextLine]) -> set[int]:
    """The lines that name a group: bold or set apart, with other lines below."""
    if not lines or not lines[0].style:
        return {
            n for n, line in enumerate(lines[:-1])
            if line.text.rstrip().endswith(":") and not is_bullet(line.text) and len(line.text) < 50
        }  # fmt: skip
    looks = {look_of(line) for line in lines}
    if len(looks) < 2:
        return set()
    bold = {
        n for n, line in enumerate(lines)
        if line.is_bold and "\t" not in line.text and ":" not in line.text
        and len(line.text.split()) <= 6
        and not is_bullet(line.text)
    }  # fmt: skip
    below = {n for n in bold if n + 1 < len(lines) and n + 1 not in bold}
    return (
        bold
        if below and len(below) == len(bold)
        else below
        if len(below) * 2 > len(bold)
        else set()
    )
