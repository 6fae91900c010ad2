"""What cvweb needs of a store and of the world, beyond the ports of cvcore.

The unit of cvweb is cvcore's unit with more slices. Adapters implement these, features and the HTTP
room call them; nothing here knows a vendor.
"""

from __future__ import annotations

from cvweb.ports.events import Dispatch, Event, Events, EventStore, task_event
from cvweb.ports.kept import (
    ExportRecord,
    ExportStore,
    FileStore,
    RequestRecord,
    RequestStore,
    StoredFile,
)
from cvweb.ports.people import (
    ApiKey,
    ApiKeyStore,
    EmailTaken,
    Role,
    Session,
    SessionStore,
    User,
    UserStore,
)
from cvweb.ports.unit import Unit
from cvweb.ports.world import (
    CvFileReading,
    FetchedPage,
    FetchPage,
    MadeFile,
    ReadCvFile,
    ReadOfferFile,
    WriteCvFile,
)

__all__ = [
    "ApiKey",
    "ApiKeyStore",
    "CvFileReading",
    "Dispatch",
    "EmailTaken",
    "Event",
    "EventStore",
    "Events",
    "ExportRecord",
    "ExportStore",
    "FetchPage",
    "FetchedPage",
    "FileStore",
    "MadeFile",
    "ReadCvFile",
    "ReadOfferFile",
    "RequestRecord",
    "RequestStore",
    "Role",
    "Session",
    "SessionStore",
    "StoredFile",
    "Unit",
    "User",
    "UserStore",
    "WriteCvFile",
    "task_event",
]
