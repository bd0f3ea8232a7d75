"""Reasons of registrations in the reader's language."""

from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.core.i18n import ngettext
from engage.core.ledger import Names
from engage.core.refusal import Wording
from engage.core.text import isolate
from engage.registrations.rules import InvitationState, Need, Reason, State
from engage.registrations.rules.lists import Column, Fate, Hint, Unreadable, Wrong

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

# What a partner's list calls its columns, and what becomes of its lines.
COLUMNS = {
    Column.NAME: _l("Name"),
    Column.EMAIL: _l("Email"),
    Column.PHONE: _l("Phone"),
    Column.LANGUAGE: _l("Language"),
    Column.PARTY: _l("How many"),
    Column.CONSENT: _l("Consent"),
}

FATES = {
    Fate.REGISTERS: _l("Is signed up"),
    Fate.INVITED: _l("Gets an invitation"),
    Fate.HAS_PLACE: _l("Has signed up already"),
    Fate.TOLD_NO: _l("Was told that there is no place"),
    Fate.GAVE_BACK: _l("Gave their place back"),
    Fate.ENDED_LETTERS: _l("Has ended such letters"),
    Fate.WAS_INVITED: _l("Was invited already"),
    Fate.TWICE: _l("On the list twice"),
    Fate.WRONG: _l("Can't be taken"),
}

WRONG = {
    Wrong.NO_NAME: _l("There is no name. Who is signed up needs one for the list at the door."),
    Wrong.NO_CONTACT: _l("There is neither an email address nor a phone number."),
    Wrong.NOT_AN_EMAIL: _l("This does not look like an email address. Please check it."),
    Wrong.NOT_A_PHONE: _l("This does not look like a phone number. Please check it."),
    Wrong.TOO_LONG: _l("A name or an address is too long."),
    Wrong.PARTY: _l("How many come is no whole number, or more than one sign-up can bring."),
    Wrong.CONSENT: _l("Under “Consent” there is neither yes nor no."),
    Wrong.ONLY_PHONE: _l("Without a yes we may only invite them by letter, and there is no email address. Please call them."),
}

HINTS = {
    Hint.FORMULA: _l("The name begins like a formula. It is kept as the text it is."),
    Hint.LANGUAGE: _l("We don't know this language: letters will come in the city's own."),
    Hint.SAME_NAME: _l("The same name stands further up with another address. Is it the same person?"),
}


def _too_many(*, most: int) -> str:
    return ngettext(
        "A list may have %(num)s line. Please divide it and send one part after the other.",
        "A list may have %(num)s lines. Please divide it and send one part after the other.", most,
    )


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
    Reason.BY_INVITATION: lambda: _(
        "People come to this meeting by invitation only. Please invite each of them by themselves."
    ),
    Reason.ADDRESS_TAKEN: lambda *, called: _(
        "%(name)s has signed up here with this address or number already. If they come together, open that place and change "
        "how many come.", name=isolate(called)
    ),
    Reason.ENDS_IN_THE_PAST: lambda: _("This day is over. Please choose a later one."),
    Reason.NOT_REQUESTED: lambda: _("This request has been answered or taken back."),
    Unreadable.EMPTY: lambda: _("There is nobody on this list."),
    Unreadable.TOO_LARGE: lambda *, megabytes: _(
        "This file is larger than %(megabytes)s MB. Please divide it and send one part after the other.", megabytes=megabytes
    ),
    Unreadable.TOO_MANY: _too_many,
    Unreadable.WORKBOOK: lambda: _(
        "This is a workbook or a document, not a CSV file. In your spreadsheet, choose “Save as” and “CSV UTF-8”."
    ),
    Unreadable.NOT_TEXT: lambda: _("This is no text file. In your spreadsheet, choose “Save as” and “CSV UTF-8”."),
    Unreadable.ENCODING: lambda: _(
        "We can't read the letters in this file: names would be wrong. In your spreadsheet, choose “Save as” and “CSV UTF-8”."
    ),
    Unreadable.NO_HEADER: lambda: _(
        "The first line has to name the columns, “Email” or “Phone” among them. Our template below shows how."
    ),
    Unreadable.QUOTES: lambda *, line: _(
        "Line %(line)s can't be read: a quotation mark in it opens and never closes.", line=line
    ),
    Unreadable.OUT_OF_DATE: lambda: _("This report is more than an hour old. Please send the file once more."),
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
    "InvitationPrinted": _l("Invitation opened for printing"),
    "ListTakenIn": _l("Partner's list taken in"),
    "GuestsExported": _l("List of guests taken along as a file"),
    "LinkPrinted": _l("Personal link opened for printing"),
}
