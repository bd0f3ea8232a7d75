"""Reasons of accounts in the reader's language."""

from engage.accounts.rules import LEAST_PASSWORD, MOST_PASSWORD, DocumentKind, Reason
from engage.core.access import Role
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.core.i18n import ngettext
from engage.core.ledger import Names
from engage.core.refusal import Wording


def _short() -> str:
    return ngettext(
        "Please use at least %(num)s character. Three or four words together are easy to remember.",
        "Please use at least %(num)s characters. Three or four words together are easy to remember.",
        LEAST_PASSWORD,
    )


def _long() -> str:
    return ngettext("Please use at most %(num)s character.", "Please use at most %(num)s characters.", MOST_PASSWORD)


WORDING: Wording = {
    Reason.TICKET_USED: lambda: _("This link has been used already. Please ask for a new one."),
    Reason.TICKET_EXPIRED: lambda: _("This link is too old. Please ask for a new one."),
    Reason.ADDRESS_TAKEN: lambda: _("This belongs to another account already."),
    Reason.SAME_ADDRESS: lambda: _("This is your address already."),
    Reason.WRONG_CREDENTIALS: lambda: _("This address and password do not go together. You can also have a link sent to you."),
    Reason.WRONG_PASSWORD: lambda: _("This is not your password now."),
    Reason.PASSWORD_SHORT: _short,
    Reason.PASSWORD_LONG: _long,
    Reason.PASSWORD_EASY: lambda: _("This would be easy to guess. Please choose other words."),
    Reason.NEEDS_PHONE: lambda: _("Please give a number we can call."),
    Reason.LAST_ADMINISTRATOR: lambda: _(
        "The city needs at least one administrator. Please give this role to somebody else first."
    ),
    Reason.ADMINISTRATOR_IS_CITYWIDE: lambda: _("An administrator is one for the whole city."),
    Reason.DATES_REVERSED: lambda: _("The end is before the start."),
    Reason.ALREADY_GIVEN: lambda: _("This person has this role there already."),
    Reason.ALREADY_ENDED: lambda: _("This role has ended already."),
    Reason.TRAINED_LATER: lambda: _("This day is still to come."),
    Reason.NOTHING_WRITTEN: lambda: _("Please write the text in at least one language."),
}


def role_name(role: str) -> str:
    """Return what a role is called, in the reader's language."""
    return {
        Role.ADMINISTRATOR: _("Administrator"), Role.STAFF: _("City staff"), Role.FACILITATOR: _("Facilitator"),
        Role.REVIEWER: _("Reviewer"), Role.COACH: _("Coach"),
    }[Role(role)]


def document_name(kind: str) -> str:
    """Return what a document is called, in the reader's language."""
    return {
        DocumentKind.CONDUCT: _("Code of conduct"),
        DocumentKind.PRIVACY: _("Privacy notice"),
        DocumentKind.FUNDING: _("Funding agreement"),
    }[DocumentKind(kind)]

# What the ledger calls each fact.
FACTS: Names = {
    "AccountOpened": _l("Account opened"),
    "SignInChanged": _l("Way of signing in changed"),
    "AddressChanged": _l("Email address changed"),
    "SignedOutEverywhere": _l("Signed out everywhere"),
    "PersonDeleted": _l("Account deleted"),
    "RoleGranted": _l("Role given"),
    "RoleEnded": _l("Role taken back"),
    "PersonTrained": _l("Training noted"),
    "PhoneProven": _l("Phone number confirmed by a call"),
    "DocumentPublished": _l("New version of a document"),
    "CityChanged": _l("City settings changed"),
}
