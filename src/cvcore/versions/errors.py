"""What can be wrong with a version, a proposal or a review."""

from __future__ import annotations

from cvcore.errors import Conflict, Refusal
from cvcore.ids import CvId


class StaleVersion(Conflict):
    """The CV has another version than the one this change was made against."""

    code = "stale_version"

    def __init__(self, *, id: CvId, seen: int, now: int) -> None:
        super().__init__(
            f"CV {id!r} is at version {now}, this change was made against {seen}; "
            "read it again and repeat the change"
        )
        self.id, self.seen, self.now = id, seen, now


class FilenameTaken(Conflict):
    """The owner has a CV of this name."""

    code = "filename_taken"

    def __init__(self, *, filename: str) -> None:
        super().__init__(f"a CV called {filename!r} exists already; choose another name")
        self.filename = filename


class StaleProposal(Conflict):
    """Somebody else decided this proposal first."""

    code = "stale_proposal"

    def __init__(self, *, id: str) -> None:
        super().__init__(f"proposal {id!r} was decided meanwhile; read the proposals again")
        self.id = id


class NoBase(Refusal):
    """There is nothing to pull from: the CV is no variant, or the CV it was made from is gone."""

    code = "no_base"

    def __init__(self, *, id: CvId, base: CvId | None) -> None:
        what = "is no variant" if base is None else f"is a variant of {base!r}, which is gone"
        super().__init__(f"CV {id!r} {what}: there is nothing to pull; it can be edited as ever")
        self.id, self.base = id, base


class CvBlocked(Refusal):
    """A blocked CV can be read and exported, not changed."""

    code = "cv_blocked"

    def __init__(self, *, id: CvId, reason: str) -> None:
        super().__init__(f"CV {id!r} is blocked ({reason}): it can be read and exported")
        self.id, self.reason = id, reason
