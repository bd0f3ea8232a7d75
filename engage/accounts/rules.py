"""Decide about people: lifetimes, passwords, grants, where to go after sign-in.

Knows no database, request, clock or language.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from engage.core.access import Role


class TicketPurpose(StrEnum):
    """What a link by letter does once its button is pressed."""

    PROVE = "prove"
    SIGN_IN = "sign_in"
    RESET = "reset"
    CHANGE = "change"  # of the email address


class DocumentKind(StrEnum):
    """What a city asks people to agree to."""

    CONDUCT = "conduct"
    PRIVACY = "privacy"
    FUNDING = "funding"  # who gets money for a dinner


AGREED_BY_ALL = (DocumentKind.CONDUCT, DocumentKind.PRIVACY)  # with an account or a place


class Reason(StrEnum):
    TICKET_USED = "ticket_used"
    TICKET_EXPIRED = "ticket_expired"
    ADDRESS_TAKEN = "address_taken"
    SAME_ADDRESS = "same_address"
    WRONG_CREDENTIALS = "wrong_credentials"
    WRONG_PASSWORD = "wrong_password"  # noqa: S105 - a reason, not a password
    PASSWORD_SHORT = "password_short"  # noqa: S105
    PASSWORD_LONG = "password_long"  # noqa: S105
    PASSWORD_EASY = "password_easy"  # noqa: S105
    NEEDS_PHONE = "needs_phone"
    LAST_ADMINISTRATOR = "last_administrator"
    ADMINISTRATOR_IS_CITYWIDE = "administrator_is_citywide"
    DATES_REVERSED = "dates_reversed"
    ALREADY_GIVEN = "already_given"
    ALREADY_ENDED = "already_ended"
    TRAINED_LATER = "trained_later"
    NOTHING_WRITTEN = "nothing_written"


TICKET_LIVES = {
    TicketPurpose.PROVE: timedelta(days=3),
    TicketPurpose.SIGN_IN: timedelta(minutes=10),
    TicketPurpose.RESET: timedelta(hours=1),
    TicketPurpose.CHANGE: timedelta(days=1),
}
UNPROVEN_KEPT = timedelta(days=7)
UNPROVEN_PHONE_KEPT = timedelta(days=30)  # staff have to find the time to call
SIGN_IN_KEPT = timedelta(days=30)  # after its end
DELETED_KEPT = timedelta(days=30)  # the empty row of somebody who left


# --- tickets and sessions -----------------------------------------------------------------------


def ticket_refusal(used_at: datetime | None, expires_at: datetime, now: datetime) -> Reason | None:
    """Say why a link by letter does nothing any more, or None if it works."""
    if used_at is not None:
        return Reason.TICKET_USED
    return Reason.TICKET_EXPIRED if now >= expires_at else None


@dataclass(frozen=True)
class SessionLife:
    """How long a sign-in lasts: unused, and at the very most."""

    idle: timedelta
    absolute: timedelta


OWN_DEVICE = SessionLife(idle=timedelta(days=30), absolute=timedelta(days=180))
SHARED_DEVICE = SessionLife(idle=timedelta(hours=2), absolute=timedelta(hours=12))
SEEN_EVERY = timedelta(minutes=15)


def session_end(created_at: datetime, now: datetime, *, is_own_device: bool) -> datetime:
    """Return when a session ends if nobody uses it from now on."""
    life = OWN_DEVICE if is_own_device else SHARED_DEVICE
    return min(now + life.idle, created_at + life.absolute)


def is_seen_anew(seen_at: datetime, now: datetime) -> bool:
    """Say whether it is time to note again that a session is used: not at each request."""
    return now - seen_at >= SEEN_EVERY


# --- passwords ----------------------------------------------------------------------------------

LEAST_PASSWORD, MOST_PASSWORD, LEAST_DIFFERENT = 10, 200, 5


def password_refusal(password: str, email: str) -> Reason | None:
    """Say why a password protects nobody, or None. Length counts, not kinds of characters (NIST SP 800-63B)."""
    if len(password) < LEAST_PASSWORD:
        return Reason.PASSWORD_SHORT
    if len(password) > MOST_PASSWORD:
        return Reason.PASSWORD_LONG
    folded = password.casefold()
    is_address = email.casefold() in folded or folded in email.casefold()
    return Reason.PASSWORD_EASY if is_address or len(set(folded)) < LEAST_DIFFERENT else None


# --- roles --------------------------------------------------------------------------------------


def is_in_force(starts_on: date, ends_on: date | None, ended_at: datetime | None, today: date) -> bool:
    """Say whether a role holds on a day; its last day counts."""
    return ended_at is None and starts_on <= today and (ends_on is None or today <= ends_on)


def grant_refusal(role: Role, *, has_areas: bool, starts_on: date, ends_on: date | None) -> Reason | None:
    """Say why a role can't be given like this, or None."""
    if role == Role.ADMINISTRATOR and has_areas:
        return Reason.ADMINISTRATOR_IS_CITYWIDE
    return Reason.DATES_REVERSED if ends_on is not None and ends_on < starts_on else None


def training_refusal(on: date, until: date | None, today: date) -> Reason | None:
    """Say why a training can't be noted like this, or None."""
    if on > today:
        return Reason.TRAINED_LATER
    return Reason.DATES_REVERSED if until is not None and until < on else None


def is_trained(on: date | None, until: date | None, today: date) -> bool:
    """Say whether a training counts on a day; without an end it counts for good."""
    return on is not None and on <= today and (until is None or today <= until)


# --- what is shown ------------------------------------------------------------------------------


def masked(value: str) -> str:
    """Return an address or number so that its owner knows it again and nobody else learns it."""
    name, at, host = value.partition("@")
    if at:
        return f"{name[:1]}•••@{host}"
    return f"•••{value[-3:]}"


_BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"),
             ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("CrOS", "ChromeOS"), ("Windows", "Windows"),
            ("Mac OS", "macOS"), ("Linux", "Linux"))


def browser_label(agent: str) -> str:
    """Return what tells one's devices apart, "Firefox, Android", and no more than that."""
    found = (next((name for sign, name in names if sign in agent), "") for names in (_BROWSERS, _SYSTEMS))
    return ", ".join(name for name in found if name)


_OWN_PATH = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")


def own_path(path: str | None) -> str | None:
    """Return a path of this site to go on to, or None: never another site's address."""
    if path and len(path) <= 2000 and _OWN_PATH.fullmatch(path):  # noqa: PLR2004 - longer ones are not ours
        return path
    return None


NEVER_CARRIED = re.compile(r"csrf|password|carried|^current$", re.IGNORECASE)  # "current": the password so far
MOST_CARRIED = 100_000  # characters of a form that survive a sign-in
CARRIED_FOR = timedelta(hours=12)


def carried_fields(fields: list[tuple[str, str]]) -> list[tuple[str, str]] | None:
    """Return the fields of a form that go with its sender through sign-in; None when they are too much."""
    kept = [(name, value) for name, value in fields if not NEVER_CARRIED.search(name)]
    return kept if sum(len(name) + len(value) for name, value in kept) <= MOST_CARRIED else None
