"""A score and its proposals as a person reads them in a terminal."""

from __future__ import annotations
