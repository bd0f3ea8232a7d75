"""Forms of the steps of a proposal. They turn into the plain inputs of the actions."""

from collections.abc import Mapping
from dataclasses import asdict
from enum import StrEnum
from typing import Any, ClassVar

from wtforms import Field

from engage.core import clock, i18n
from engage.core.fields import (
    BooleanField,
    Choice,
    Choices,
    Date,
    Form,
    FormKey,
    LongText,
    Number,
    Optional,
    Text,
    Time,
    needed,
    read_id,
)
from engage.core.i18n import gettext as _
from engage.core.i18n import language_choices, written_in
from engage.core.i18n import lazy_gettext as _l
from engage.events import queries, wording
from engage.events.actions import Details, What, When, WhenAndWhere, Where, Words, writing
from engage.events.models import Event
from engage.events.rules import Hour, Minors, Missing, Reason

MOST_PLACES = 100_000
MOST_HOURS = 14 * 24


class WhatForm(Form):
    """What it is about."""

    programme = Choice(_l("What kind of meeting is it?"), choices=[], validators=[needed(_l("Please choose one."))])
    written_in = Choice(_l("Which language are you writing in?"), choices=[], validators=[needed()])
    title = Text(_l("Title"), longest=100, validators=[needed(_l("Please give it a title."))])
    description = LongText(_l("What is it about?"), longest=6000)

    BESIDE: ClassVar[Mapping[StrEnum, str]] = {Reason.INACTIVE_PROGRAMME: "programme"}
    ASKS: ClassVar[Mapping[StrEnum, str]] = {Missing.TITLE: "title", Missing.DESCRIPTION: "description"}

    def __init__(self, programmes: Any, event: Event | None = None, **kwargs: Any) -> None:
        super().__init__(**(_what_of(event) if event else {}), **kwargs)
        self.programme.choices = [(str(row.id), row.name.shown(i18n.locale()).text) for row in programmes]
        self.summaries = {str(row.id): row.summary.shown(i18n.locale()).text for row in programmes}
        self.written_in.choices = written_in()
        if self.written_in.data is None:
            self.written_in.data = i18n.locale()
        if self.programme.data is None and len(self.programme.choices) == 1:
            self.programme.data = self.programme.choices[0][0]

    def given(self) -> What:
        programme_id = read_id(self.programme.data)
        assert programme_id  # noqa: S101 - one of the list
        return What(programme_id, self.written_in.data, self.title.data or "", self.description.data or "")


def _what_of(event: Event) -> dict[str, Any]:
    source = event.title.source
    return {
        "programme": str(event.programme_id), "written_in": source, "title": event.title.texts.get(source, ""),
        "description": event.description.texts.get(source, ""),
    }


class WhenForm(Form):
    """When and where. The time may be left open in a draft; half a time may not."""

    day = Date(_l("Day"), validators=[Optional()])
    start = Time(_l("Start"), validators=[Optional()])
    end = Time(_l("End"), validators=[Optional()])
    start_hour = Choice(_l("Which of the two hours is the start?"), choices=[], validators=[Optional()])
    end_hour = Choice(_l("Which of the two hours is the end?"), choices=[], validators=[Optional()])
    neighbourhood = Choice(_l("Neighbourhood"), choices=[], validators=[Optional()])
    venue = Choice(_l("Where do you meet?"), choices=[], validators=[Optional()])
    address = Text(_l("Address"), longest=300)
    directions = LongText(_l("How to find the door"), longest=600)
    reveal_hours = Number(
        _l("How many hours before the start may guests see the address?"), most=MOST_HOURS, validators=[Optional()]
    )

    BESIDE: ClassVar[Mapping[StrEnum, str]] = {
        Reason.START_DOES_NOT_EXIST: "start", Reason.START_COMES_TWICE: "start_hour", Reason.END_DOES_NOT_EXIST: "end",
        Reason.END_COMES_TWICE: "end_hour", Reason.END_NOT_AFTER_START: "end", Reason.TOO_LONG: "end",
        Reason.IN_THE_PAST: "day", Reason.NO_SUCH_PLACE: "venue", Reason.ELSEWHERE: "neighbourhood",
    }
    ASKS: ClassVar[Mapping[StrEnum, str]] = {
        Missing.TIME: "day", Missing.NEIGHBOURHOOD: "neighbourhood", Missing.PLACE: "venue",
    }

    def __init__(self, event: Event | None, areas: Any, venues: Any, *, may_be_home: bool, **kwargs: Any) -> None:
        super().__init__(**(_when_of(event) if event else {}), **kwargs)
        self.neighbourhood.choices = [("", _("Choose a neighbourhood")), *((str(area.id), area.name) for area in areas)]
        first = _("At a home (private address)") if may_be_home else _("Choose a place")
        self.venue.choices = [("", first), *((str(row.id), f"{row.name}, {row.address}") for row in venues)]
        self.may_be_home = may_be_home
        for field in (self.start_hour, self.end_hour):
            field.choices = [(which.value, wording.hour(which)) for which in Hour]

    def asks_hour(self, field: Field, wall: Any, zone: str) -> bool:
        """Say whether a choice between two same hours is needed."""
        return bool(field.errors or field.data) or (wall is not None and len(clock.instants(wall, zone)) > 1)

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for the rest of a time that is given in part."""
        is_valid = bool(super().validate(extra_validators))
        times = (self.day, self.start, self.end)
        if any(field.data for field in times):
            for field in times:
                if not field.data and not field.errors:
                    field.errors = [_("Please fill this in.")]
                    is_valid = False
        return is_valid

    def given(self) -> WhenAndWhere:
        when = None
        if self.day.data and self.start.data is not None and self.end.data is not None:
            when = When(self.day.data, self.start.data, self.end.data, chosen_hour(self.start_hour), chosen_hour(self.end_hour))
        venue_id = read_id(self.venue.data)
        is_home = self.may_be_home and venue_id is None
        return WhenAndWhere(when, Where(
            neighbourhood_id=read_id(self.neighbourhood.data), venue_id=venue_id,
            address=(self.address.data or "") if is_home else "", directions=(self.directions.data or "") if is_home else "",
            reveal_hours=self.reveal_hours.data,
        ))


def chosen_hour(field: Field) -> Hour | None:
    """Return which of two same hours is meant, None where there is one."""
    return Hour(field.data) if field.data else None


def _when_of(event: Event) -> dict[str, Any]:
    """Return what a draft or event says of time and place; a home's address is never shown again."""
    hours = queries.reveal_hours(event.id)
    found: dict[str, Any] = {
        "neighbourhood": str(event.neighbourhood_id or ""), "venue": str(event.venue_id or ""),
        "reveal_hours": event.programme.reveal_hours if hours is None else hours,
    }
    if event.wall_start and event.wall_end and event.starts_at and event.ends_at:
        found |= {"day": event.wall_start.date(), "start": event.wall_start.time(), "end": event.wall_end.time()}
        found |= {"start_hour": _which(event.starts_at, event.wall_start, event.zone)}
        found |= {"end_hour": _which(event.ends_at, event.wall_end, event.zone)}
    return found


