"""A CV's lines told apart into sections: by the wording of the headings and how they are set."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from cvcore.offline.cv_contact import emails_in, phones_in
from cvcore.offline.cv_dates import find_dates
from cvcore.offline.cv_language import fluency_at, is_language_list, language_word
from cvcore.offline.cv_sections import SectionKind, heading_kind, labelled
from cvcore.offline.cv_text import TextLine, is_bullet
from cvcore.offline.cv_words import folded, word_list

_WEAK = word_list("heading weak")
"""Headings that are as often a label within an entry: they need the look of the others."""
_DOCUMENT_TITLES = word_list("document titles")
_GLUED = re.compile(
    r"(?<=\S)(?=(?:Education|Skill|Company|Personal|Project|Experience|Contact) Details\s*(?:\n|$))"
)


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """The lines under one heading; `title` is the heading as written, None above the first."""

    kind: SectionKind | None
    title: str | None
    lines: tuple[TextLine, ...]


def without_strays(sections: list[Section]) -> list[Section]:
    """The sections, with running text below a list of languages in a section of its own."""
    found: list[Section] = []
    for one in sections:
        at = next((n for n, line in enumerate(one.lines) if _is_stray(line.text)), None)
        if one.kind != "languages" or at is None:
            found.append(one)
            continue
        found.append(msgspec.structs.replace(one, lines=one.lines[:at]))
        found.append(Section(kind="other", title=None, lines=one.lines[at:]))
    return found


def _is_stray(text: str) -> bool:
    return len(text) > 40 and language_word(text) is None and fluency_at(text) is None


def unglued(text: str) -> str:
    """A text whose line breaks were lost before headings, with those headings on lines again."""
    return _GLUED.sub("\n", text)


def is_document_title(text: str) -> bool:
    """Whether the line only says that this is a CV."""
    return folded(text) in _DOCUMENT_TITLES


def sections_of(lines: Sequence[TextLine]) -> list[Section]:
    """The sections in reading order; the first may be the head of the page, without a kind."""
    looks = _heading_looks(lines)
    body = _body_look(lines)
    sections: list[Section] = []
    kind: SectionKind | None = None
    title: str | None = None
    held: list[TextLine] = []
    for index, line in enumerate(lines):
        if index and held and _begins_head(lines, index) and heading_kind(line.text) is None:
            sections.append(Section(kind=kind, title=title, lines=tuple(held)))
            kind, title, held = None, None, []
        opened = _opens(lines, index, kind, looks, body)
        if opened is None:
            held.append(line)
            continue
        if held or title:
            sections.append(Section(kind=kind, title=title, lines=tuple(held)))
        kind, title, rest = opened
        held = [msgspec.structs.replace(line, text=rest, gap=0.0)] if rest else []
    if held or title:
        sections.append(Section(kind=kind, title=title, lines=tuple(held)))
    return sections


def _begins_head(lines: Sequence[TextLine], index: int) -> bool:
    """Whether another column of the first page begins here with the head of the CV: a line larger
    than the text, or a way to reach the person."""
    line, above = lines[index], lines[index - 1]
    is_jump = line.block != above.block and line.x_end > 0 and line.page == above.page == 1
    if not is_jump or line.y >= above.y:
        return False
    opening = lines[index : index + 5]
    sizes = sorted(one.size for one in lines)
    usual = sizes[len(sizes) // 2]
    has_contact = any(emails_in(one.text) or phones_in(one.text) for one in opening)
    return line.size > usual * 1.3 or (has_contact and line.size >= usual * 0.9)


def look_of(line: TextLine) -> tuple[object, ...]:
    """How a line is set, to compare by: style where there is layout, else capitals and colon."""
    letters = [char for char in line.text if char.isalpha()]
    is_upper = len(letters) > 2 and all(char.isupper() for char in letters)
    if line.style:
        return (line.style, is_upper)
    return (line.level, line.is_bold, is_upper, line.text.rstrip().endswith(":"))


def _opens(
    lines: Sequence[TextLine],
    index: int,
    current: SectionKind | None,
    looks: Counter[tuple[object, ...]],
    body: tuple[object, ...],
) -> tuple[SectionKind, str, str] | None:
    line = lines[index]
    if is_bullet(line.text) or (index == 0 and is_document_title(line.text)):
        return None
    kind = heading_kind(line.text)
    if kind and _is_heading(lines, index, current, looks, body):
        return kind, line.text.strip(" \t:"), ""
    if kind is None and _is_unknown_heading(lines, line, looks, body):
        return "other", line.text.strip(" \t:"), ""
    inline = labelled(line.text)
    if inline and _is_inline_heading(lines, index, current, inline):
        return inline
    return None


def _is_heading(
    lines: Sequence[TextLine],
    index: int,
    current: SectionKind | None,
    looks: Counter[tuple[object, ...]],
    body: tuple[object, ...],
) -> bool:
    line = lines[index]
    look = look_of(line)
    is_weak = all(word in _WEAK for word in folded(line.text).split())
    if line.level:
        return not is_weak or looks[look] > 1 or current is None
    if line.style and looks:
        if look == body:
            return not any(one != body for one in looks) and (line.gap > 0 or not is_weak)
        best = max(looks.values())
        if looks[look] * 3 < best and not _stands_out(line, lines, looks):
            return False
        if is_weak and looks[look] < best and current in ("work", "projects", "education"):
            return False
        return looks[look] * 3 >= best or not is_weak
    if not is_weak:
        return True
    return (
        current in (None, "summary", "contact", "other")
        or looks[look] > 1
        or (line.gap > 0 and current not in ("work", "projects"))
    )


def _stands_out(
    line: TextLine, lines: Sequence[TextLine], looks: Counter[tuple[object, ...]]
) -> bool:
    """Whether a line is set as strongly as the headings of the usual look."""
    usual = looks.most_common(1)[0][0]
    heading = next(one for one in lines if look_of(one) == usual)
    is_upper = bool(look_of(line)[-1]) or not look_of(heading)[-1]
    return line.size >= heading.size - 0.3 and is_upper and line.is_bold >= heading.is_bold


def _is_unknown_heading(
    lines: Sequence[TextLine],
    line: TextLine,
    looks: Counter[tuple[object, ...]],
    body: tuple[object, ...],
) -> bool:
    look = look_of(line)
    if not line.style or look == body or looks[look] < 2 or looks[look] < max(looks.values()):
        return False
    if looks[look] < sum(look_of(one) == look for one in lines):
        return False
    words = line.text.split()
    return 1 <= len(words) <= 6 and "\t" not in line.text and not find_dates(line.text)


def _is_inline_heading(
    lines: Sequence[TextLine],
    index: int,
    current: SectionKind | None,
    inline: tuple[SectionKind, str, str],
) -> bool:
    kind, label, content = inline
    if kind in ("contact", "other", "profiles", "publications", "awards"):
        return False
    line = lines[index]
    if kind == "languages":
        return is_language_list(content) and not (line.style and current == "skills")
    if line.style and "\t" in line.text:
        aligned = [one for one in lines if one.x <= line.x + 1 and labelled(one.text)]
        return len(aligned) >= 2 and current is None
    if find_dates(content) and kind not in ("work", "education"):
        return False
    is_upper = label.isupper()
    if current in ("work", "projects", "education", "skills"):
        is_weak = all(word in _WEAK for word in folded(label).split())
        return (is_upper or not is_weak) and line.gap > 0 and kind != current
    return kind in ("skills", "work", "education", "summary", "certificates", "projects",
                    "interests") and (is_upper or line.gap > 0 or index == 0)  # fmt: skip


def _heading_looks(lines: Sequence[TextLine]) -> Counter[tuple[object, ...]]:
    """How often each look carries a heading worded as usual; looks that body text shares count
    only where no other does."""
    known: Counter[tuple[object, ...]] = Counter()
    for line in lines:
        if "\t" not in line.text and not is_bullet(line.text) and heading_kind(line.text):
            weight = 1 if all(word in _WEAK for word in folded(line.text).split()) else 2
            known[look_of(line)] += weight
    total = Counter(look_of(line) for line in lines)
    return Counter(
        {
            look: count
            for look, count in known.items()
            if count * 4 >= total[look] or len(known) == 1
        }
    )


def _body_look(lines: Sequence[TextLine]) -> tuple[object, ...]:
    weight: Counter[tuple[object, ...]] = Counter()
    for line in lines:
        weight[look_of(line)] += len(line.text)
    return weight.most_common(1)[0][0] if weight else ()
