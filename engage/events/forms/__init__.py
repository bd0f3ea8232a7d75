"""Forms of events. They turn into the plain inputs of the actions."""

from engage.events.forms.acting import (
    CallOffForm,
    CancelForm,
    CapacityForm,
    CoHostForm,
    InvitationForm,
    MaybeNoteForm,
    NamedForm,
    NoteForm,
    SearchForm,
    SubscribeForm,
)
from engage.events.forms.altering import (
    PlaceForm,
    ScopeForm,
    SeriesCallOffForm,
    SeriesCapacityForm,
    SeriesDetailsForm,
    SeriesWordsForm,
    ShiftForm,
)
from engage.events.forms.proposing import DetailsForm, ScheduleForm, WhatForm, WhenForm, WordsForm
from engage.events.forms.series import DateForm, RuleForm, SeriesForm, carried, planned_dates, sent_dates

__all__ = [
    "CallOffForm", "CancelForm", "CapacityForm", "CoHostForm", "DateForm", "DetailsForm", "InvitationForm", "MaybeNoteForm",
    "NamedForm", "NoteForm", "PlaceForm", "RuleForm", "ScheduleForm", "ScopeForm", "SearchForm", "SeriesCallOffForm",
    "SeriesCapacityForm", "SeriesDetailsForm", "SeriesForm", "SeriesWordsForm", "ShiftForm", "SubscribeForm", "WhatForm",
    "WhenForm", "WordsForm", "carried", "planned_dates", "sent_dates",
]