def _which(instant: Any, wall: Any, zone: str) -> str | None:
    both = clock.instants(wall, zone)
    if len(both) < 2:  # noqa: PLR2004 - the usual hour comes once
        return None
    return Hour.FIRST.value if instant == both[0] else Hour.SECOND.value


class DetailsForm(Form):
    """Who it is for, and what helps them come."""

    spoken = Choices(_l("Which languages will be spoken?"), choices=[])
    interpreted = Choices(_l("Into which languages will somebody interpret?"), choices=[])
    capacity = Number(_l("How many people can come?"), least=1, most=MOST_PLACES, validators=[Optional()])
    is_step_free = BooleanField(_l("Step-free: a wheelchair or a pram gets in and to a toilet"))
    has_hearing_loop = BooleanField(_l("Hearing loop"))
    has_sign_language = BooleanField(_l("Sign language interpreter"))
    has_childcare = BooleanField(_l("Somebody looks after children"))
    helps_transport = BooleanField(_l("Help with getting there"))
    food = Text(_l("What is there to eat and drink?"), longest=400)
    minors = Choice(_l("May under-18s come?"), choices=[], default=Minors.WITH_ADULT.value)

    BESIDE: ClassVar[Mapping[StrEnum, str]] = {
        Reason.TOO_FEW_PLACES: "capacity", Reason.TOO_MANY_PLACES: "capacity", Reason.PLACES_NEEDED: "capacity",
        Reason.BELOW_SEATS_TAKEN: "capacity",
    }
    ASKS: ClassVar[Mapping[StrEnum, str]] = {Missing.LANGUAGES: "spoken", Missing.CAPACITY: "capacity"}

    def __init__(self, event: Event | None, **kwargs: Any) -> None:
        super().__init__(**(_details_of(event) if event else {}), **kwargs)
        self.spoken.choices = self.interpreted.choices = language_choices()
        self.minors.choices = [(item.value, wording.minors(item)) for item in Minors]
        self.source = event.title.source if event else i18n.locale()

    def given(self, locale: str | None = None) -> Details:
        flags = ("is_step_free", "has_hearing_loop", "has_sign_language", "has_childcare", "helps_transport")
        return Details(
            locale=locale or self.source, spoken=tuple(self.spoken.data or ()), interpreted=tuple(self.interpreted.data or ()),
            capacity=self.capacity.data, food=self.food.data or "", minors=Minors(self.minors.data or Minors.WITH_ADULT),
            **{flag: bool(self[flag].data) for flag in flags},
        )


def _details_of(event: Event) -> dict[str, Any]:
    return {**asdict(writing.details_of(event, event.title.source)), "capacity": event.capacity}


class ScheduleForm(WhatForm):
    """What a meeting of the city's own is about; `form_key` makes the page sent twice one meeting."""

    form_key = FormKey()


class WordsForm(Form):
    """The texts in one language."""

    title = Text(_l("Title"), longest=100)
    description = LongText(_l("What is it about?"), longest=6000)
    food = Text(_l("What is there to eat and drink?"), longest=400)

    ASKS: ClassVar[Mapping[StrEnum, str]] = {Missing.TITLE: "title"}

    def given(self, locale: str) -> Words:
        return Words(locale, self.title.data or "", self.description.data or "", self.food.data or "")
