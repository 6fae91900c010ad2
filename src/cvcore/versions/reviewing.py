"""The review of proposals: each accepted one is merged into the CV as it is now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from cvcore.cv import paths
from cvcore.cv.errors import InvalidCv, NoSuchPath, WrongValue
from cvcore.cv.model import Cv, Origin
from cvcore.versions.differences import diff
from cvcore.versions.merging import merge, sides_in
from cvcore.versions.model import Decision, Proposal, Reviewed, ReviewResult

OPEN = frozenset({"pending", "conflict"})
"""The states in which a proposal can still be decided."""


def review(
    cv_now: Cv, base: Cv, proposals: Sequence[Proposal], decisions: Sequence[Decision]
) -> Reviewed:
    """`cv_now` with what was accepted, merged one by one in the order of `decisions`.

    The proposals are against `base`. What was edited meanwhile stays: an accepted proposal that
    overlaps it becomes a `conflict` and changes nothing. A refused one is accepted only with
    `attest`, and stays `pending` without; `edit` puts in the person's own words instead. One that
    was decided before keeps its state, and the result says so. Accepting one makes the others that
    replace the same text `superseded`.
    """
    known = {each.id: each for each in proposals}
    cv, results = cv_now, []
    for decision in decisions:
        proposal = known.get(decision.id)
        if proposal is None:
            detail = "there is no such proposal for this CV"
            results.append(ReviewResult(id=decision.id, state="rejected", detail=detail))
            continue
        cv, result = _decided(cv, base, proposal, decision)
        known[decision.id] = replace(proposal, state=result.state)
        results.append(result)
        if result.state == "accepted" and proposal.state in OPEN:
            results += _superseded(known, proposal)
    return Reviewed(cv=cv, results=tuple(results), proposals=tuple(known.values()))


def proposed(base: Cv, proposal: Proposal) -> Cv:
    """`base` with the proposal made, whatever its verdict and state.

    Raises:
        NoSuchPath: it names what `base` does not have.
        WrongValue, InvalidCv: its value cannot stand there.
    """
    match proposal.op:
        case "replace":
            return paths.with_value(base, proposal.path, proposal.after)
        case "remove":
            return paths.remove(base, proposal.path)
        case "move":
            after = proposal.position.after if proposal.position else None
            return paths.move(base, proposal.path, after=after)
        case "insert":
            return paths.insert(base, proposal.path, proposal.after, after=_behind(base, proposal))


def _behind(base: Cv, proposal: Proposal) -> str | None:
    """The id an insert stands behind: without a position, the last of the list."""
    if proposal.position is not None:
        return proposal.position.after
    ids = paths.ids_at(base, proposal.path)
    return ids[-1] if ids else None


def _decided(cv: Cv, base: Cv, proposal: Proposal, decision: Decision) -> tuple[Cv, ReviewResult]:
    if proposal.state not in OPEN:
        detail = f"decided before: it is {proposal.state}"
        return cv, ReviewResult(id=proposal.id, state=proposal.state, detail=detail)
    if decision.action == "reject":
        return cv, ReviewResult(id=proposal.id, state="rejected")
    if decision.action == "edit":
        proposal = replace(proposal, after=decision.value)
    elif proposal.verdict == "refused" and not decision.attest:
        claims = ", ".join(f"{each.rule} {each.claim!r}" for each in proposal.refusals)
        detail = f"the CV does not show: {claims}; edit it, or attest that it is true"
        return cv, ReviewResult(id=proposal.id, state="pending", detail=detail)
    return _accepted(cv, base, proposal, _origin(decision, proposal))


def _origin(decision: Decision, proposal: Proposal) -> Origin:
    if decision.attest:
        return "attested"
    return "person" if decision.action == "edit" else proposal.origin


def _accepted(cv: Cv, base: Cv, proposal: Proposal, origin: Origin) -> tuple[Cv, ReviewResult]:
    try:
        theirs = with_origins(base, proposed(base, proposal), origin)
    except (NoSuchPath, WrongValue, InvalidCv) as error:
        return cv, ReviewResult(id=proposal.id, state="conflict", detail=str(error))
    merged = merge(base, cv, theirs)
    if merged.conflicts:
        detail = sides_in(merged.conflicts)
        return cv, ReviewResult(id=proposal.id, state="conflict", detail=detail)
    return merged.cv, ReviewResult(id=proposal.id, state="accepted")


def with_origins(before: Cv, after: Cv, origin: Origin) -> Cv:
    """`after` whose `origins` name every text that `before` lacks as written by `origin`."""
    written: dict[str, Origin] = {
        change.path: origin
        for change in diff(before, after)
        if change.kind in ("added", "modified", "renamed")
        and change.after is not None
        and not change.path.startswith("meta")
    }
    if not written:
        return after
    inner = tuple(f"{path}{sign}" for path in written for sign in ".[")
    kept = {path: who for path, who in after.origins.items() if not path.startswith(inner)}
    return replace(after, origins={**kept, **written})


def origin_of(origins: Mapping[str, Origin], path: str) -> Origin:
    """Who wrote the text at `path`: what is said of it, else of the item it is part of.

    >>> origin_of({"work[w1]": "model"}, "work[w1].highlights[b1]")
    'model'
    """
    while path:
        if path in origins:
            return origins[path]
        path = path.rpartition(".")[0] if "." in path else path.rpartition("[")[0]
    return "import"


def _superseded(known: dict[str, Proposal], accepted: Proposal) -> list[ReviewResult]:
    results = []
    for other in list(known.values()):
        is_rival = other.op == accepted.op == "replace" and other.path == accepted.path
        if is_rival and other.id != accepted.id and other.state in OPEN:
            known[other.id] = replace(other, state="superseded")
            detail = f"{accepted.id} was accepted for the same text"
            results.append(ReviewResult(id=other.id, state="superseded", detail=detail))
    return results
