"""A private address and every contact are canaries: crawled for over every page, format and letter."""

import email
import email.policy
import gzip
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from engage import events, worker
from engage.core import clock, db, ledger
from engage.core.access import CLOCK
from engage.events.facts import EventMoved
from engage.messages.models import OutboxLetter
from engage.registrations.facts import JoinedWaitingList, PlaceConfirmed
from tests import factories as make
from tests.conftest import NOW
from tests.trust import world as worlds
from tests.trust.test_routes import GETS, _path

STREET = ("Canary Close", "Ring at Canary")
MAILS = ("canary.accepted", "canary.waiting", "canary.cancelled", "canary.cohost", "canary.news")

# The only pages on which anybody may read the private address, by role.
BEFORE_REVEAL = {
    "host": {"events.address", "events.draft"},
    "staff": {"events.address", "events.draft"},
    "administrator": {"events.address", "events.draft"},
}
ONCE_REVEALED = {**BEFORE_REVEAL, "accepted": {"registrations.show"}}


def _text(answer):
    body = answer.data
    return (gzip.decompress(body) if answer.headers.get("Content-Encoding") == "gzip" else body).decode(errors="replace")


def _seen(app, world, canaries):
    """Where each role reads one of the canaries, on every page that opens with GET."""
    seen = {}
    for role in worlds.ROLES:
        for rule in GETS:
            answer = world.clients[role].get(_path(app, rule, world), follow_redirects=False)
            if any(canary in _text(answer) for canary in canaries):
                seen.setdefault(role, set()).add(rule.endpoint)
    return seen


@pytest.mark.slow
@pytest.mark.parametrize("before_start, allowed", [
    (timedelta(days=5), BEFORE_REVEAL), (timedelta(hours=2), ONCE_REVEALED),
], ids=["before the hour the host chose", "from that hour on"])
def test_a_private_address_is_read_by_nobody_else(app, before_start, allowed):
    with time_machine.travel(NOW, tick=False):
        world = worlds.build(app)
    with time_machine.travel(world.event.starts_at - before_start, tick=False):
        seen = _seen(app, world, STREET)
    strangers = {role: pages for role, pages in seen.items() if not pages <= allowed.get(role, set())}
    assert strangers == {}
    assert seen.get("host"), "the control: the host does read it"
    assert ("accepted" in seen) == ("accepted" in allowed), "the control: guests read it when it is time"


@pytest.mark.slow
def test_after_the_event_guests_no_longer_read_it(app):
    with time_machine.travel(NOW, tick=False):
        world = worlds.build(app)
    with time_machine.travel(world.event.ends_at + timedelta(hours=1), tick=False):
        assert "accepted" not in _seen(app, world, STREET)


@pytest.mark.slow
def test_contacts_are_read_by_their_owners_and_by_staff_who_must_call(app):
    with time_machine.travel(NOW, tick=False):
        seen = _seen(app, worlds.build(app), MAILS)
    assert set(seen) <= {"staff", "administrator", "accepted", "waiting", "cancelled"}
    for role in ("accepted", "waiting", "cancelled"):
        assert seen.get(role, set()) <= {"registrations.show", "registrations.calendar_entry", "messages.preferences"}, role


@pytest.mark.slow
def test_no_letter_carries_a_private_address(app):
    """Every letter that follows from an event's life is written, delivered and read."""
    with time_machine.travel(NOW, tick=False):
        world = worlds.build(app)
        _cause_letters(world)
    for hours_before in (24 * 10, 24 * 6, 20, 3):
        with time_machine.travel(world.event.starts_at - timedelta(hours=hours_before), tick=False):
            worker.once(app)
    with time_machine.travel(world.event.starts_at - timedelta(hours=2), tick=False):
        _call_off(world)
        worker.once(app)
    read = [_whole(file) for file in Path(app.extensions["engage_config"].mail.folder).glob("*.eml")]
    assert len(read) >= 4
    assert [letter for letter in read if any(canary in letter for canary in STREET)] == []
    stored = [f"{row.about} {row.facts}" for row in db.session().query(OutboxLetter)]
    assert not any(canary in row for row in stored for canary in (*STREET, *MAILS))


def _cause_letters(world):
    event, places = world.event, world.places
    with db.transaction():
        ledger.record(PlaceConfirmed(places["accepted"].id, event.id), by=CLOCK)
        ledger.record(JoinedWaitingList(places["waiting"].id, event.id), by=CLOCK)
        ledger.record(EventMoved(event.id, 0, event.starts_at), by=CLOCK)


def _call_off(world):
    host = make.actor(world.people["host"])
    with db.transaction():
        events.actions.cancel(event_id=world.event.id, reason="The cook is ill.", locale="en", by=host, now=clock.now())


def _whole(file):
    """A letter with every part decoded: subject, text, HTML, calendar."""
    letter = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    parts = [part.get_payload(decode=True) or b"" for part in letter.walk() if not part.is_multipart()]
    return str(letter["Subject"]) + b"\n".join(parts).decode(errors="replace")


@pytest.mark.slow
def test_the_ledger_and_the_logs_know_ids_only(app, capsys):
    with time_machine.travel(NOW, tick=False):
        world = worlds.build(app)
        _cause_letters(world)
        _seen(app, world, STREET)
        worker.once(app)
    entries = " ".join(str(entry.details) for entry in db.session().query(ledger.Entry))
    printed = capsys.readouterr()
    for canary in (*STREET, *MAILS, "Person host", "Guest accepted"):
        assert canary not in entries
        assert canary not in printed.err + printed.out
