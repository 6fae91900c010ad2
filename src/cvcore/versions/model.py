"""The history of a CV: versions that only grow in number, and proposals against one of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

import msgspec

from cvcore.cv.model import Cv, Origin
from cvcore.ids import CvId, OwnerId

AuthorKind = Literal["person", "tailoring", "translation", "import", "restore", "merge"]
Operation = Literal["replace", "insert", "remove", "move"]
ChangeKind = Literal["added", "removed", "modified", "renamed", "moved"]
ProposalState = Literal["pending", "accepted", "rejected", "conflict", "superseded"]
VerdictWord = Literal["supported", "refused"]


class Part(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=False):
    """What every part of a history has: keywords only, camelCase on the wire."""


class Citation(Part, frozen=True, kw_only=True):
    """Words of the CV that justify a change: `quote` stands in the text at `path`."""

    path: str
    quote: str


class RefusedClaim(Part, frozen=True, kw_only=True):
    """A claim the CV does not support, and the rule that says so (`number`, `tool`, ...)."""

    rule: str
    claim: str


class Position(Part, frozen=True, kw_only=True):
    """Where an insert or a move puts the item: behind `after`, first of its list where None."""

    after: str | None = None


class Proposal(Part, frozen=True, kw_only=True):
    """One change to a CV, addressed by item id, against a base version.

    `before` and `after` are what stands at `path` before and after: a text, a JSON Resume item, or
    None where there is nothing. `path` names the item itself for `remove` and `move`, the list for
    `insert` (`work[w3].highlights`). `origin` says whose words `after` is.
    """

    id: str
    path: str
    op: Operation
    reason: str
    before: Any = None
    after: Any = None
    position: Position | None = None
    criterion: str | None = None
    citations: tuple[Citation, ...] = ()
    verdict: VerdictWord = "supported"
    refusals: tuple[RefusedClaim, ...] = ()
    state: ProposalState = "pending"
    origin: Origin = "model"


class Decision(Part, frozen=True, kw_only=True):
    """What a person says of one proposal. `value` replaces `after` for `edit`; `attest` says that
    the person stands for facts the CV did not show."""

    id: str
    action: Literal["accept", "reject", "edit"]
    value: Any = None
    attest: bool = False


class ReviewResult(Part, frozen=True, kw_only=True):
    """What became of one proposal; `detail` says why where it is a conflict."""

    id: str
    state: ProposalState
    detail: str | None = None


class Change(Part, frozen=True, kw_only=True):
    """One difference between two CVs.

    `path` names the field, item or line; for `added` the new one itself, standing where `position`
    says, with the ids `ids` of the lists in it. `renamed` is a modified name of an item or a
    keyword. `before` and `after` are JSON Resume values, None where there is nothing.
    """

    kind: ChangeKind
    path: str
    before: Any = None
    after: Any = None
    position: Position | None = None
    ids: dict[str, list[str]] = {}


class Span(Part, frozen=True, kw_only=True):
    """A run of words of a modified text: in both, only before (`removed`) or only after (`added`).

    The texts of all spans but the added ones, joined, are the text before; of all but the removed
    ones, the text after."""

    kind: Literal["same", "removed", "added"]
    text: str


class MergeConflict(Part, frozen=True, kw_only=True):
    """Two people changed the same thing, each their way: what it was, and what each made of it.

    The merged CV has `mine`; where one of the two removed it, it has what the other made of it."""

    path: str
    base: Any = None
    mine: Any = None
    theirs: Any = None


class Merged(msgspec.Struct, frozen=True, kw_only=True):
    """A three-way merge: the CV with both sides' changes, and what could not be had both ways."""

    cv: Cv
    conflicts: tuple[MergeConflict, ...] = ()


class Reviewed(msgspec.Struct, frozen=True, kw_only=True):
    """A review: the CV after it, what became of each proposal (in the order of the decisions, then
    those that lost their point), and the proposals as they are now."""

    cv: Cv
    results: tuple[ReviewResult, ...]
    proposals: tuple[Proposal, ...]


class VersionInfo(Part, frozen=True, kw_only=True):
    """A version without its document. `number` counts from 1 per CV; `content` is the CV's hash."""

    cv: CvId
    number: int
    content: str
    parents: tuple[int, ...]
    author: AuthorKind
    reason: str
    created_at: datetime
    created_by: OwnerId
    source: str | None = None
    score: int | None = None
