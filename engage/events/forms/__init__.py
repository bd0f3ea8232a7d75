"""Forms of events. They turn into the plain inputs of the actions."""

from engage.events.forms.acting import (
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
from engage.events.forms.proposing import DetailsForm, WhatForm, WhenForm, WordsForm

__all__ = [
    "CancelForm", "CapacityForm", "CoHostForm", "DetailsForm", "InvitationForm", "MaybeNoteForm", "NamedForm",
    "NoteForm", "SearchForm", "SubscribeForm", "WhatForm", "WhenForm", "WordsForm",
]
