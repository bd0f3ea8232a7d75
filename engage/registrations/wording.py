"""Reasons of registrations in the reader's language."""

from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.core.i18n import ngettext
from engage.core.ledger import Names
from engage.core.refusal import Wording
from engage.registrations.rules import InvitationState, Need, Reason, State

NEEDS = {
    Need.STEP_FREE: _l("Way in without steps"),
    Need.HEARING_LOOP: _l("Hearing loop"),
    Need.SIGN_LANGUAGE: _l("Sign language"),
    Need.INTERPRETATION: _l("Interpretation into my language"),
    Need.CHILDCARE: _l("Somebody to look after my children"),
    Need.TRANSPORT: _l("Help to get there"),
    Need.VEGETARIAN: _l("Vegetarian"),
    Need.VEGAN: _l("Vegan"),
    Need.HALAL: _l("Halal"),
    Need.KOSHER: _l("Kosher"),
    Need.NO_PORK: _l("No pork"),
    Need.NO_BEEF: _l("No beef"),
    Need.NO_ALCOHOL: _l("No alcohol"),
    Need.NO_NUTS: _l("No nuts"),
    Need.NO_GLUTEN: _l("No gluten"),
    Need.NO_MILK: _l("No milk"),
    Need.OTHER: _l("In their own words"),
}

STATES = {
    State.UNPROVEN: _l("Not confirmed yet"),
    State.HELD: _l("Not confirmed yet"),
    State.REQUESTED: _l("Place asked for"),
    State.CONFIRMED: _l("Place confirmed"),
    State.WAITING: _l("On the waiting list"),
    State.OFFERED: _l("Place offered"),
    State.CANCELLED: _l("Cancelled"),
    State.DECLINED: _l("No place this time"),
    State.REMOVED: _l("Removed"),
    State.LAPSED: _l("Did not answer in time"),
}

INVITATION_STATES = {
    InvitationState.OPEN: _l("Can be used"),
    InvitationState.USED: _l("Used"),
    InvitationState.ENDED: _l("Ended"),
}


def _too_large(*, limit: int) -> str:
    return ngettext(
        "Only %(num)s person can come with one sign-up.", "At most %(num)s people can come with one sign-up.", limit
    )


def _full(*, left: int = 0) -> str:
    if left == 0:
        return _("All places are taken.")
    return ngettext("Only %(num)s place is left.", "Only %(num)s places are left.", left)


WORDING: Wording = {
    Reason.NOT_LIVE: lambda: _("This sign-up has ended, so it can't be changed any more."),
    Reason.NOT_PROVEN: lambda: _("Please confirm your sign-up first."),
    Reason.EVENT_STARTED: lambda: _("The meeting has begun or is over. Nothing can be changed any more."),
    Reason.EVENT_CANCELLED: lambda: _("The meeting has been cancelled."),
    Reason.SIGN_UP_PAUSED: lambda: _("The host takes no sign-ups at the moment. Please look again later."),
    Reason.PARTY_TOO_LARGE: _too_large,
    Reason.FULL: _full,
    Reason.OTHERS_WAIT: lambda: _("Others are waiting for a place, so your party can't grow now."),
    Reason.HOST_DECIDES: lambda: _("The host decides who comes. Please call the city to bring more people."),
    Reason.OFFER_LAPSED: lambda: _("The time to answer is over, and the place went to the next on the list."),
    Reason.NOT_OFFERED: lambda: _("There is no place kept for you at the moment."),
    Reason.INVITATION_OVER: lambda: _("This invitation has ended or was used already."),
    Reason.INVITED_ALREADY: lambda: _("This address has an open invitation to this meeting already."),
    Reason.ENDS_IN_THE_PAST: lambda: _("This day is over. Please choose a later one."),
    Reason.NOT_REQUESTED: lambda: _("This request has been answered or taken back."),
}

# What the ledger calls each fact.
FACTS: Names = {
    "SignedUp": _l("Signed up"),
    "PlaceRequested": _l("Place asked for"),
    "PlaceConfirmed": _l("Place confirmed"),
    "JoinedWaitingList": _l("Joined the waiting list"),
    "PlaceOffered": _l("Free place offered"),
    "RegistrationCancelled": _l("Place given back"),
    "RequestDeclined": _l("Request declined"),
    "GuestRemoved": _l("Guest taken off the list"),
    "RegistrationLapsed": _l("Sign-up ran out"),
    "PartyChanged": _l("Number of people changed"),
    "Invited": _l("Invited to a closed meeting"),
    "InvitationUsed": _l("Invitation used"),
    "InvitationRevoked": _l("Invitation taken back"),
}
