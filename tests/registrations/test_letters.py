"""What the letters say, to whom, in which language, and what goes with them."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from engage.core import db
from engage.core.access import CLOCK
from engage.core.text import Localized
from engage.events.models import Event
from engage.events.rules import State as EventState
from engage.messages import letters as writing
from engage.programmes.rules import SignUpMode
from engage.registrations import actions
from engage.registrations.letters import LETTERS
from engage.registrations.rules import State
from tests import factories as make
from tests.conftest import NOW
from tests.registrations.helpers import do, get, letters, proven, sign_up

HOUR = timedelta(hours=1)


def letter(kind, registration_id, **facts):
    db.session().rollback()
    return LETTERS[kind].render({"registration_id": str(registration_id), **facts}, NOW)


def written(kind, registration_id, **facts):
    return writing.write(letter(kind, registration_id, **facts))


def entry(found):
    [attachment] = found.attachments
    [component] = Calendar.from_ical(attachment.content).walk("VEVENT")
    return attachment.content_type, component


def place(state, event=None, **values):
    until = {"held_until": NOW + HOUR, "offered_until": NOW + HOUR}
    return make.registration(event or make.event(capacity=3), state, **until, **values).id


CAUSES = {
    "place_asked": State.HELD, "place_confirmed": State.CONFIRMED, "place_approved": State.CONFIRMED,
    "place_requested": State.REQUESTED, "place_waiting": State.WAITING, "place_offered": State.OFFERED,
    "place_lapsed": State.LAPSED, "place_cancelled": State.CANCELLED, "place_declined": State.DECLINED,
    "place_removed": State.REMOVED, "place_known": State.WAITING,
}


@pytest.mark.parametrize("locale", ["en", "fr", "es", "ar"])
@pytest.mark.parametrize("kind", sorted(LETTERS))
def test_every_letter_has_a_preview_in_every_language(app, kind, locale):
    found = writing.write(LETTERS[kind].sample(locale))
    assert found.subject
    assert ("Noor" in found.text) == (kind != "referred"), "who is only invited has no name with us"
    assert f'lang="{locale}"' in found.html
    assert f'dir="{"rtl" if locale == "ar" else "ltr"}"' in found.html


@pytest.mark.parametrize("kind", sorted(CAUSES))
def test_a_letter_without_its_cause_is_not_sent(app, kind):
    assert letter(kind, place(CAUSES[kind])) is not None
    other = State.REQUESTED if CAUSES[kind] != State.REQUESTED else State.CONFIRMED
    if kind != "place_known":
        assert letter(kind, place(other)) is None
    assert letter(kind, make.event().id) is None
    gone = place(CAUSES[kind])
    with db.transaction():
        actions.anonymise(registration_id=gone, by=CLOCK)
    assert letter(kind, gone) is None


@pytest.mark.parametrize("kind", sorted(CAUSES))
def test_nothing_is_said_about_places_at_a_cancelled_event(app, kind):
    event = make.event(state=EventState.CANCELLED, capacity=3)
    assert letter(kind, place(CAUSES[kind], event)) is None


def test_the_first_letter_says_until_when_and_leads_to_the_place(app):
    found = sign_up(make.event())
    text = written("place_asked", found).text
    assert "12:30" in text or "12:30" in text.replace("\u202f", " ")
    assert f"https://engage.test/en/link/place/{found}/" in text
    assert "It was not you? Then do nothing." in text


def test_the_first_letter_of_a_full_event_promises_no_place(app):
    event = make.event(capacity=1)
    proven(event, "seated@example.org")
    assert "you are on the waiting list" in written("place_asked", sign_up(event)).text


def test_a_first_letter_that_comes_late_promises_no_place_either(app):
    text = written("place_asked", place(State.LAPSED)).text
    assert "we look whether there is room" in text
    assert "waiting list" not in text


def test_the_letter_speaks_the_guests_language_whoever_caused_it(app):
    found = proven(make.event(), locale="ar", called="נועה")
    made = letter("place_confirmed", found)
    assert made.locale == "ar"
    html = writing.write(made).html
    assert 'dir="rtl"' in html
    assert "<bdi>נועה</bdi>" in html


def test_names_are_isolated_in_subjects(app):
    event = make.event("ארוחת ערב")
    subject = written("place_confirmed", proven(event)).subject
    assert "\u2068ארוחת ערב\u2069" in subject


def test_a_confirmed_place_goes_into_the_calendar_without_the_home(app):
    event = make.event(venue_id=None, area=make.neighbourhood("Bury Park"))
    make.private_address(event)
    made = letter("place_confirmed", proven(event))
    kind, component = entry(made)
    assert kind == "text/calendar; method=REQUEST; charset=utf-8"
    assert str(component["UID"]) == f"{event.id}@engage.test"
    assert str(component["LOCATION"]) == "Bury Park"
    written_ = writing.write(made)
    assert "Canary" not in written_.text + written_.html + str(component)
    assert "somebody's home" in written_.text


def test_a_cancelled_place_is_taken_out_of_the_calendar(app):
    found = proven(make.event())
    do(actions.cancel, found)
    kind, component = entry(letter("place_cancelled", found, was="confirmed"))
    assert "method=CANCEL" in kind
    assert str(component["STATUS"]) == "CANCELLED"
    assert letter("place_cancelled", found, was="waiting").attachments == ()


@pytest.mark.parametrize("was, says", [
    (State.CONFIRMED, "given your place back"), (State.OFFERED, "given your place back"),
    (State.WAITING, "left the waiting list"), (State.REQUESTED, "taken your request back"),
])
def test_who_ends_a_sign_up_reads_what_they_gave_up(app, was, says):
    found = place(was)
    do(actions.cancel, found)
    made = letter("place_cancelled", found, was=was)
    assert says in writing.write(made).text
    assert bool(made.attachments) == (was == State.CONFIRMED)


def test_who_only_waited_never_had_a_place_to_lose(app):
    found = place(State.REMOVED)
    assert "no longer on the list" in written("place_removed", found, was="waiting").subject
    assert "no longer have a place" in written("place_removed", found, was="confirmed").subject


def test_a_confirmation_says_the_code_and_when_the_home_is_shown(app):
    event = make.event(venue_id=None)
    make.private_address(event, reveal_hours=24)
    found = proven(event)
    text = written("place_confirmed", found).text
    assert get(found).code in text
    assert "on your page from Sunday, 20 December 2026 at " in text
    late = LETTERS["place_confirmed"].render({"registration_id": str(found)}, event.starts_at - HOUR)
    assert "You see the address on your page." in writing.write(late).text


def test_what_hosts_write_reaches_nobody_who_gave_their_place_back(app):
    event = make.event()
    found = proven(event)
    note = make.guest_note(event, "The door", "It is green.", locale="en")
    assert letter("host_wrote", found, note_id=str(note.id))
    do(actions.cancel, found)
    assert letter("host_wrote", found, note_id=str(note.id)) is None


def test_the_waiting_list_and_the_offer_in_words(app):
    event = make.event(capacity=2)
    seated, first = proven(event, "seated@example.org", 2), proven(event, "first@example.org")
    pair = proven(event, "pair@example.org", 2)
    assert "You are number 2 on the waiting list." in written("place_waiting", pair).text
    do(actions.cancel, first)
    do(actions.cancel, seated)
    assert "2 places have become free, one for each of you." in written("place_offered", pair).text


def test_who_has_signed_up_already_reads_where_they_stand(app):
    assert "Your place is confirmed." in written("place_known", place(State.CONFIRMED)).text
    assert "You no longer have a place" in written("place_known", place(State.REMOVED)).subject
    assert "No place this time" in written("place_known", place(State.DECLINED)).subject


def test_a_move_is_told_once_with_a_new_entry(app):
    event = make.event(sequence=2, capacity=1)
    seated, waits = proven(event, "seated@example.org"), proven(event)
    assert letter("event_moved", seated, sequence=1) is None, "a later letter tells of the later move"
    _, component = entry(letter("event_moved", seated, sequence=2))
    assert component["SEQUENCE"] == 2
    assert letter("event_moved", waits, sequence=2).attachments == ()


def test_a_cancellation_says_why_in_the_words_it_was_written(app):
    event = make.event()
    found = proven(event, locale="fr")
    with db.transaction():
        row = db.session().get(Event, event.id)
        row.state, row.cancel_reason, row.sequence = EventState.CANCELLED, Localized.of("en", "The roof <b>leaks</b>."), 1
    made = letter("event_cancelled", found)
    kind, component = entry(made)
    assert ("method=CANCEL" in kind, component["SEQUENCE"]) == (True, 1)
    html = writing.write(made).html
    assert 'lang="en" dir="ltr"' in html
    assert "<b>leaks" not in html


def test_what_the_host_writes_keeps_its_own_language(app):
    event = make.event()
    found = proven(event, locale="fr")
    note = make.guest_note(event, "Дверь", "Дверь зелёная.", locale="uk")
    made = written("host_wrote", found, note_id=str(note.id))
    assert "Дверь зелёная." in made.text
    assert 'lang="uk"' in made.html
    assert "\u2068Дверь\u2069" in made.subject


def test_hostile_names_stay_text(app):
    found = proven(make.event("<svg onload=alert(1)>\r\nBcc: x@example.org"), called="<script>{{7*7}}</script>")
    made = written("place_confirmed", found)
    assert "\n" not in made.subject
    assert "<svg" not in made.html
    assert "<script" not in made.html
    assert "{{7*7}}" in made.text


def test_the_host_is_told_once_a_day_that_guests_ask(app):
    event = make.event(of=make.programme(sign_up_mode=SignUpMode.HOST_APPROVES))
    host = make.person("Peter", locale="es")
    make.contact(host, "peter@example.org")
    part = make.event_person(event, host)
    first = proven(event, "one@example.org")
    proven(event, "two@example.org")
    assert letters("peter@example.org") == ["guests_ask"]
    facts = {"event_id": str(event.id), "part_id": str(part.id)}
    made = LETTERS["guests_ask"].render(facts, NOW)
    assert (made.locale, made.context["requests"]) == ("es", 2)
    assert f"/es/host/events/{event.id}/guests" in writing.write(made).text
    for found in (first, proven(event, "two@example.org")):
        do(actions.decline, found, by=make.actor(host))
    assert LETTERS["guests_ask"].render(facts, NOW) is None
