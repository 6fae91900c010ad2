"""What can be wrong with the database, in words for whoever runs it."""

from __future__ import annotations

from cvcore.errors import Unavailable


class DatabaseUnavailable(Unavailable):
    """The database does not answer, or gave this unit up; nothing of the unit was kept."""

    code = "database_unavailable"

    def __init__(self, *, why: str) -> None:
        super().__init__(
            f"the database does not answer as it should ({why}); nothing was changed, try again"
        )
        self.why = why


class DatabaseUnfit(Unavailable):
    """There is a database, and it is not one this release can work on."""

    code = "database_unfit"

    def __init__(self, *, why: str, to_do: str) -> None:
        super().__init__(f"this database cannot be used: {why}; {to_do}")
        self.why = why


class CommitUnknown(Unavailable):
    """The connection broke while the unit was committed: it was kept, or it was not."""

    code = "commit_unknown"

    def __init__(self) -> None:
        super().__init__(
            "the connection to the database broke while this was being saved; "
            "repeat the request under the same key: it is carried out once"
        )
