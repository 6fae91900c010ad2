"""One transaction over everything cvweb keeps."""

from __future__ import annotations

from typing import Protocol

from cvcore.ledger.ports import LedgerStore
from cvcore.offers.ports import OfferStore
from cvcore.plans.ports import PlanStore
from cvcore.scoring.ports import ScoreStore
from cvcore.tasks.ports import TaskStore
from cvcore.versions.ports import CvStore, ProposalStore, TrashStore, VersionStore
from cvweb.ports.events import EventStore
from cvweb.ports.kept import ExportStore, FileStore, RequestStore
from cvweb.ports.people import ApiKeyStore, SessionStore, UserStore


class Unit(Protocol):
    """One transaction over everything cvweb keeps."""

    @property
    def ledger(self) -> LedgerStore:
        """Credits, within this transaction."""
        ...

    @property
    def plans(self) -> PlanStore:
        """Plans, subscriptions and use counters, within this transaction."""
        ...

    @property
    def tasks(self) -> TaskStore:
        """Tasks, within this transaction."""
        ...

    @property
    def cvs(self) -> CvStore:
        """CVs, within this transaction."""
        ...

    @property
    def versions(self) -> VersionStore:
        """The versions of CVs, within this transaction."""
        ...

    @property
    def trash(self) -> TrashStore:
        """The CVs in the trash, within this transaction."""
        ...

    @property
    def proposals(self) -> ProposalStore:
        """Proposals, within this transaction."""
        ...

    @property
    def offers(self) -> OfferStore:
        """Offers, within this transaction."""
        ...

    @property
    def scores(self) -> ScoreStore:
        """Scores, within this transaction."""
        ...

    @property
    def users(self) -> UserStore:
        """Accounts, within this transaction."""
        ...

    @property
    def sessions(self) -> SessionStore:
        """Sessions, within this transaction."""
        ...

    @property
    def api_keys(self) -> ApiKeyStore:
        """API keys, within this transaction."""
        ...

    @property
    def files(self) -> FileStore:
        """Files, within this transaction."""
        ...

    @property
    def exports(self) -> ExportStore:
        """Exports, within this transaction."""
        ...

    @property
    def requests(self) -> RequestStore:
        """First answers by key, within this transaction."""
        ...

    @property
    def events(self) -> EventStore:
        """What happened, within this transaction."""
        ...
