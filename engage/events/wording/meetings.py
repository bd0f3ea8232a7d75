"""Reasons, states and facts of events in the reader's language."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.core.i18n import listing, ngettext
from engage.core.ledger import Names
from engage.core.refusal import Wording
from engage.events.rules import Acceptance, Hour, Minors, Missing, PersonRole, Reason, State


def state(of: State) -> str:
    """Return a state as a chip says it."""
    return {
        State.DRAFT: _("Draft"),
        State.SUBMITTED: _("Being read by the city"),
        State.CHANGES_REQUESTED: _("Changes asked for"),
        State.PUBLISHED: _("Published"),
        State.CANCELLED: _("Cancelled"),
        State.HELD: _("Over"),
        State.DECLINED: _("Declined"),
        State.WITHDRAWN: _("Withdrawn"),
    }[State(of)]


def role(of: PersonRole) -> str:
    """Return what somebody is at a meeting."""
    return {
        PersonRole.HOST: _("Host"),
        PersonRole.CO_HOST: _("Co-host"),
        PersonRole.FACILITATOR: _("Facilitator"),
        PersonRole.OFFICIAL: _("From the city"),
        PersonRole.PARTNER: _("Partner"),
    }[PersonRole(of)]


def acceptance(of: Acceptance) -> str:
    """Return how a co-host has answered."""
    return {
        Acceptance.INVITED: _("Asked, no answer yet"),
        Acceptance.ACCEPTED: _("Said yes"),
        Acceptance.DECLINED: _("Said no"),
    }[Acceptance(of)]


def minors(of: Minors) -> str:
    """Return whether under-18s may come, as a choice."""
    return {
        Minors.NO: _("Adults only"),
        Minors.WITH_ADULT: _("Under-18s with an adult"),
        Minors.YES: _("Everybody, under-18s also alone"),
    }[Minors(of)]


def missing_thing(item: Missing) -> str:
    """Return what a proposal still needs, as one line of a list."""
    return {
        Missing.TITLE: _("A title"),
        Missing.DESCRIPTION: _("A few words on what it is about"),
        Missing.TIME: _("The day and the hours"),
        Missing.NEIGHBOURHOOD: _("The neighbourhood"),
        Missing.PLACE: _("The place where you meet"),
        Missing.LANGUAGES: _("The languages spoken"),
        Missing.CAPACITY: _("How many people can come"),
    }[item]


def hour(which: Hour) -> str:
    """Return which of two same hours is meant."""
    return {
        Hour.FIRST: _("The first time, before the clocks go back"),
        Hour.SECOND: _("The second time, after the clocks went back"),
    }[which]


HOLDS: dict[str, Callable[[], str]] = {}


def explain_holds(holds: Mapping[str, Callable[[], str]]) -> None:
    """Take up the texts of the publication holds that a feature above places, by code."""
    HOLDS.update(holds)


def hold(code: str) -> str:
    """Return why a meeting can't be published yet."""
    return HOLDS[code]() if code in HOLDS else _("Something else must be settled first.")


def _not_in_this_state(state: State, **_more: Any) -> str:
    return {
        State.DRAFT: _("This is still a draft."),
        State.SUBMITTED: _("The city is reading this proposal just now. You can change it again when they have answered."),
        State.CHANGES_REQUESTED: _("This proposal was given back for changes."),
        State.PUBLISHED: _("This meeting is public already."),
        State.CANCELLED: _("This meeting is cancelled."),
        State.HELD: _("This meeting is over."),
        State.DECLINED: _("This proposal was declined."),
        State.WITHDRAWN: _("This proposal was withdrawn."),
    }[State(state)]


def _not_complete(missing: Collection[Missing]) -> str:
    things = listing(missing_thing(item) for item in missing)
    return _("Something is still missing: %(things)s.", things=things)


def _on_hold(holds: Collection[str]) -> str:
    return " ".join([_("This can't be published yet."), *(hold(code) for code in holds)])


def _too_long(hours: int = 0) -> str:
    return ngettext(
        "This would last %(hours)s hour. Please check the start and the end.",
        "This would last %(hours)s hours. Please check the start and the end.",
        hours, hours=hours,
    )


def _too_few(least: int, **_more: Any) -> str:
    return ngettext(
        "This kind of meeting needs at least %(least)s place.",
        "This kind of meeting needs at least %(least)s places.",
        least, least=least,
    )


def _too_many(most: int, **_more: Any) -> str:
    return ngettext(
        "This kind of meeting has at most %(most)s place.",
        "This kind of meeting has at most %(most)s places.",
        most, most=most,
    )


def _below_taken(taken: int) -> str:
    return ngettext(
        "%(taken)s place is taken already, so there can't be fewer.",
        "%(taken)s places are taken already, so there can't be fewer.",
        taken, taken=taken,
    )


