"""Decide about letters: states, retries, topics, what an address is. Knows no database, request, clock or language."""

from datetime import datetime, timedelta
from enum import StrEnum

import phonenumbers
from email_validator import EmailNotValidError, validate_email


class Channel(StrEnum):
    EMAIL = "email"
    PHONE = "phone"  # nobody sends to it: staff call


class State(StrEnum):
    """Every letter ends as one of the last four."""

    DUE = "due"
    CLAIMED = "claimed"  # a worker holds its lease
    SENT = "sent"
    EXPIRED = "expired"  # pointless by now
    CANCELLED = "cancelled"  # its cause is gone
    REFUSED = "refused"  # the mail server will never take it, or nobody can be written to


ENDED = frozenset({State.SENT, State.EXPIRED, State.CANCELLED, State.REFUSED})
LOST = frozenset({State.EXPIRED, State.REFUSED})


class Topic(StrEnum):
    """What a letter's one-click unsubscribe ends. Letters about a change, a cancelled event, an address
    or an account, and those that ask for proof, have none (docs/decisions/0004)."""

    PLACES = "places"  # where one stands at a meeting, and what its hosts write
    REMINDERS = "reminders"
    FEEDBACK = "feedback"
    PROPOSALS = "proposals"  # what the city decides and writes about a proposal
    HOSTING = "hosting"
    NEWS = "news"
    INVITATIONS = "invitations"  # to people a partner of the city gave us the address of
    CONCERNS = "concerns"  # what comes of what somebody raised, or said that it matters to them too
    ACTIONS = "actions"  # what somebody is to do after a meeting, and what is late


class Problem(StrEnum):
    """Why a letter did not arrive: a code, never the server's words, which may hold an address."""

    CONNECTION = "connection"  # the mail server can't be reached, or broke off
    LATER = "later"  # it said: not now
    SENDER = "sender"  # it doesn't take letters from us: somebody must mend the settings
    BOUNCED = "bounced"  # it will never take this one
    SCRIPT = "script"  # it can't write to an address in this script
    PHONE = "phone"  # there is only a phone number: staff call
    WRITING = "writing"  # the letter could not be written
    TOLD = "told"  # it did not arrive, and staff have told them otherwise
    OPTED_OUT = "opted_out"


class Reason(StrEnum):
    NOT_AN_EMAIL = "not_an_email"
    NOT_A_PHONE = "not_a_phone"


LEASE = timedelta(minutes=5)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=1)
# Nobody need be called where such a letter did not arrive.
SPARED = frozenset({Topic.FEEDBACK, Topic.NEWS, Topic.INVITATIONS, Topic.CONCERNS})
KEEP_ENDED = timedelta(days=90)
UNUSED_FOR = timedelta(days=1)  # an address that nothing refers to may be about to be referred to


def next_try(tries: int, now: datetime) -> datetime:
    """Return when to try again after `tries` failures: pauses double up to an hour."""
    return now + min(FIRST_PAUSE * (1 << min(tries - 1, 10)), LONGEST_PAUSE)


def normalised(value: str, channel: Channel, country: str) -> str | None:
    """Return an address as it is kept, or None if it is none.

    Email: the domain in ASCII and lower case, the rest as typed. Phone: E.164; a number without
    a country's prefix is read as one of `country`.
    """
    return _email(value) if channel == Channel.EMAIL else _phone(value, country)


def spaced(value: str) -> str:
    """Return a kept phone number as people read it aloud, in groups; anything else as it is."""
    if not value.startswith("+"):
        return value
    number = phonenumbers.parse(value)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def refusal_of(channel: Channel) -> Reason:
    return Reason.NOT_AN_EMAIL if channel == Channel.EMAIL else Reason.NOT_A_PHONE


def sameness(normal: str) -> str:
    """Return what two spellings of one address share: mail servers ignore case, phones capitalise."""
    return normal.lower()


def _email(value: str) -> str | None:
    try:
        found = validate_email(value.strip(), check_deliverability=False)
    except EmailNotValidError:
        return None
    return f"{found.local_part}@{found.ascii_domain}"


def _phone(value: str, country: str) -> str | None:
    try:
        number = phonenumbers.parse(value, country.upper() or None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
