"""A series in Rivermouth: six evenings in three neighbourhoods, one of them moved, and somebody who follows it."""

import json
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from engage.cli.demo.city import Cast
from engage.cli.demo.diary import Diary
from engage.core import clock, secrets
from engage.core.access import NOBODY, Actor
from engage.events import actions as events
from engage.events import queries
from engage.events.actions import Details, Edited, Plan, Shift, What, When, WhenAndWhere, Where, Wish, Words
from engage.events.models import Event
from engage.events.rules.series import Pattern, Rule, Scope, days_of, rotate
from engage.messages import actions as messages
from engage.registrations import actions as registrations
from engage.registrations.actions import SignUp

DAY = timedelta(days=1)
TUESDAY, THURSDAY = 1, 3
GUESTS = 5


def tell(cast: Cast, diary: Diary) -> None:
    """Note how the series was planned, who signs up and follows it, and that one date was moved."""
    told: dict[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
    made: list[UUID] = []
    diary.note(diary.now - 9 * DAY, lambda now: made.append(_plan(told, cast, now)))
    diary.note(diary.now - 8 * DAY, lambda now: _translate(told, cast, made[0], now))
    diary.note(diary.now - 7 * DAY, lambda now: _follow(made[0], now))
    diary.note(diary.now - 6 * DAY, lambda now: _sign_up(cast, made[0], now))
    diary.note(diary.now - 2 * DAY, lambda now: _move(cast, made[0], now))


def _plan(told: dict[str, Any], cast: Cast, now: datetime) -> UUID:
    zone = cast.told["city"]["zone"]
    first = clock.local(now, zone).date() + 24 * DAY
    rule = Rule(Pattern.MONTHLY, first, times=6, weekdays=(TUESDAY,))
    start, end = time.fromisoformat(told["start"]), time.fromisoformat(told["end"])
    days = days_of(rule)
    places = rotate([cast.venue_ids[name] for name in told["venues"]], len(days))
    dates = [WhenAndWhere(When(day, start, end), Where(venue_id=venue)) for day, venue in zip(days, places, strict=True)]
    what = What(cast.programme_ids[told["kit"]], "en", told["title"]["en"], told["description"]["en"])
    details = Details("en", spoken=tuple(told["spoken"]), capacity=40, is_step_free=True)
    plan = Plan(secrets.new_token(), rule, what, details)
    return events.schedule_series(plan=plan, dates=dates, by=cast.actors["staff"], now=now)


def _translate(told: dict[str, Any], cast: Cast, series_id: UUID, now: datetime) -> None:
    for locale in list(told["title"])[1:]:
        words = Words(locale, told["title"][locale], told["description"][locale])
        _alter(cast, queries.dates(series_id)[0], Scope.ALL, Edited(Words(locale, "", ""), words), now)


def _alter(cast: Cast, event: Event, scope: Scope, change: events.Alteration, now: datetime) -> None:
    assert event.series_id  # noqa: S101 - one of the series
    by = cast.actors["staff"]
    events.alter(series_id=event.series_id, event_id=event.id, scope=scope, change=change, by=by, now=now)


def _follow(series_id: UUID, now: datetime) -> None:
    address = messages.address_for_mail(value="reader-fr@example.org", now=now)
    events.subscribe(email="reader-fr@example.org", wish=Wish(series_id=series_id), locale="fr", by=NOBODY, now=now)
    row = queries.live_subscription(address.id, series_id=series_id)
    if row is not None:
        reader = Actor(addresses=frozenset({address.id}))
        events.confirm_subscription(subscription_id=row.id, by=reader, now=now)


def _sign_up(cast: Cast, series_id: UUID, now: datetime) -> None:
    """Have some come to the first evening, and the last of them to the second as well."""
    first, second = queries.dates(series_id)[:2]
    for place, (number, called, locale, speaks) in zip(range(GUESTS), cast.guests(11), strict=False):
        contact = f"guest{number:02}@example.org"
        by = Actor(addresses=frozenset({messages.address_for_mail(value=contact, now=now).id}))
        for event in (first, second) if place == GUESTS - 1 else (first,):
            form = SignUp(
                form_key=secrets.new_token(), called=called, contact=contact, locale=locale, speaks=tuple(speaks),
            )
            registrations.sign_up(event_id=event.id, form=form, by=by, now=now)


def _move(cast: Cast, series_id: UUID, now: datetime) -> None:
    _alter(cast, queries.dates(series_id)[1], Scope.THIS, Shift(time(18), time(20), THURSDAY), now)
