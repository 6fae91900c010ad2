"""CVs, offers and what came of them.

Owners are opaque here: the domain's stores know no users, so `user_id` is no foreign key; removing
a person removes theirs explicitly.
"""

from __future__ import annotations

from piccolo.columns import (
    JSON,
    Array,
    BigInt,
    Boolean,
    Bytea,
    DoublePrecision,
    ForeignKey,
    Integer,
    OnDelete,
    Text,
    Timestamptz,
)
from piccolo.constraints import Check, Unique
from piccolo.table import Table


class CvFile(Table, tablename="cv_file"):
    """A CV without its document; `content_version` is the number of its newest version."""

    id = Text(primary_key=True)
    user_id = Text(index=True)
    filename = Text()
    content_version = Integer(default=1)
    source_type = Text(default="manual")
    source_value = Text(null=True, default=None)
    job_offer_id = Text(null=True, default=None, index=True)
    base_cv_file_id = Text(null=True, default=None)
    base_version = Integer(null=True, default=None)
    language = Text(null=True, default=None)
    blocked = Boolean(default=False)
    blocked_reason = Text(null=True, default=None)
    created_at = Timestamptz()
    updated_at = Timestamptz()
    deleted_at = Timestamptz(null=True, default=None)

    versions_count_from_one = Check("content_version >= 1")


class CvContent(Table, tablename="cv_content"):
    """One document, stored once: `hash` names it, `content` is its JSON."""

    hash = Text(primary_key=True)
    content = JSON()


class CvVersion(Table, tablename="cv_version"):
    """One version of a CV; rows are only ever added."""

    id = Text(primary_key=True)
    cv_file_id = Text()
    version = Integer()
    content = ForeignKey(CvContent, on_delete=OnDelete.restrict, null=False, index=True)
    parents = Array(Integer(), default=list)
    change_type = Text()
    changelog = Text(default="")
    source_file = Text(null=True, default=None)
    match_score = Integer(null=True, default=None)
    created_at = Timestamptz()
    created_by = Text()

    one_per_number = Unique([cv_file_id, version])
    numbers_count_from_one = Check("version >= 1")


class Proposal(Table, tablename="proposal"):
    """One proposed change; `proposal` is it, whole, and `state` what became of it."""

    id = Text(primary_key=True)
    position = BigInt()
    cv_file_id = Text(index=True)
    task_id = Text(index=True)
    job_offer_id = Text(null=True, default=None)
    base_version = Integer()
    state = Text()
    proposal = JSON()
    created_at = Timestamptz()
    reviewed_at = Timestamptz(null=True, default=None)
    reviewed_by = Text(null=True, default=None)
    into_version = Integer(null=True, default=None)
    seq = Integer(default=0)

    known_state = Check("state IN ('pending', 'accepted', 'rejected', 'conflict', 'superseded')")


class JobOffer(Table, tablename="job_offer"):
    """An offer as read and corrected; `version` counts corrections from 1."""

    id = Text(primary_key=True)
    user_id = Text(index=True)
    source_type = Text()
    source_value = Text(null=True, default=None)
    content_hash = Text()
    content = JSON()
    findings = JSON(default="[]")
    extracted_at = Timestamptz()
    extraction_model = Text(default="")
    tokens_used = Integer(default=0)
    version = Integer(default=1)
    created_at = Timestamptz()
    updated_at = Timestamptz()


class LinkHistory(Table, tablename="link_history"):
    """The addresses of offers a person read, newest use first."""

    id = Text(primary_key=True)
    user_id = Text()
    url = Text()
    title = Text(null=True, default=None)
    created_at = Timestamptz()

    one_per_address = Unique([user_id, url])


class Score(Table, tablename="score"):
    """A score with its receipt; history, never changed."""

    id = Text(primary_key=True)
    user_id = Text()
    cv_file_id = Text(index=True)
    version = Integer()
    job_offer_id = Text()
    match_score = Integer(null=True, default=None)
    exact = DoublePrecision(null=True, default=None)
    receipt_hash = Text()
    score = JSON()
    task_id = Text(null=True, default=None)
    created_at = Timestamptz()

    within_range = Check("match_score BETWEEN 0 AND 100")


class FileContent(Table, tablename="file_content"):
    """The bytes of files, each stored once; `hash` is their SHA-256."""

    hash = Text(primary_key=True)
    content = Bytea()


class StoredFile(Table, tablename="stored_file"):
    """A file as it came or was made, without its bytes."""

    id = Text(primary_key=True)
    user_id = Text(index=True)
    filename = Text()
    media_type = Text()
    size_bytes = BigInt()
    content_hash = ForeignKey(FileContent, on_delete=OnDelete.restrict, null=False, index=True)
    created_at = Timestamptz()


class Export(Table, tablename="export"):
    """A file made from one version, frozen: what, for which offer, with which options."""

    id = Text(primary_key=True)
    user_id = Text(index=True)
    cv_file_id = Text(index=True)
    version = Integer()
    job_offer_id = Text(null=True, default=None)
    format = Text()
    template = Text(null=True, default=None)
    options = JSON(default="{}")
    stored_file_id = Text()
    file_hash = Text()
    filename = Text()
    media_type = Text()
    size_bytes = BigInt()
    findings = JSON(default="[]")
    task_id = Text(null=True, default=None)
    created_at = Timestamptz()
