"""Forms that plan a series: its rule, and each date of the preview."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from flask import request
from werkzeug.datastructures import MultiDict
from wtforms import Field

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
    Time,
    ValidationError,
    needed,
    read_id,
)
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.events import wording
from engage.events.actions import When, WhenAndWhere, Where
from engage.events.forms.proposing import chosen_hour
from engage.events.rules import Hour, Reason
from engage.events.rules.series import MOST_DATES, Pattern, Rule, SeriesReason

MOST_WEEKS = 26


class RuleForm(Form):
    """When and where a series meets."""

    pattern = Choice(_l("How often do you meet?"), choices=[], default=Pattern.MONTHLY.value)
    nth = Choice(_l("Which one of the month?"), choices=[], default="1")
    weekday = Choice(_l("Weekday"), choices=[], default="1")
    every = Number(_l("Every how many weeks?"), least=1, most=MOST_WEEKS, default=1, validators=[Optional()])
    weekdays = Choices(_l("On which days of the week?"), choices=[])
    days = LongText(_l("The days, one on each line"), longest=2000)
    first_day = Date(_l("From this day on"), validators=[Optional()])
    last_day = Date(_l("Until this day"), validators=[Optional()])
    times = Number(_l("How many meetings?"), least=1, most=MOST_DATES, validators=[Optional()])
    start = Time(_l("Start"), validators=[needed()])
    end = Time(_l("End"), validators=[needed()])
    venues = Choices(_l("Where do you meet?"), choices=[], validators=[needed(_l("Please choose at least one place."))])
    form_key = FormKey()

    BESIDE: ClassVar[Mapping[StrEnum, str]] = {
        SeriesReason.NO_FIRST_DAY: "first_day", SeriesReason.NO_END: "times", SeriesReason.ENDS_BEFORE_START: "last_day",
        SeriesReason.NO_DATES: "days", SeriesReason.TOO_MANY_DATES: "last_day", SeriesReason.NOT_YOUR_AREA: "venues",
    }

    def __init__(self, venues: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.pattern.choices = [(each.value, wording.pattern(each)) for each in Pattern]
        self.nth.choices = [(str(number), text) for number, text in wording.turns().items()]
        self.weekday.choices = self.weekdays.choices = [(str(number), name) for number, name in enumerate(wording.weekdays())]
        self.venues.choices = [(str(row.id), f"{row.name}, {row.address}") for row in venues]

    def validate_days(self, field: Field) -> None:
        """Refuse a line that is no day."""
        self.chosen: tuple[date, ...] = ()
        if self.pattern.data == Pattern.DAYS:
            self.chosen = tuple(_day(line) for line in (field.data or "").split() if line)

    @property
    def rule(self) -> Rule:
        """Return the rule; the form must be valid."""
        pattern = Pattern(self.pattern.data)
        is_monthly = pattern == Pattern.MONTHLY
        weekdays = [self.weekday.data] if is_monthly else self.weekdays.data or ()
        if pattern == Pattern.DAYS:
            return Rule(pattern, days=self.chosen)
        return Rule(
            pattern, self.first_day.data, self.last_day.data, self.times.data, every=1 if is_monthly else self.every.data or 1,
            weekdays=tuple(sorted(int(day) for day in weekdays)), nth=int(self.nth.data),
        )

    @property
    def places(self) -> list[UUID]:
        """Return the venues that take turns, in the order they stand in the list."""
        return [found for sent in self.venues.data or () if (found := read_id(sent))]


def _day(line: str) -> date:
    try:
        day = date.fromisoformat(line)
    except ValueError as error:
        wrong = _("“%(line)s” is not a day in the calendar. Please write it like 2026-12-31.", line=line)
        raise ValidationError(wrong) from error
    if not date(2000, 1, 1) <= day <= date(2100, 1, 1):
        raise ValidationError(_("This year looks wrong. Please check it."))
    return day


class SeriesForm(RuleForm):
    """A new series: besides its rule, who is there to welcome people."""

    facilitator = Choice(_l("Who leads the talk?"), choices=[], validators=[Optional()])

    def __init__(self, venues: Sequence[Any], people: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(venues, **kwargs)
        self.facilitator.choices = [("", _("Nobody yet")), *((str(row.id), row.called) for row in people)]


class DateForm(Form):
    """One date of the preview: it can be moved, held elsewhere, or left out."""

    class Meta(Form.Meta):
        csrf = False  # the form around it has the token

    day = Date(_l("Day"), validators=[needed()])
    start = Time(_l("Start"), validators=[needed()])
    end = Time(_l("End"), validators=[needed()])
    start_hour = Choice(_l("Which of the two hours is the start?"), choices=[], validators=[Optional()])
    end_hour = Choice(_l("Which of the two hours is the end?"), choices=[], validators=[Optional()])
    venue = Choice(_l("Where do you meet?"), choices=[], validators=[needed(_l("Please choose one."))])
    is_dropped = BooleanField(_l("Leave this date out"))

    BESIDE: ClassVar[Mapping[StrEnum, str]] = {
        Reason.START_DOES_NOT_EXIST: "start", Reason.START_COMES_TWICE: "start_hour", Reason.END_DOES_NOT_EXIST: "end",
        Reason.END_COMES_TWICE: "end_hour", Reason.END_NOT_AFTER_START: "end", Reason.TOO_LONG: "end",
        Reason.IN_THE_PAST: "day", Reason.NO_SUCH_PLACE: "venue",
    }

    def __init__(self, venues: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.venue.choices = [(str(row.id), f"{row.name}, {row.address}") for row in venues]
        for field in (self.start_hour, self.end_hour):
            field.choices = [(which.value, wording.hour(which)) for which in Hour]

    def given(self) -> WhenAndWhere:
        """Return the date; the form must be valid."""
        when = When(self.day.data, self.start.data, self.end.data, chosen_hour(self.start_hour), chosen_hour(self.end_hour))
        return WhenAndWhere(when, Where(venue_id=read_id(self.venue.data)))


def sent_dates(venues: Sequence[Any]) -> list[DateForm]:
    """Return the dates of a preview that was sent."""
    sent = (f"date{number}" for number in range(MOST_DATES))
    return [DateForm(venues, prefix=prefix) for prefix in sent if f"{prefix}-day" in request.form]


def planned_dates(
    days: Sequence[date], places: Sequence[UUID], start: time, end: time, venues: Sequence[Any]
) -> list[DateForm]:
    """Return a preview of the days a rule names, as if it had been sent."""
    forms: list[DateForm] = []
    for number, (day, venue) in enumerate(zip(days, places, strict=True)):
        prefix, hours = f"date{number}", {"start": f"{start:%H:%M}", "end": f"{end:%H:%M}"}
        values = {"day": day.isoformat(), "venue": str(venue), **hours}
        sent = MultiDict({f"{prefix}-{name}": value for name, value in values.items()})
        forms.append(DateForm(venues, prefix=prefix, formdata=sent))
    return forms


def carried(*forms: Form) -> list[tuple[str, str]]:
    """Return what forms hold as hidden fields, so that nothing is kept anywhere until all is confirmed."""
    return [pair for form in forms for field in form if field.name != "csrf_token" for pair in _pairs(field)]


def _pairs(field: Field) -> list[tuple[str, str]]:
    if isinstance(field, Choices):
        return [(field.name, value) for value in field.data or ()]
    if isinstance(field, BooleanField):
        return [(field.name, "y")] if field.data else []
    as_shown = getattr(field, "_value", lambda: field.data or "")  # what its own widget would hold
    return [(field.name, str(as_shown()))]
