"""The web application: every room's routes, what they are handed, and what guards them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING, Any

from litestar import Litestar, Router
from litestar.datastructures import State
from litestar.di import Provide
from litestar.middleware import DefineMiddleware
from litestar.types import ControllerRouterHandler

from cvweb.features.accounts.routes import ROUTES as ACCOUNTS
from cvweb.features.accounts.service import Accounts
from cvweb.features.credits.routes import ROUTES as CREDITS
from cvweb.features.credits.service import CreditDesk
from cvweb.features.cvs.routes import ROUTES as CVS
from cvweb.features.cvs.service import CvDesk
from cvweb.features.exports.routes import ROUTES as EXPORTS
from cvweb.features.exports.service import ExportDesk
from cvweb.features.health.routes import ROUTES as HEALTH
from cvweb.features.offers.routes import ROUTES as OFFERS
from cvweb.features.offers.service import OfferDesk
from cvweb.features.scores.routes import ROUTES as SCORES
from cvweb.features.scores.service import ScoreDesk
from cvweb.features.tailoring.routes import ROUTES as TAILORING
from cvweb.features.tailoring.service import TailoringDesk
from cvweb.features.tasks.routes import ROUTES as TASKS
from cvweb.features.tasks.service import TaskDesk
from cvweb.http.bodies import BodyLimits
from cvweb.http.border import Border
from cvweb.http.failures import ERROR_PAGE, EXCEPTION_HANDLERS
from cvweb.http.guard import OriginGuard
from cvweb.http.headers import HeaderAdder
from cvweb.http.identity import find_identity, need_owner
from cvweb.http.meters import MeterMiddleware, Meters
from cvweb.http.once import Answers
from cvweb.http.paging import page_asked
from cvweb.http.rates import RATES, Rate, RateLimiter
from cvweb.http.schema import openapi_config
from cvweb.http.streams import Streams
from cvweb.http.tasks import API, TaskAnswers
from cvweb.pages import PAGE_DEPENDENCIES, PAGES, error_page

if TYPE_CHECKING:
    from cvweb.wiring import Services

API_VERSION = "1"
GIVEN = "given"
API_ROUTES: tuple[ControllerRouterHandler, ...] = (
    *ACCOUNTS,
    *CVS,
    *OFFERS,
    *SCORES,
    *TAILORING,
    *EXPORTS,
    *TASKS,
    *CREDITS,
)
"""What stands under `/api/v1`."""


def create_app(
    services: Services,
    *,
    rates: Mapping[str, Rate] = RATES,
    lifespan: Sequence[AbstractAsyncContextManager[Any]] = (),
) -> Litestar:
    """The application over `services`: the API, the pages, and what tells how it is.

    Errors are answered by `cvweb.problems`, every answer carries the security headers, and a
    request that changes something in a signed-in person's name must come from our own pages.
    """
    meters = Meters()
    settings = services.settings
    given = _given(services, meters, RateLimiter(rates))
    state = State({ERROR_PAGE: error_page, GIVEN: given})
    return Litestar(
        route_handlers=[Router(API, route_handlers=API_ROUTES), *HEALTH, *PAGES],
        dependencies={
            **_asked(),
            **{name: _provider(name) for name in given},
            **PAGE_DEPENDENCIES,
        },
        exception_handlers=EXCEPTION_HANDLERS,
        middleware=[
            DefineMiddleware(MeterMiddleware, meters=meters),
            DefineMiddleware(Border, is_https=settings.is_https),
            DefineMiddleware(OriginGuard, public_url=settings.public_url),
            DefineMiddleware(
                BodyLimits,
                body_bytes_max=settings.body_bytes_max,
                upload_bytes_max=settings.upload_bytes_max,
            ),
        ],
        before_send=[HeaderAdder(is_https=settings.is_https)],
        request_max_body_size=None,
        openapi_config=openapi_config(API_VERSION),
        lifespan=list(lifespan),
        state=state,
        logging_config=None,
    )


def furnish(app: Litestar, services: Services, *, rates: Mapping[str, Rate] = RATES) -> None:
    """Hand these services to the routes of `app` from now on: one application, many houses.

    What was fixed when it was made stays: the limits of bodies, the public address, the meters.
    """
    meters = app.state[GIVEN]["meters"]
    app.state[GIVEN] = _given(services, meters, RateLimiter(rates))


def _given(services: Services, meters: Meters, limiter: RateLimiter) -> dict[str, Any]:
    begin, clock, new_id = services.begin, services.clock, services.new_id
    runs, versions = services.runs, services.versions
    dispatch, events = services.dispatch, services.events
    answers = Answers(begin=begin, clock=clock)
    return {
        "accounts": _accounts(services),
        "begin": begin,
        "clock": clock,
        "new_id": new_id,
        "ledger": services.ledger,
        "runs": runs,
        "dispatch": dispatch,
        "versions": versions,
        "trash": services.trash,
        "variants": services.variants,
        "settings": services.settings,
        "meters": meters,
        "limiter": limiter,
        "answers": answers,
        "task_answers": TaskAnswers(begin=begin, answers=answers, dispatch=dispatch, events=events),
        "streams": Streams(begin=begin, events=events),
        "cv_desk": CvDesk(begin=begin, clock=clock, new_id=new_id, runs=runs, versions=versions),
        "offer_desk": OfferDesk(
            begin=begin, clock=clock, new_id=new_id, runs=runs, fetch_page=services.fetch_page
        ),
        "score_desk": ScoreDesk(begin=begin, runs=runs, scoring=services.scoring),
        "tailoring_desk": TailoringDesk(begin=begin, runs=runs, versions=versions),
        "export_desk": ExportDesk(
            begin=begin, runs=runs, versions=versions, write_cv_file=services.write_cv_file
        ),
        "task_desk": TaskDesk(begin=begin, runs=runs),
        "credit_desk": CreditDesk(begin=begin, ledger=services.ledger, charging=runs.charging),
    }


def _accounts(services: Services) -> Accounts:
    return Accounts(
        begin=services.begin,
        clock=services.clock,
        new_id=services.new_id,
        ledger=services.ledger,
        passwords=services.passwords,
        welcome_credits=services.settings.welcome_credits,
    )


def _asked() -> dict[str, Provide]:
    return {
        "somebody": Provide(find_identity),
        "owner": Provide(need_owner, sync_to_thread=False),
        "asked": Provide(page_asked, sync_to_thread=False),
    }


def _provider(name: str) -> Provide:
    def hand(state: State) -> Any:
        return state[GIVEN][name]

    return Provide(hand, sync_to_thread=False)
