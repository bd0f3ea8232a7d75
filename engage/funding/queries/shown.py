"""What the public sees of the dinners that were funded."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from engage.core import db
from engage.core.text import Localized
from engage.events.models import Event
from engage.events.queries.listing import LISTED
from engage.funding.models import Application, FundingRound, Report
from engage.funding.rules.reporting import publishable
from engage.funding.rules.rounds import RoundState
from engage.funding.rules.showing import Given
from engage.funding.rules.states import FUNDED, State


@dataclass(frozen=True)
class Quote:
    """A sentence that may be published; `host` is empty without a separate yes."""

    text: str
    locale: str
    title: Localized
    host: str


def awards() -> tuple[dict[str, list[Given[UUID, UUID]]], dict[UUID, Localized], list[Quote]]:
    """Return all awards by currency, the names of their rounds, and the quotes that may be published."""
    wanted = select(Application, FundingRound, Event.title, Report, LISTED).join(FundingRound).join(Event)
    wanted = wanted.outerjoin(Report, Report.application_id == Application.id)
    wanted = wanted.where(
        Application.state.in_(FUNDED - {State.LAPSED}), FundingRound.state != RoundState.DRAFT,
        Application.neighbourhood_id.is_not(None), Application.award.is_not(None),
    )
    by_currency: dict[str, list[Given[UUID, UUID]]] = {}
    names: dict[UUID, Localized] = {}
    quotes: list[Quote] = []
    rows = db.session().execute(wanted.order_by(FundingRound.closes_at, Application.number))
    for application, round_, title, report, is_listed in rows:
        if application.neighbourhood_id and application.award:
            given = Given(application.neighbourhood_id, round_.id, application.award)
            by_currency.setdefault(round_.currency, []).append(given)
        names[round_.id] = round_.name
        if is_listed and report is not None and report.submitted_at is not None and _may_quote(report):
            host = application.called if application.may_name_host else ""
            quotes.append(Quote(report.quote, report.locale, title, host))
    return by_currency, names, quotes


def _may_quote(report: Report) -> bool:
    return publishable(quote=report.quote, may_publish=report.may_publish_quote, is_hidden=report.is_quote_hidden)
