"""One transaction over everything that is kept."""

from __future__ import annotations

from cvweb.adapters.postgres.cvs import PostgresCvs, PostgresTrash
from cvweb.adapters.postgres.events import PostgresEvents
from cvweb.adapters.postgres.kept import PostgresExports, PostgresFiles, PostgresRequests
from cvweb.adapters.postgres.ledger import PostgresLedger
from cvweb.adapters.postgres.offers import PostgresOffers
from cvweb.adapters.postgres.people import PostgresApiKeys, PostgresSessions, PostgresUsers
from cvweb.adapters.postgres.plans import PostgresPlans
from cvweb.adapters.postgres.proposals import PostgresProposals
from cvweb.adapters.postgres.rows import Connection
from cvweb.adapters.postgres.scores import PostgresScores
from cvweb.adapters.postgres.tasks import PostgresTasks
from cvweb.adapters.postgres.versions import PostgresVersions


class PostgresUnit:
    """One transaction; every room finds its store here. One statement at a time: do not gather."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.events = PostgresEvents(connection)
        self.ledger = PostgresLedger(connection)
        self.plans = PostgresPlans(connection)
        self.tasks = PostgresTasks(connection, self.events)
        self.cvs = PostgresCvs(connection)
        self.versions = PostgresVersions(connection)
        self.trash = PostgresTrash(connection)
        self.proposals = PostgresProposals(connection)
        self.offers = PostgresOffers(connection)
        self.scores = PostgresScores(connection)
        self.users = PostgresUsers(connection)
        self.sessions = PostgresSessions(connection)
        self.api_keys = PostgresApiKeys(connection)
        self.files = PostgresFiles(connection)
        self.exports = PostgresExports(connection)
        self.requests = PostgresRequests(connection)
