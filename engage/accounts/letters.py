"""Letters of accounts: from ids and facts to what somebody reads."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from engage.accounts import policy, queries, rules, wording
from engage.accounts.models import Person
from engage.accounts.rules import TicketPurpose
from engage.core import pages
from engage.core.access import Role
from engage.core.i18n import ngettext
from engage.messages.letters import Letter, LetterKind, spoken

_SAMPLE_ID = UUID(int=0)


def _lasting(purpose: TicketPurpose) -> str:
    """Say how long a link works, in the reader's language."""
    life = rules.TICKET_LIVES[purpose]
    if life < timedelta(hours=1):
        minutes = life // timedelta(minutes=1)
        return ngettext("The link works for %(num)s minute, once.", "The link works for %(num)s minutes, once.", minutes)
    if life < timedelta(days=1):
        hours = life // timedelta(hours=1)
        return ngettext("The link works for %(num)s hour, once.", "The link works for %(num)s hours, once.", hours)
    return ngettext("The link works for %(num)s day, once.", "The link works for %(num)s days, once.", life.days)


# --- letters with a link that works once --------------------------------------------------------


def _ticket_letter(purpose: TicketPurpose, ticket_id: UUID, called: str, locale: str) -> Letter:
    url = pages.link(policy.TICKET, ticket_id, 0, locale)
    return Letter(locale, f"accounts/mail/{purpose}", {"called": called, "url": url, "lasting": partial(_lasting, purpose)})


def _ticket_kind(purpose: TicketPurpose) -> LetterKind:
    def render(facts: Mapping[str, Any], now: datetime) -> Letter | None:
        ticket = queries.ticket(UUID(facts["ticket_id"]))
        if ticket is None or rules.ticket_refusal(ticket.used_at, ticket.expires_at, now):
            return None
        person = ticket.contact.person
        return _ticket_letter(purpose, ticket.id, person.called, spoken(person.locale))

    return LetterKind(render, sample=lambda locale: _ticket_letter(purpose, _SAMPLE_ID, "Amina", locale))


# --- letters that only tell ---------------------------------------------------------------------


def _known_letter(called: str, locale: str) -> Letter:
    return Letter(locale, "accounts/mail/known", {"called": called, "url": pages.address("accounts.sign_in", locale=locale)})


def _changed_letter(called: str, locale: str) -> Letter:
    return Letter(locale, "accounts/mail/changed", {"called": called})


def _unknown_letter(locale: str) -> Letter:
    return Letter(locale, "accounts/mail/unknown", {"url": pages.address("accounts.register", locale=locale)})


def _known(facts: Mapping[str, Any], _now: datetime) -> Letter | None:
    person = _person(facts)
    return _known_letter(person.called, spoken(person.locale)) if person else None


def _changed(facts: Mapping[str, Any], _now: datetime) -> Letter | None:
    person = _person(facts)
    return _changed_letter(person.called, spoken(person.locale)) if person else None


def _person(facts: Mapping[str, Any]) -> Person | None:
    return queries.person(UUID(facts["person_id"]))


# --- a role given -------------------------------------------------------------------------------


def _role_letter(called: str, locale: str, role: str, area: str, ends_on: date | None) -> Letter:
    name = partial(wording.role_name, role)
    url = pages.address("accounts.sign_in", locale=locale)
    return Letter(locale, "accounts/mail/role", {"called": called, "role": name, "area": area, "ends_on": ends_on, "url": url})


def _role(facts: Mapping[str, Any], now: datetime) -> Letter | None:
    grant = queries.grant(UUID(facts["grant_id"]))
    if grant is None or grant.ended_at or grant.person.deleted_at or (grant.ends_on and grant.ends_on < now.date()):
        return None
    area = queries.area_names().get(grant.area_id, "") if grant.area_id else ""
    return _role_letter(grant.person.called, spoken(grant.person.locale), grant.role, area, grant.ends_on)


LETTERS: dict[str, LetterKind] = {
    **{f"accounts.{purpose}": _ticket_kind(purpose) for purpose in TicketPurpose},
    "accounts.known": LetterKind(_known, sample=lambda locale: _known_letter("Amina", locale)),
    "accounts.unknown": LetterKind(lambda facts, _now: _unknown_letter(spoken(facts["locale"])), sample=_unknown_letter),
    "accounts.changed": LetterKind(_changed, sample=lambda locale: _changed_letter("Amina", locale)),
    "accounts.role": LetterKind(_role, sample=lambda locale: _role_letter("Amina", locale, Role.COACH, "Dallow", None)),
}