WORDING: Wording = {
    Reason.NOT_IN_THIS_STATE: _not_in_this_state,
    Reason.CHANGED_MEANWHILE: lambda **_more: _("Somebody else has just changed this. Please look at it again."),
    Reason.NOT_COMPLETE: _not_complete,
    Reason.ON_HOLD: _on_hold,
    Reason.START_DOES_NOT_EXIST: lambda **_more: _(
        "This hour does not exist: the clocks go forward that night. Please choose an earlier or a later one."
    ),
    Reason.END_DOES_NOT_EXIST: lambda **_more: _(
        "This hour does not exist: the clocks go forward that night. Please choose an earlier or a later one."
    ),
    Reason.START_COMES_TWICE: lambda **_more: _("This hour comes twice: the clocks go back that night. Which one do you mean?"),
    Reason.END_COMES_TWICE: lambda **_more: _("This hour comes twice: the clocks go back that night. Which one do you mean?"),
    Reason.END_NOT_AFTER_START: lambda **_more: _("The end must be after the start."),
    Reason.TOO_LONG: _too_long,
    Reason.IN_THE_PAST: lambda **_more: _("This time is in the past. Please choose a later one."),
    Reason.ALREADY_OVER: lambda **_more: _("This meeting is over."),
    Reason.ALREADY_STARTED: lambda **_more: _("This meeting has already begun."),
    Reason.NOT_OVER_YET: lambda **_more: _("This meeting is not over yet."),
    Reason.TOO_FEW_PLACES: _too_few,
    Reason.TOO_MANY_PLACES: _too_many,
    Reason.PLACES_NEEDED: lambda **_more: _("Please say how many people can come."),
    Reason.BELOW_SEATS_TAKEN: _below_taken,
    Reason.INACTIVE_PROGRAMME: lambda **_more: _("This kind of meeting is not offered any more. Please choose another."),
    Reason.NO_SUCH_PLACE: lambda **_more: _("Please say where you meet."),
    Reason.ELSEWHERE: lambda **_more: _("You work for other neighbourhoods. Please choose a place in one of yours."),
    Reason.ALREADY_ASKED: lambda **_more: _("This person hosts already, or was asked to."),
    Reason.LAST_HOST: lambda **_more: _("A meeting needs its host. To stop it, cancel it or withdraw it."),
    Reason.ALREADY_THERE: lambda **_more: _("This person is on the list already."),
}

# What the ledger tells, as one sentence each: who did it and when stand beside it.
_PLAIN: Mapping[str, Any] = {
    "events.EventDrafted": _l("Draft begun"),
    "events.EventSubmitted": _l("Proposal sent in"),
    "events.ProposalAnswered": _l("Note written about the proposal"),
    "events.ChangesRequested": _l("Changes asked for"),
    "events.EventDeclined": _l("Proposal declined"),
    "events.EventWithdrawn": _l("Proposal withdrawn"),
    "events.EventPublished": _l("Published"),
    "events.EventMoved": _l("Time or place changed; guests were told"),
    "events.AddressHourChanged": _l("Guests see the address at another hour"),
    "events.EventCancelled": _l("Cancelled; guests were told"),
    "events.EventClosed": _l("Closed after the meeting"),
    "events.EventTextsChanged": _l("Words or details changed"),
    "events.CapacityRaised": _l("More places offered"),
    "events.CapacityLowered": _l("Fewer places offered"),
    "events.GoingAhead": _l("Decided to go ahead with the guests there are"),
    "events.CoHostAsked": _l("Co-host asked by letter"),
    "events.GuestsWritten": _l("Guests were written to"),
}
_TOLD: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "events.SignUpPaused": lambda d: _("Sign-up paused") if d["is_paused"] else _("Sign-up opened again"),
    "events.CoHostAnswered": lambda d: _("The co-host said yes") if d["is_accepted"] else _("The co-host said no"),
    "events.PersonAdded": lambda d: _("Somebody was added: %(role)s", role=role(d["role"])),
    "events.PersonTakenOff": lambda d: _("Somebody was taken off: %(role)s", role=role(d["role"])),
    "events.HoldPlaced": lambda d: _("Put on hold: %(reason)s", reason=hold(d["reason"])),
    "events.HoldLifted": lambda d: _("No longer on hold: %(reason)s", reason=hold(d["reason"])),
}


def history(kind: str, details: Mapping[str, Any]) -> str | None:
    """Return a fact of this feature as one sentence, None for facts of others."""
    if kind in _PLAIN:
        return str(_PLAIN[kind])
    return _TOLD[kind](details) if kind in _TOLD else None

# What the ledger calls each fact.
FACTS: Names = {
    "EventDrafted": _l("Proposal begun"),
    "EventSubmitted": _l("Proposal sent in"),
    "ChangesRequested": _l("Changes asked for"),
    "EventDeclined": _l("Proposal declined"),
    "EventWithdrawn": _l("Proposal withdrawn"),
    "EventPublished": _l("Meeting published"),
    "EventMoved": _l("Meeting moved"),
    "AddressHourChanged": _l("Hour of showing the address changed"),
    "EventCancelled": _l("Meeting cancelled"),
    "EventClosed": _l("Meeting closed"),
    "CapacityRaised": _l("More places"),
    "CapacityLowered": _l("Fewer places"),
    "SignUpPaused": _l("Sign-up paused or opened again"),
    "CoHostAsked": _l("Co-host asked"),
    "CoHostAnswered": _l("Co-host answered"),
    "GuestsWritten": _l("Guests written to"),
    "ProposalAnswered": _l("Note on a proposal"),
    "EventTextsChanged": _l("Words or details changed"),
    "GoingAhead": _l("Host goes ahead"),
    "PersonAdded": _l("Person added to a meeting"),
    "PersonTakenOff": _l("Person taken off a meeting"),
    "HoldPlaced": _l("Publication put on hold"),
    "HoldLifted": _l("Hold on publication lifted"),
    "SubscriptionConfirmed": _l("News subscribed to"),
    "SubscriptionEnded": _l("News ended"),
    "SeriesScheduled": _l("Series scheduled"),
    "SeriesExtended": _l("Dates added to a series"),
    "SeriesChanged": _l("Dates of a series changed"),
}
