"""The head of an entry taken apart: who, as what, where and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

import msgspec

from cvcore.offline.cv_contact import without_url
from cvcore.offline.cv_dates import DateSpan, find_dates, without_dates
from cvcore.offline.cv_jobs import work_cells
from cvcore.offline.cv_pieces import (
    CELLS,
    TIDY,
    Cell,
    Order,
    place_at_end,
    places_taken,
    tidy,
)
from cvcore.offline.cv_studies import study_cells

_PLACE_LABEL = re.compile(
    r"^\s*(?:location|lieu|ort|place|ville|city)\s*:\s*(\S.*)$", re.IGNORECASE
)
_LABEL = re.compile(
    r"^\s*(?:dates?|period|période|zeitraum|duration|durée|dauer|position|poste|role|title"
    r"|company|employer|"
    r"entreprise|employeur|firma|designation|intitulé)\s*:\s*(?=\S)",
    re.IGNORECASE,
)


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """What the head of an entry says; what fits nowhere is in `rest`, in order."""

    title: str | None = None
    organisation: str | None = None
    place: str | None = None
    dates: DateSpan | None = None
    url: str | None = None
    rest: tuple[str, ...] = ()
    order: Order | None = None


def read_head(lines: Sequence[str], *, of: Literal["work", "education"], order: Order) -> Head:
    """The head of a job or of studies; `order` decides where the words alone do not."""
    cells: list[Cell] = []
    spans: list[DateSpan] = []
    url: str | None = None
    labelled_place: str | None = None
    for number, line in enumerate(one.replace("\u00ad", "") for one in lines):
        found = find_dates(line)
        spans += found
        text = without_dates(line, found)
        address, left = without_url(text)
        left = left.strip(TIDY + "()")
        is_page = address is not None and (address.startswith(("http", "www")) or "/" in address)
        if address and url is None and (is_page or not left):
            url, text = address, left
        for raw in CELLS.split(text):
            if match := _PLACE_LABEL.match(raw):
                labelled_place = match.group(1).strip()
            elif part := tidy(_LABEL.sub("", raw)):
                cells.append(Cell(part, number))
    place, cells, notes = places_taken(cells)
    place = place or labelled_place
    sort = work_cells if of == "work" else study_cells
    title, organisation, rest, seen = sort(cells, order)
    if place is None and organisation is not None:
        organisation, place = place_at_end(organisation)
    if place is None and title is not None:
        title, place = place_at_end(title)
    return Head(
        title=title, organisation=organisation, place=place, dates=_merged(spans), url=url,
        rest=(*rest, *notes), order=seen,
    )  # fmt: skip


def _merged(spans: list[DateSpan]) -> DateSpan | None:
    """One span out of those of a head: a range as it stands, two single dates as a range."""
    if not spans:
        return None
    for span in spans:
        if span.is_range:
            return span
    if len(spans) >= 2 and (spans[0].start or "") <= (spans[1].start or ""):
        first, last = spans[0], spans[1]
        return DateSpan(
            first.start, last.start, is_current=False, is_range=True, at=first.at, until=last.until
        )
    return spans[0]
