"""Series: many events planned together and changed together, each of them an event as any other."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID, uuid4

from engage.core import db, ledger, secrets, text
from engage.core.access import Actor
from engage.core.city import city
from engage.core.refusal import Refused, require
from engage.core.text import Localized
from engage.events import facts, policy, queries
from engage.events.actions import people
from engage.events.actions.changing import copied
from engage.events.actions.inputs import Plan, WhenAndWhere
from engage.events.actions.proposing import new_event, place_and_publish
from engage.events.actions.writing import write_step
from engage.events.models import Event, Series
from engage.events.rules import State
from engage.events.rules.series import MOST_DATES, SeriesReason, as_plain
from engage.messages import actions as messages
from engage.places import queries as places

Spot = tuple[datetime | None, UUID | None]  # when and where a date is: two of one series can't be both


def schedule_series(*, plan: Plan, dates: Sequence[WhenAndWhere], by: Actor, now: datetime) -> UUID:
    """Put all dates of a new series before the public at once and return its id; a form sent twice is one series.

    Raises NotAllowed, Refused.
    """
    require(policy.may_schedule_series(by))
    _check(dates, by)
    series_id = _begin(plan, now)
    if series_id is None:
        return _made_before(plan)
    taken: set[Spot] = set()
    leaders = [plan.facilitator_id] if plan.facilitator_id else []
    for date in dates:
        event = new_event(plan.what, now)
        write_step(event, plan.details, now)
        _publish(event, series_id, date, by, now)
        _have_led(event, leaders, by, now)
        take(taken, event)
    ledger.record(facts.SeriesScheduled(series_id, len(dates)), by=by)
    return series_id


def add_dates(*, series_id: UUID, form_key: str, dates: Sequence[WhenAndWhere], by: Actor, now: datetime) -> int:
    """Add dates like the last one of a series, with who leads the talk there; whoever follows it gets one letter about them.

    Returns how many: none for a form that was sent before. Raises NotFound, NotAllowed, Refused.
    """
    series = queries.locked_series(series_id)
    before = queries.dates(series.id)
    require(policy.may_schedule_series(by) and policy.may_open_series(by, before))
    new_ids = [secrets.id_of_form(f"{series.id} {form_key} {number}") for number in range(len(dates))]
    if any(event.id in new_ids for event in before):
        return 0
    _check(dates, by)
    taken = {spot(event) for event in before if event.state == State.PUBLISHED}  # one called off may be planned again
    made = [copied(before[-1], now, new_id) for new_id in new_ids]
    for event, date in zip(made, dates, strict=True):
        _publish(event, series.id, date, by, now)
        _have_led(event, queries.leaders(before), by, now)
        take(taken, event)
    ledger.record(facts.SeriesExtended(series.id, len(made)), by=by)
    _tell_followers(series, made, now)
    return len(made)


def _check(dates: Sequence[WhenAndWhere], by: Actor) -> None:
    """Refuse too many dates, none at all, and places that are others' to plan for."""
    if not dates:
        raise Refused(SeriesReason.NO_DATES)
    if len(dates) > MOST_DATES:
        raise Refused(SeriesReason.TOO_MANY_DATES)
    for venue in (places.venue(venue_id) for venue_id in {date.where.venue_id for date in dates} if venue_id):
        if not policy.may_schedule(by, venue.neighbourhood_id):
            raise Refused(SeriesReason.NOT_YOUR_AREA, place=venue.name)


def _begin(plan: Plan, now: datetime) -> UUID | None:
    """Make the row of a series; None if its form has made one, or does so just now: the second waits for the first."""
    series_id, what = uuid4(), plan.what
    is_new = db.insert_new(model=Series, values={
        "id": series_id, "form_key": plan.form_key, "slug": f"{text.slug(what.title, 'series')}-{secrets.new_code(4).lower()}",
        "programme_id": what.programme_id, "title": Localized.of(what.locale, what.title), "zone": city().zone,
        "rule": as_plain(plan.rule), "version": 1, "created_at": now,
    })
    return series_id if is_new else None


def _made_before(plan: Plan) -> UUID:
    series_id = queries.series_of_form(plan.form_key)
    assert series_id  # noqa: S101 - it is what kept this one from being made
    return series_id


def _publish(event: Event, series_id: UUID, date: WhenAndWhere, by: Actor, now: datetime) -> None:
    event.series_id = series_id
    place_and_publish(event, date, by, now)


def _have_led(event: Event, leaders: Iterable[UUID], by: Actor, now: datetime) -> None:
    for person_id in leaders:
        people.add_facilitator(event_id=event.id, person_id=person_id, by=by, now=now)


def take(taken: set[Spot], event: Event) -> None:
    """Take the time and place of a date that no other of its series has: a form sent twice adds once. Raises Refused."""
    if spot(event) in taken:
        raise Refused(SeriesReason.ALREADY_A_DATE)
    taken.add(spot(event))


def spot(event: Event) -> Spot:
    return event.starts_at, event.venue_id


def _tell_followers(series: Series, made: Sequence[Event], now: datetime) -> None:
    last = max(event.starts_at for event in made if event.starts_at)
    for wish in queries.followers(series.id):
        messages.post(
            about=f"dates:{made[0].id}:{wish.id}", kind="events.new_dates", to=wish.address_id, now=now, expires_at=last,
            facts={"subscription_id": wish.id, "event_ids": [str(event.id) for event in made]},
        )
