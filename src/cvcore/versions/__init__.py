"""The history of a CV: versions that only grow in number, differences, merges, reviews.

`diff`, `apply`, `merge` and `review` are pure; `Versions` keeps the history in a store.
"""

from cvcore.versions.deciding import ReviewOutcome
from cvcore.versions.differences import apply, diff, spans
from cvcore.versions.errors import (
    CvBlocked,
    FilenameTaken,
    NoBase,
    StaleProposal,
    StaleVersion,
)
from cvcore.versions.keeping import KeptCv, VersionsUnit
from cvcore.versions.merging import merge
from cvcore.versions.model import (
    Change,
    Citation,
    Decision,
    MergeConflict,
    Merged,
    Position,
    Proposal,
    RefusedClaim,
    Reviewed,
    ReviewResult,
    Span,
    VersionInfo,
)
from cvcore.versions.naming import free_filename
from cvcore.versions.ports import (
    CvRecord,
    CvStore,
    ProposalStore,
    StoredProposal,
    TrashStore,
    VersionStore,
)
from cvcore.versions.reviewing import origin_of, proposed, review, with_origins
from cvcore.versions.service import Versions
from cvcore.versions.trash import Trash
from cvcore.versions.variants import Pulled, Variants

__all__ = [
    "Change",
    "Citation",
    "CvBlocked",
    "CvRecord",
    "CvStore",
    "Decision",
    "FilenameTaken",
    "KeptCv",
    "MergeConflict",
    "Merged",
    "NoBase",
    "Position",
    "Proposal",
    "ProposalStore",
    "Pulled",
    "RefusedClaim",
    "ReviewOutcome",
    "ReviewResult",
    "Reviewed",
    "Span",
    "StaleProposal",
    "StaleVersion",
    "StoredProposal",
    "Trash",
    "TrashStore",
    "Variants",
    "VersionInfo",
    "VersionStore",
    "Versions",
    "VersionsUnit",
    "apply",
    "diff",
    "free_filename",
    "merge",
    "origin_of",
    "proposed",
    "review",
    "spans",
    "with_origins",
]
