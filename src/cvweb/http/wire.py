"""What goes over the wire: camelCase; bodies with unknown fields are refused, not half read."""

from __future__ import annotations

import msgspec


class Body(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """What somebody sends."""


class View(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What we answer."""
