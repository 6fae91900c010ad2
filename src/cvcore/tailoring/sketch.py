"""What every kind of draft starts from."""

from __future__ import annotations

import msgspec

from cvcore.cv.model import Cv
from cvcore.offers.model import Offer
from cvcore.scoring.model import Score
from cvcore.tailoring.wanted import Seen, Wanted
from cvcore.tailoring.wording import enumerated

NAMES_MAX = 4


class Sketch(msgspec.Struct, frozen=True, kw_only=True):
    """A CV and an offer, read: what is asked, what is seen, and the words to say so."""

    cv: Cv
    offer: Offer
    score: Score
    wanted: tuple[Wanted, ...]
    seen: tuple[Seen, ...]
    words: dict[str, str]

    def seen_of(self, skill: str) -> list[Seen]:
        """Where the CV names a skill."""
        return [each for each in self.seen if each.found.skill == skill]

    def under(self, path: str) -> list[Wanted]:
        """The wanted skills that texts at or within `path` name, the weightiest first."""
        inner = (f"{path}.", f"{path}[")
        named = {
            each.found.skill
            for each in self.seen
            if each.at.path == path or each.at.path.startswith(inner)
        }
        return [each for each in self.wanted if each.skill in named]

    def reason(self, form: str, **facts: str) -> str:
        """The reason `form` in the CV's language."""
        return self.words[form].format(**facts)

    def names(self, wanted: list[Wanted]) -> str:
        """The offer's names for a few skills, as a sentence lists them."""
        names = list(dict.fromkeys(each.name for each in wanted))
        return enumerated(names[:NAMES_MAX], self.words)


def weight_of(wanted: list[Wanted]) -> float:
    """What the criteria of some skills weigh together."""
    return sum(each.weight for each in wanted)
