"""What reminders say, in whose language, and when they keep silent."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest

from engage.core import db, i18n
from engage.events.models import Event
from engage.events.rules import State as EventState
from engage.messages import jobs, letters
from engage.messages.rules import State
from engage.registrations.models import Registration
from engage.registrations.rules import State as Place
from engage.reminders.letters import LETTERS
from tests.conftest import NOW
from tests.reminders.support import confirmed, dinner, keys, meeting

ADDRESS = "17 Canary Close"


@pytest.fixture
def mailbox(app):
    folder = app.extensions["engage_config"].mail.folder
    for file in folder.glob("*"):
        file.unlink()
    return folder


def mails(mailbox):
    return [message_from_bytes(file.read_bytes(), policy=policy.default) for file in sorted(mailbox.iterdir())]


def text_of(mail, kind="plain"):
    return mail.get_body((kind,)).get_content().replace("\r\n", "\n")


def deliver_week(mailbox, event):
    jobs.deliver(event.starts_at - timedelta(days=7))
    return mails(mailbox)


def test_a_reminder_says_when_and_where_and_leads_to_the_place(app, mailbox):
    event = meeting()
    registration = confirmed(event, called="Noor")
    [mail] = deliver_week(mailbox, event)
    assert mail["Subject"].startswith("Reminder: ")
    for kind in ("plain", "html"):
        body = text_of(mail, kind)
        for wanted in ("Noor", "Dinner in Dallow", "21 December 2026", "Town Hall, 1 George Street", ".ics"):
            assert wanted in body, wanted
        assert f"https://engage.test/en/link/place/{registration.id}/" in body
    assert mail["List-Unsubscribe"]


@pytest.mark.parametrize("locale", ["fr", "es", "ar"])
def test_a_reminder_speaks_the_guests_language(app, mailbox, locale):
    event = meeting()
    confirmed(event, locale=locale)
    i18n.choose("en")
    [mail] = deliver_week(mailbox, event)
    with i18n.speaking(locale):
        assert i18n.day(event.starts_at, event.zone) in text_of(mail)
    assert mail["Content-Language"] == locale
    assert f'<html lang="{locale}" dir="{i18n.direction(locale)}">' in text_of(mail, "html")


def change_event(event, **values):
    with db.transaction():
        for name, value in values.items():
            setattr(db.session().get(Event, event.id), name, value)


def change_place(registration, **values):
    with db.transaction():
        for name, value in values.items():
            setattr(db.session().get(Registration, registration.id), name, value)


@pytest.mark.parametrize("spoil", [
    lambda event, _: change_event(event, state=EventState.CANCELLED),
    lambda event, _: change_event(event, sequence=1),
    lambda event, _: change_event(event, starts_at=NOW + timedelta(days=10)),
    lambda _, place: change_place(place, state=Place.CANCELLED),
    lambda _, place: change_place(place, state=Place.WAITING),
    lambda _, place: change_place(place, address_id=None),
], ids=["cancelled", "moved", "over", "given back", "back in line", "forgotten"])
def test_what_changed_unseen_is_noticed_just_before_sending(app, mailbox, spoil):
    event = meeting()
    registration = confirmed(event)
    starts_at = event.starts_at
    spoil(event, registration)
    jobs.deliver(starts_at - timedelta(days=7))
    assert mails(mailbox) == []
    assert keys(State.CANCELLED) == ["week"]


def test_a_worker_that_slept_sends_the_last_one_only(app, mailbox):
    event = meeting()
    confirmed(event)
    jobs.deliver(event.starts_at - timedelta(hours=1))
    assert (keys(State.EXPIRED), keys(State.SENT)) == (["week", "eve"], ["soon"])


def test_the_address_letter_leads_to_the_address_and_never_is_it(app, mailbox):
    event = dinner()
    registration = confirmed(event)
    jobs.deliver(event.starts_at - timedelta(hours=24))
    [mail] = [mail for mail in mails(mailbox) if "address" in mail["Subject"]]
    assert f"/en/link/place/{registration.id}/" in text_of(mail)
    assert mail["List-Unsubscribe"] is None


def test_no_letter_carries_a_private_address(app, mailbox):
    event = dinner()
    confirmed(event)
    for hours in (7 * 24, 24, 18, 2):
        jobs.deliver(event.starts_at - timedelta(hours=hours))
    sent = mails(mailbox)
    assert len(sent) == 4
    for file, mail in zip(sorted(mailbox.iterdir()), sent, strict=True):
        whole = file.read_text() + text_of(mail) + text_of(mail, "html")
        assert ADDRESS not in whole
        assert "A home in Dallow" in text_of(mail)


def test_a_reminder_says_when_the_address_can_be_seen(app, mailbox):
    event = dinner()
    confirmed(event)
    [week] = deliver_week(mailbox, event)
    assert "The address is on your page from " in text_of(week)
    for file in mailbox.iterdir():
        file.unlink()
    jobs.deliver(event.starts_at - timedelta(hours=2))
    [soon] = [mail for mail in mails(mailbox) if mail["Subject"].startswith("Reminder")]
    assert "The address is on your page." in text_of(soon)


@pytest.mark.parametrize("name", sorted(LETTERS))
@pytest.mark.parametrize("locale", ["en", "fr", "es", "ar"])
def test_samples_are_written_in_each_language(app, name, locale):
    written = letters.write(LETTERS[name].sample(locale))
    assert written.subject
    assert f'dir="{i18n.direction(locale)}"' in written.html
