"""CVs and their versions over the wire."""

from __future__ import annotations

from typing import Any

import msgspec

from cvcore.cv import to_json_resume
from cvcore.cv.model import Cv
from cvcore.versions import Pulled
from cvcore.versions.model import Change, MergeConflict, VersionInfo
from cvcore.versions.ports import CvRecord
from cvweb.http.errors import FieldProblem, InvalidRequest
from cvweb.http.times import wire_time
from cvweb.http.uploads import FILE_NAME_CHARACTERS_MAX
from cvweb.http.wire import Body, View


class CvBody(Body, frozen=True, kw_only=True):
    """A CV typed or kept elsewhere: `content` is JSON Resume; without it the CV is blank."""

    filename: str
    content: dict[str, Any] = msgspec.field(default_factory=dict)


class VariantBody(Body, frozen=True, kw_only=True):
    """A variant to be made: for which of one's offers, under which name; both may be left out."""

    offer_id: str | None = None
    filename: str | None = None

    def check(self) -> None:
        """See that the name can be one.

        Raises:
            InvalidRequest: it is empty or too long.
        """
        name = self.filename
        if name is not None and not 1 <= len(name.strip()) <= FILE_NAME_CHARACTERS_MAX:
            message = f"must have 1 to {FILE_NAME_CHARACTERS_MAX} characters"
            raise InvalidRequest([FieldProblem("filename", message)])


class CvSummary(View, frozen=True, kw_only=True):
    """A CV without its document. `version` is what `If-Match` compares."""

    id: str
    filename: str
    version: int
    language: str | None
    source_type: str
    source_value: str | None
    offer_id: str | None
    base_id: str | None
    base_version: int | None
    blocked: bool
    blocked_reason: str | None
    created_at: str
    updated_at: str
    deleted_at: str | None

    @classmethod
    def of(cls, record: CvRecord) -> CvSummary:
        """The summary of a CV."""
        return cls(**_facts(record))


class CvView(CvSummary, frozen=True, kw_only=True):
    """A CV with its document, JSON Resume."""

    content: dict[str, Any]

    @classmethod
    def whole(cls, record: CvRecord, cv: Cv) -> CvView:
        """The view of a CV at its newest version."""
        return cls(content=to_json_resume(cv), **_facts(record))


class PullView(CvView, frozen=True, kw_only=True):
    """A variant after a pull. `conflicts` are what both changed, each with the base as it was, the
    variant (mine) and the base now (theirs); `proposal_ids` those of them to be reviewed."""

    conflicts: tuple[MergeConflict, ...]
    proposal_ids: tuple[str, ...]

    @classmethod
    def pulled(cls, pulled: Pulled) -> PullView:
        """The view of what a pull came to."""
        return cls(
            content=to_json_resume(pulled.kept.cv),
            conflicts=pulled.conflicts,
            proposal_ids=tuple(each.proposal.id for each in pulled.proposals),
            **_facts(pulled.kept.record),
        )


class VersionSummary(View, frozen=True, kw_only=True):
    """A version without its document: whose, from which, why."""

    number: int
    parents: tuple[int, ...]
    author: str
    reason: str
    source: str | None
    score: int | None
    content_hash: str
    created_at: str

    @classmethod
    def of(cls, info: VersionInfo) -> VersionSummary:
        """The summary of a version."""
        return cls(**_version_facts(info))


class VersionView(VersionSummary, frozen=True, kw_only=True):
    """A version with its document, JSON Resume."""

    content: dict[str, Any]

    @classmethod
    def whole(cls, info: VersionInfo, cv: Cv) -> VersionView:
        """The view of a version."""
        return cls(content=to_json_resume(cv), **_version_facts(info))


class DiffView(View, frozen=True, kw_only=True):
    """What makes version `to_version` of version `from_version`."""

    from_version: int
    to_version: int
    changes: tuple[Change, ...]


def _facts(record: CvRecord) -> dict[str, Any]:
    return {
        "id": record.id,
        "filename": record.filename,
        "version": record.version,
        "language": record.language,
        "source_type": record.source_type,
        "source_value": record.source_value,
        "offer_id": record.offer,
        "base_id": record.base,
        "base_version": record.base_version,
        "blocked": record.blocked,
        "blocked_reason": record.blocked_reason,
        "created_at": wire_time(record.created_at),
        "updated_at": wire_time(record.updated_at),
        "deleted_at": wire_time(record.deleted_at) if record.deleted_at else None,
    }


def _version_facts(info: VersionInfo) -> dict[str, Any]:
    return {
        "number": info.number,
        "parents": info.parents,
        "author": info.author,
        "reason": info.reason,
        "source": info.source,
        "score": info.score,
        "content_hash": info.content,
        "created_at": wire_time(info.created_at),
    }
