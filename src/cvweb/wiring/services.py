"""The services of an installation, over whatever keeps its things."""

from __future__ import annotations

from dataclasses import dataclass

from cvcore.clock import Clock, system_clock
from cvcore.ids import NewId, random_id
from cvcore.ledger import Ledger
from cvcore.offline.matcher import OfflineMatcher
from cvcore.offline.writer import OfflineWriter
from cvcore.runs import Runs, RunSettings
from cvcore.scoring import Scoring
from cvcore.tailoring import Tailoring
from cvcore.unit import Begin
from cvcore.versions import Trash, Variants, Versions
from cvweb.http.passwords import PasswordCost, Passwords
from cvweb.ports import Dispatch, Events, FetchPage, ReadCvFile, ReadOfferFile, Unit, WriteCvFile
from cvweb.settings import Settings
from cvweb.wiring.documents import CvFileWriter, cv_file_reader, offer_file_reader, page_fetcher


@dataclass(frozen=True, kw_only=True)
class Services:
    """Everything that routes and workers are handed; each has the shape that a feature asks for."""

    settings: Settings
    begin: Begin[Unit]
    clock: Clock
    new_id: NewId
    ledger: Ledger
    runs: Runs
    versions: Versions
    trash: Trash
    variants: Variants
    scoring: Scoring
    tailoring: Tailoring
    dispatch: Dispatch
    events: Events
    read_cv_file: ReadCvFile
    read_offer_file: ReadOfferFile
    write_cv_file: WriteCvFile
    fetch_page: FetchPage
    passwords: Passwords


def services_over(
    begin: Begin[Unit],
    *,
    settings: Settings,
    dispatch: Dispatch,
    events: Events,
    clock: Clock = system_clock,
    new_id: NewId = random_id,
    fetch_page: FetchPage | None = None,
    password_cost: PasswordCost | None = None,
) -> Services:
    """The services over these stores, with the offline readers, matcher and writer."""
    matcher = OfflineMatcher()
    versions = Versions(begin, clock=clock, new_id=new_id)
    return Services(
        settings=settings,
        begin=begin,
        clock=clock,
        new_id=new_id,
        ledger=Ledger(begin=begin, clock=clock),
        runs=Runs(begin=begin, clock=clock, new_id=new_id, settings=_run_settings(settings)),
        versions=versions,
        variants=Variants(begin, clock=clock, versions=versions),
        trash=Trash(begin, clock=clock, days_max=settings.trash_days_max),
        scoring=Scoring(begin=begin, matcher=matcher, clock=clock, new_id=new_id),
        tailoring=Tailoring(writer=OfflineWriter(), matcher=matcher),
        dispatch=dispatch,
        events=events,
        read_cv_file=cv_file_reader(settings),
        read_offer_file=offer_file_reader(settings, clock),
        write_cv_file=CvFileWriter(),
        fetch_page=fetch_page or page_fetcher(settings),
        passwords=Passwords(password_cost),
    )


def _run_settings(settings: Settings) -> RunSettings:
    return RunSettings(
        deadline_seconds=settings.task_deadline_seconds,
        hold_margin_seconds=settings.hold_margin_seconds,
        attempts_max=settings.task_attempts_max,
    )
