"""Forms that change dates of a series: which of them, and what about them."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, ClassVar

from flask import request

from engage.core import i18n
from engage.core.fields import Choice, Form, HiddenField, Optional, Time, needed, read_id
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.core.i18n import written_in
from engage.events import wording
from engage.events.actions import CalledOff, Edited, Elsewhere, Places, Shift, writing
from engage.events.forms.acting import CallOffForm, CapacityForm
from engage.events.forms.proposing import DetailsForm, WordsForm, chosen_hour
from engage.events.forms.series import DateForm
from engage.events.models import Event
from engage.events.rules import Hour, Reason
from engage.events.rules.series import Scope


class ScopeForm(Form):
    """Which dates a change is for; `shown` is the one whose words and details the page shows to be changed."""

    date = Choice(_l("Which date?"), choices=[])
    scope = Choice(_l("What do you want to change?"), choices=[], default=Scope.THIS.value)
    shown = HiddenField()

    def __init__(self, dates: Sequence[Event], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.date.choices = [(str(event.id), _named(event)) for event in dates]
        self.scope.choices = [(each.value, wording.scope(each)) for each in Scope]
        if self.date.data is None and dates:
            self.date.data = str(dates[0].id)
        self.shown.data = self.shown.data or self.date.data


def _named(event: Event) -> str:
    if event.starts_at is None or event.ends_at is None:
        return event.title.shown(i18n.locale()).text
    where = event.venue.name if event.venue else event.neighbourhood.name if event.neighbourhood else ""
    return f"{i18n.when(event.starts_at, event.ends_at, event.zone)} · {where}"


class ShiftForm(Form):
    """Other hours, perhaps on another weekday."""

    start = Time(_l("Start"), validators=[needed()])
    end = Time(_l("End"), validators=[needed()])
    weekday = Choice(_l("Weekday"), choices=[], validators=[Optional()])
    start_hour = Choice(_l("Which of the two hours is the start?"), choices=[], validators=[Optional()])
    end_hour = Choice(_l("Which of the two hours is the end?"), choices=[], validators=[Optional()])

    BESIDE: ClassVar[Mapping[StrEnum, str]] = {**DateForm.BESIDE, Reason.IN_THE_PAST: "weekday"}

    def __init__(self, event: Event, **kwargs: Any) -> None:
        hours = {"start": event.wall_start and event.wall_start.time(), "end": event.wall_end and event.wall_end.time()}
        super().__init__(**hours, **kwargs)
        self.weekday.choices = [("", _("As it is")), *((str(number), name) for number, name in enumerate(wording.weekdays()))]
        for field in (self.start_hour, self.end_hour):
            field.choices = [(which.value, wording.hour(which)) for which in Hour]

    def alteration(self) -> Shift:
        weekday = int(self.weekday.data) if self.weekday.data else None
        return Shift(self.start.data, self.end.data, weekday, chosen_hour(self.start_hour), chosen_hour(self.end_hour))


class PlaceForm(Form):
    """Another place."""

    venue = Choice(_l("Where do you meet?"), choices=[], validators=[needed(_l("Please choose one."))])

    BESIDE: ClassVar[Mapping[StrEnum, str]] = {Reason.NO_SUCH_PLACE: "venue"}

    def __init__(self, event: Event, venues: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(venue=str(event.venue_id or ""), **kwargs)
        self.venue.choices = [("", _("Choose a place")), *((str(row.id), f"{row.name}, {row.address}") for row in venues)]

    def alteration(self) -> Elsewhere:
        venue_id = read_id(self.venue.data)
        assert venue_id  # noqa: S101 - one of the list
        return Elsewhere(venue_id)


class SeriesWordsForm(WordsForm):
    """Other texts, in one language."""

    written_in = Choice(_l("Which language are you writing in?"), choices=[], validators=[needed()])

    def __init__(self, event: Event, **kwargs: Any) -> None:
        language = request.args.get("language", event.title.source)
        texts = {name: getattr(event, name).texts.get(language, "") for name in ("title", "description", "food")}
        super().__init__(written_in=language, **texts, **kwargs)
        self.written_in.choices = written_in()
        self.event = event

    def alteration(self) -> Edited:
        language = self.written_in.data
        return Edited(writing.words_of(self.event, language), self.given(language))


class SeriesDetailsForm(DetailsForm):
    """Other languages and access."""

    def __init__(self, event: Event, **kwargs: Any) -> None:
        super().__init__(event, **kwargs)
        self.event = event

    def alteration(self) -> Edited:
        return Edited(writing.details_of(self.event, self.source), writing.settled(self.given()))


class SeriesCapacityForm(CapacityForm):
    """Other numbers of places."""

    def __init__(self, event: Event, **kwargs: Any) -> None:
        super().__init__(capacity=event.capacity, **kwargs)

    def alteration(self) -> Places:
        return Places(self.capacity.data)


class SeriesCallOffForm(CallOffForm):
    """Why dates do not take place."""

    def alteration(self) -> CalledOff:
        return CalledOff(self.reason.data or "", self.written_in.data)
