"""Exports over the wire."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from cvcore.offers.model import Finding
from cvweb.http.border import VersionNumber
from cvweb.http.times import wire_time
from cvweb.http.wire import Body, View
from cvweb.ports import ExportRecord

Format = Literal["pdf", "docx", "md", "json", "typst"]


class ExportBody(Body, frozen=True, kw_only=True):
    """What to make of which version; without `version` of the newest."""

    format: Format
    template: str | None = None
    options: dict[str, Any] = msgspec.field(default_factory=dict)
    version: VersionNumber | None = None
    offer_id: str | None = None


class ExportView(View, frozen=True, kw_only=True):
    """An export: frozen with the hash of its file; `file` is where the bytes are."""

    id: str
    cv_id: str
    version: int
    offer_id: str | None
    format: str
    template: str | None
    options: dict[str, Any]
    file_name: str
    media_type: str
    size_bytes: int
    sha256: str
    findings: tuple[Finding, ...]
    created_at: str
    file: str

    @classmethod
    def of(cls, export: ExportRecord) -> ExportView:
        """The view of an export."""
        return cls(
            id=export.id,
            cv_id=export.cv,
            version=export.version,
            offer_id=export.offer,
            format=export.format,
            template=export.template,
            options=export.options,
            file_name=export.file_name,
            media_type=export.media_type,
            size_bytes=export.size_bytes,
            sha256=export.sha256,
            findings=export.findings,
            created_at=wire_time(export.created_at),
            file=f"/api/v1/exports/{export.id}/file",
        )
