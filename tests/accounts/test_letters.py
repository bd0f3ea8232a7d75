"""Letters about accounts: in the reader's language, with a link where there is one, and only while they matter."""

from datetime import timedelta

import pytest

from engage.accounts import actions, queries
from engage.accounts.letters import LETTERS
from engage.accounts.models import Ticket
from engage.core import city, db
from engage.core.access import CLOCK, Role
from engage.messages import letters
from engage.messages.models import OutboxLetter
from tests import factories as make
from tests.conftest import NOW

LOCALES = ("en", "fr", "es", "ar")


@pytest.mark.parametrize("kind", sorted(LETTERS))
@pytest.mark.parametrize("locale", LOCALES)
def test_each_has_a_preview_in_each_language(app, kind, locale):
    written = letters.write(LETTERS[kind].sample(locale))
    assert written.subject
    assert "Amina" in written.text or kind == "accounts.unknown"
    assert written.locale == locale
    assert f'dir="{"rtl" if locale == "ar" else "ltr"}"' in written.html
    assert ("https://engage.test/" in written.text) is (kind != "accounts.changed")
    assert "%(" not in written.text + written.html


def rendered(now=NOW):
    """Return the letter of the only row in the outbox, as it would be written now."""
    db.session().rollback()
    row = db.session().query(OutboxLetter).one()
    return LETTERS[row.kind].render(row.facts, now)


@pytest.fixture
def noor(app):
    with db.transaction():
        person_id = actions.create_account(
            email="noor@example.org", called="Noor", password=None, locale="fr", by=CLOCK, now=NOW
        )
    return queries.person(person_id)


def ask(noor):
    with db.transaction():
        actions.request_sign_in(email="noor@example.org", locale="en", by=CLOCK, now=NOW)


def test_a_letter_is_in_its_readers_language_whoever_asks(noor):
    ask(noor)
    assert rendered().locale == "fr"
    with db.transaction():
        city.change(locales=["en", "es"])
    assert rendered().locale == "en", "a language that is no longer offered would lead nowhere"


def test_a_letter_dies_with_its_ticket(noor):
    ask(noor)
    assert rendered(NOW + timedelta(minutes=10)) is None
    with db.transaction():
        db.session().query(Ticket).one().used_at = NOW
    assert rendered() is None


def test_letters_hold_neither_link_nor_address(noor):
    ask(noor)
    row = db.session().query(OutboxLetter).one()
    assert set(row.facts) == {"ticket_id"}


def test_a_role_taken_back_is_not_told(noor):
    area = make.neighbourhood("Dallow")
    with db.transaction():
        grant_id = actions.grant(person_id=noor.id, role=Role.REVIEWER, area_id=area.id, by=CLOCK, now=NOW)
    assert "Dallow" in letters.write(rendered()).text
    with db.transaction():
        actions.end_grant(grant_id=grant_id, by=CLOCK, now=NOW)
    assert rendered() is None
