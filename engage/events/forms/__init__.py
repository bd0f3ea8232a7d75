"""Forms of events. They turn into the plain inputs of the actions."""

from engage.events.forms.acting import (
    CancelForm,
    CapacityForm,
    CoHostForm,
    GuestsForm,
    InvitationForm,
    MaybeNoteForm,
    NamedForm,
    NoteForm,
    SearchForm,
    SubscribeForm,
)
from engage.events.forms.proposing import DetailsForm, Steps, WhatForm, WhenForm, WordsForm, common_languages, read_id
from engage.events.forms.trying import Tried, attempt

__all__ = [
    "CancelForm", "CapacityForm", "CoHostForm", "DetailsForm", "GuestsForm", "InvitationForm", "MaybeNoteForm", "NamedForm",
    "NoteForm", "SearchForm", "Steps", "SubscribeForm", "Tried", "WhatForm", "WhenForm", "WordsForm",
    "attempt", "common_languages", "read_id",
]
