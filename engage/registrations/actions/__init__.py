"""What can be done with a registration. Each is one use case: keyword-only, no HTTP, no commit.

Seats move by `events.actions` alone, inside the transaction that writes the registration, the
event's row locked first.
"""

from engage.registrations.actions.entering import SignUp
from engage.registrations.actions.hosting import approve, decline, remove
from engage.registrations.actions.inviting import (
    erase_invitation,
    invite,
    note_printed_invitation,
    readdress_invitation,
    revoke,
)
from engage.registrations.actions.listing import PartnersList, TakenIn, note_export, note_printed_link, take_list_in
from engage.registrations.actions.own import accept_offer, cancel, change_needs, change_party, decline_offer
from engage.registrations.actions.signing_up import prove, register_by_staff, sign_up
from engage.registrations.actions.telling import bring_note, tell_all
from engage.registrations.actions.tending import (
    anonymise,
    erase_needs,
    erase_referrals,
    erase_unproven,
    forget,
    lapse,
    offer_freed_seats,
    readdress,
    shorten_offers,
)

__all__ = [
    "PartnersList",
    "SignUp",
    "TakenIn",
    "accept_offer",
    "anonymise",
    "approve",
    "bring_note",
    "cancel",
    "change_needs",
    "change_party",
    "decline",
    "decline_offer",
    "erase_invitation",
    "erase_needs",
    "erase_referrals",
    "erase_unproven",
    "forget",
    "invite",
    "lapse",
    "note_export",
    "note_printed_invitation",
    "note_printed_link",
    "offer_freed_seats",
    "prove",
    "readdress",
    "readdress_invitation",
    "register_by_staff",
    "remove",
    "revoke",
    "shorten_offers",
    "sign_up",
    "take_list_in",
    "tell_all",
]
