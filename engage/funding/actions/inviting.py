"""What an application gives its dinner: a co-host, and what the invitation doesn't say yet."""

from datetime import datetime
from uuid import UUID

from engage.core.access import Actor
from engage.core.refusal import require
from engage.events import actions as event_actions
from engage.events import rules as event_rules
from engage.events.actions import Details, WhenAndWhere, Where
from engage.events.models import Event
from engage.events.rules import Acceptance, LanguageUse, PersonRole
from engage.funding import policy
from engage.funding.models import Application
from engage.funding.queries import applications
from engage.funding.rules.applying import Access


def fill(application: Application, *, by: Actor, now: datetime) -> None:
    """Give the dinner neighbourhood, languages and access, each only if its hosts haven't said anything there yet."""
    event = application.event
    if event.state not in event_rules.WRITABLE:
        return
    if application.neighbourhood_id and not event.neighbourhood_id and not event.venue_id:
        where = WhenAndWhere(None, Where(neighbourhood_id=application.neighbourhood_id))
        event_actions.save_step(event_id=event.id, step=where, by=by, now=now)
    if application.languages and not event.languages:
        event_actions.save_step(event_id=event.id, step=_details(application, event), by=by, now=now)


def _details(application: Application, event: Event) -> Details:
    """Return the dinner's own details with languages and access of the application."""
    kept = {flag: getattr(event, flag) or flag in application.access for flag in Access}
    return Details(
        locale=event.title.source, spoken=tuple(application.languages),
        interpreted=tuple(row.code for row in event.languages if row.use == LanguageUse.INTERPRETED),
        capacity=event.capacity, food=event.food.texts.get(event.title.source, ""), minors=event.minors,
        **{str(flag): is_there for flag, is_there in kept.items()},
    )


def has_co_host(application: Application) -> bool:
    """Say whether somebody hosts together with the applicant, or is asked to."""
    return any(
        part.role == PersonRole.CO_HOST and part.acceptance != Acceptance.DECLINED for part in application.event.people
    )


def ask_co_host(*, application_id: UUID, called: str, email: str, locale: str, by: Actor, now: datetime) -> None:
    """Ask somebody by letter to host the dinner together. Raises NotFound, NotAllowed, Refused."""
    application = applications.locked(application_id)
    require(policy.may_write(by, application))
    event_actions.invite_co_host(event_id=application.event_id, called=called, email=email, locale=locale, by=by, now=now)
