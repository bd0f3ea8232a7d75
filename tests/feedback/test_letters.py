"""The letters: in the guest's language, with a link, and none once the ticket is gone."""

import pytest

from engage.core import db, i18n
from engage.core.access import CLOCK
from engage.events.rules import State as EventState
from engage.feedback import letters
from engage.messages import letters as messages
from engage.registrations import actions as registrations
from tests import factories as make
from tests.conftest import NOW
from tests.factories import feedback as made
from tests.feedback.test_actions import HOUR

KINDS = [letters.ASK, letters.NUDGE]


@pytest.fixture
def event(app):
    of = make.programme(questions=made.QUESTIONS)
    return make.event(starts_at=NOW - 3 * HOUR, ends_at=NOW - HOUR, of=of, state=EventState.HELD, closed_at=NOW)


def render(kind, ticket_id, now=NOW):
    return letters.LETTERS[kind].render({"ticket_id": str(ticket_id)}, now)


@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_asks_by_name_with_a_link(event, kind):
    ticket = made.ticket(event, make.registration(event, called="נועה", locale="ar"))
    written = messages.write(render(kind, ticket.id))
    assert written.locale == "ar"
    assert 'dir="rtl"' in written.html
    assert f"https://engage.test/ar/link/feedback/{ticket.id}/" in written.text
    assert f"https://engage.test/ar/link/feedback/{ticket.id}/" in written.html
    assert "\u2068נועה\u2069" in written.text
    assert "<bdi>נועה</bdi>" in written.html


@pytest.mark.parametrize("kind", KINDS)
def test_a_spent_or_old_ticket_needs_no_letter(event, kind):
    ticket = made.ticket(event, make.registration(event))
    ticket_id = ticket.id
    assert render(kind, ticket_id, now=ticket.expires_at) is None
    with db.transaction() as session:
        session.delete(session.get(type(ticket), ticket_id))
    assert render(kind, ticket_id) is None


@pytest.mark.parametrize("kind", KINDS)
def test_who_has_left_is_not_asked(event, kind):
    registration = make.registration(event)
    ticket_id = made.ticket(event, registration).id
    with db.transaction():
        registrations.anonymise(registration_id=registration.id, by=CLOCK)
    assert render(kind, ticket_id) is None


@pytest.mark.parametrize("locale", ["en", "fr", "es", "ar"])
@pytest.mark.parametrize("kind", KINDS)
def test_samples_render(app, kind, locale):
    with i18n.speaking(locale):
        written = messages.write(letters.LETTERS[kind].sample(locale))
    assert written.subject
    assert "Noor" in written.text
    assert f'lang="{locale}"' in written.html
