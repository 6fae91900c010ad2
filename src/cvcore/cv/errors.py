"""What can be wrong with a CV document, or with a path into one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from cvcore.errors import Refusal

SHOWN_MAX = 3
"""How many problems the message of an error spells out; all are in its `problems`."""


class Problem(msgspec.Struct, frozen=True):
    """One thing wrong in a document: where, in one sentence, and the value that stands there.

    `path` counts list entries from 0, as the document does: `work[0].highlights[2]`.
    """

    path: str
    message: str
    value: Any = None


class InvalidCv(Refusal):
    """The document cannot be read as a CV; `problems` holds everything wrong with it at once."""

    code = "invalid_cv"

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        shown = "; ".join(f"{each.path}: {each.message}" for each in self.problems[:SHOWN_MAX])
        more = len(self.problems) - SHOWN_MAX
        super().__init__(
            f"this is no JSON Resume document: {shown}"
            + (f"; and {more} more" if more > 0 else "")
            + "; correct it and send it again"
        )

    def fields(self) -> dict[str, object]:
        """The problems as plain data, each with `path`, `message` and `value`."""
        return {"problems": [msgspec.to_builtins(each) for each in self.problems]}


class CvTooLarge(Refusal):
    """The document is larger than that of any CV."""

    code = "cv_too_large"

    def __init__(self, *, cv_bytes_max: int, cv_values_max: int) -> None:
        super().__init__(
            f"this CV would have more than {cv_bytes_max} bytes or {cv_values_max} values in its "
            "document; take something out, or make two CVs of it"
        )
        self.cv_bytes_max, self.cv_values_max = cv_bytes_max, cv_values_max


class NoSuchPath(Refusal):
    """Nothing stands at this path; `there` lists what does, where it leaves what exists."""

    code = "no_such_path"

    def __init__(self, *, path: str, needed: str, there: Iterable[str] = ()) -> None:
        self.path, self.needed, self.there = path, needed, tuple(there)
        listed = ", ".join(self.there) or "nothing"
        super().__init__(f"no {needed} at {path!r}; there is: {listed}")


class WrongValue(Refusal):
    """This value cannot stand at this path."""

    code = "wrong_value"

    def __init__(self, *, path: str, needed: str, value: object) -> None:
        super().__init__(f"{path!r} takes {needed}, not {type(value).__name__}; correct the value")
        self.path, self.needed, self.value = path, needed, value


class NotACv(Refusal):
    """The text is no CV: a letter, a job offer, a bill, or nothing of a person in it."""

    code = "not_a_cv"

    def __init__(self, *, why: str) -> None:
        super().__init__(f"this is no CV: {why}; choose the file of the CV itself")
        self.why = why


class InvalidPatch(Refusal):
    """An operation of a JSON Patch cannot be done; `index` counts operations from 0."""

    code = "invalid_patch"

    def __init__(self, *, index: int, why: str) -> None:
        super().__init__(f"operation {index} of the patch: {why}; nothing was changed")
        self.index, self.why = index, why
