"""The labelled fields of a page: tables, definition lists, bold labels, captions above a value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cvcore.offline.offer_labels import VALUE_CHARACTERS_MAX, Label, is_nothing, label_of
from cvcore.offline.offer_sections import section_of
from cvcore.offline.offer_text import clean
from cvcore.offline.offer_wording import fold
from cvweb.adapters.files.job_page_tree import Node

LABEL_CHARACTERS_MAX = 50
_CAPTIONS = frozenset(["dt", "th", "h3", "h4", "h5", "h6", "strong", "b", "label", "span"])
_NAMES = frozenset(["nom", "name", "nazev", "nombre"])


def pairs_of(tree: Node) -> Mapping[Label, str]:
    """The first value of each field that the page labels.

    A bare "Name" counts as the company's where it stands under a heading about the company.
    """
    found: dict[Label, str] = {}
    heading = ""
    for node in tree.iter():
        if not isinstance(node.tag, str):
            continue
        if node.tag in ("h1", "h2", "h3"):
            heading = clean(node.text_content())
        for label, value in _pairs(node, heading):
            if not is_nothing(value):
                found.setdefault(label, value)
    return found


def _pairs(node: Node, heading: str) -> Iterator[tuple[Label, str]]:
    own = node.text or ""
    if len(node) == 0 and 2 < len(own.strip()) <= LABEL_CHARACTERS_MAX:
        text = clean(own)
        label = _label(text, heading)
        if label is not None and (text.endswith(":") or node.tag in _CAPTIONS):
            value = _after(node)
            if value:
                yield label, value
    elif ":" in own and len(own) <= LABEL_CHARACTERS_MAX + VALUE_CHARACTERS_MAX:
        written, rest = own.split(":", 1)
        label = _label(clean(written), heading) if len(written) <= LABEL_CHARACTERS_MAX else None
        value = clean(rest) or clean(node.text_content().split(":", 1)[-1])
        if label is not None and 0 < len(value) <= VALUE_CHARACTERS_MAX:
            yield label, value


def _label(text: str, heading: str) -> Label | None:
    if fold(text).strip(" :") in _NAMES:
        return "company" if section_of(heading, is_marked=True) == "company" else None
    return label_of(text)


def _after(node: Node) -> str | None:
    """The value that belongs to a label: what follows it in its line, else the next element."""
    tail = clean(node.tail or "")
    if tail.strip(" :–-"):
        value = clean(f"{tail} {_inline_after(node)}").lstrip(" :–-")
        return value if len(value) <= VALUE_CHARACTERS_MAX else None
    following = node.getnext()
    if following is None and (parent := node.getparent()) is not None and len(parent) == 1:
        following = parent.getnext()
        if clean(parent.text_content()) != clean(node.text_content()):
            return None
    if following is None or not isinstance(following.tag, str):
        return None
    value = clean(following.text_content())
    return value if 0 < len(value) <= VALUE_CHARACTERS_MAX and label_of(value) is None else None


def _inline_after(node: Node) -> str:
    following = node.getnext()
    if following is not None and following.tag in ("a", "span", "em", "i"):
        return clean(following.text_content())
    return ""
