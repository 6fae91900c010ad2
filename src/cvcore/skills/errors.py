"""What can be wrong with a lexicon."""

from __future__ import annotations

from cvcore.errors import Refusal


class LexiconInvalid(Refusal):
    """A lexicon's file cannot be read, or contradicts itself."""

    code = "lexicon_invalid"

    def __init__(self, *, source: str, line: int, why: str) -> None:
        super().__init__(f"lexicon {source!r}, line {line}: {why}; mend that line")
        self.source, self.line, self.why = source, line, why
