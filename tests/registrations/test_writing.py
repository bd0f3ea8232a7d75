"""Writing to guests: to whom, in which language, once each; a look before it leaves, and sent once however often pressed."""

import re

import pytest
import time_machine
from sqlalchemy import func, select

from engage.core import db
from engage.core.text import Localized
from engage.events import actions as events
from engage.events.models import GuestNote
from engage.events.rules import Audience, Reach
from engage.messages import jobs as messages
from engage.messages import letters as writing
from engage.messages.models import OutboxLetter
from engage.messages.rules import Channel, Topic
from engage.registrations import actions
from engage.registrations.letters import LETTERS
from engage.registrations.rules import State
from tests import factories as make
from tests.accounts.signing import sign_in
from tests.conftest import NOW
from tests.events.giving import to_guests
from tests.registrations.helpers import do, letters, rows

STATES = {
    "seated": State.CONFIRMED, "waits": State.WAITING, "asks": State.REQUESTED, "offered": State.OFFERED,
    "unproven": State.UNPROVEN, "gone": State.CANCELLED,
}
WORDS = {"audience": "registered", "form_key": "k" * 30, "subject_en": "The door", "body_en": "It is *green*."}


@pytest.fixture(autouse=True)
def _stand_still():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def host(app):
    return make.person("Peter")


@pytest.fixture
def event(host):
    event = make.event()
    make.event_person(event, host)
    return event


def write(event, by, **values):
    with db.transaction():
        return events.write_to_guests(event_id=event.id, letter=to_guests(**values), by=by, now=NOW)


def written_to():
    found = db.session().scalars(select(OutboxLetter).where(OutboxLetter.kind == "host_wrote")).all()
    return sorted(row.address.value.partition("@")[0] for row in found)


def path(event, locale="en"):
    return f"/{locale}/my/events/{event.id}/letter"


@pytest.mark.parametrize("audience, readers", [
    (Audience.REGISTERED, ["seated"]),
    (Audience.WAITING, ["asks", "offered", "waits"]),
    (Audience.EVERYBODY, ["asks", "offered", "seated", "waits"]),
])
def test_who_gets_it(event, host, audience, readers):
    for name, state in STATES.items():
        make.registration(event, state, to=make.address(f"{name}@example.org"))
    write(event, make.actor(host), audience=audience)
    assert written_to() == readers


def test_each_reads_their_own_language_else_the_first(event, host):
    subject, body = Localized({"en": "Door", "ar": "الباب"}, "en"), Localized({"en": "Green.", "ar": "أخضر."}, "en")
    note = make.guest_note(event, subject=subject, body=body)
    for locale, said in (("ar", "أخضر."), ("en", "Green."), ("fr", "Green.")):
        guest = make.registration(event, locale=locale)
        letter = LETTERS["host_wrote"].render({"registration_id": str(guest.id), "note_id": str(note.id)}, NOW)
        assert said in writing.write(letter).text, locale


def test_a_series_is_written_to_once_for_each_address_and_only_where_one_may(event, host):
    series, regular, other = make.series().id, make.address("regular@example.org"), make.address("other@example.org")
    second, elsewhere = make.event(series_id=series), make.event(series_id=series)
    make.event_person(second, host)
    with db.transaction():
        db.session().get(type(event), event.id).series_id = series
    for meeting in (event, second, elsewhere):
        make.registration(meeting, to=regular)
    make.registration(elsewhere, to=other)
    write(event, make.actor(host), reach=Reach.SERIES)
    assert written_to() == ["regular"], "the host of two of three meetings writes to the guests of these"
    write(event, make.actor(make.person(), "staff"), reach=Reach.SERIES)
    assert written_to() == ["other", "regular", "regular"]


def test_who_gave_one_place_back_still_reads_it_for_the_other(event, host):
    series, regular = make.series().id, make.address("regular@example.org")
    second = make.event("The second", series_id=series)
    make.event_person(second, host)
    with db.transaction():
        db.session().get(type(event), event.id).series_id = series
    first = make.registration(event, to=regular)
    last = make.registration(second, to=regular)
    write(event, make.actor(host), reach=Reach.SERIES)
    [row] = db.session().scalars(select(OutboxLetter).where(OutboxLetter.kind == "host_wrote"))
    do(actions.cancel, first.id)
    assert "The second" in writing.write(LETTERS["host_wrote"].render(row.facts, NOW)).text
    do(actions.cancel, last.id)
    assert LETTERS["host_wrote"].render(row.facts, NOW) is None


def test_a_look_first_then_it_leaves_once_however_often_it_is_sent(client, event, host):
    for locale in ("en", "ar", "fr"):
        make.registration(event, locale=locale)
    make.registration(event, to=make.address("+441582400123", Channel.PHONE))
    sign_in(client, host)
    words = {**WORDS, "subject_ar": "الباب", "body_ar": "إنه أخضر."}
    look = client.post(path(event), data=words)
    assert look.status_code == 200
    for shown in (
        "3 letters will leave.", "2 letters", "1 letter", "<em>green</em>", 'lang="ar" dir="rtl"', "1 person has only a phone",
    ):
        assert shown in look.text, shown
    assert letters() == []
    kept = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', look.text))
    assert kept["body_ar"] == "إنه أخضر."
    for _press in range(2):
        assert client.post(path(event), data={**words, "confirmed": "1"}).status_code == 303
    assert letters() == ["host_wrote"] * 4
    assert db.session().scalar(select(func.count()).select_from(GuestNote)) == 1


def test_the_look_counts_what_is_posted_and_names_who_gets_nothing(client, event, host):
    for name, locale in (("Ada", "en"), ("Paul", "fr"), ("Noor", "ar"), ("Omar", "ar")):
        make.registration(event, called=name, locale=locale, to=make.address(f"{name}@example.org".lower()))
    make.registration(event, called="Edna", to=make.address("+441582400123", Channel.PHONE))
    make.registration(event, called="Enid & Al", to=(ended := make.address()))
    make.opt_out(Topic.PLACES, to=ended)
    sign_in(client, host)
    look = client.post(path(event), data=WORDS).text
    for shown in (
        "4 letters will leave.", "2 people read Arabic, and you have not written in it. They get English.",
        "1 person reads French", "has only a phone and gets no letter: <bdi>Edna", "staff find them on their list to call",
        "has ended our letters about their places and gets none: <bdi>Enid &amp; Al",
    ):
        assert shown in look.replace("\u2068", "<bdi>"), shown
    assert "01582" not in look
    assert "400123" not in look, "hosts see no numbers"
    client.post(path(event), data={**WORDS, "confirmed": "1"})
    assert written_to() == ["+441582400123", "ada", "noor", "omar", "paul"]


def test_nothing_leaves_where_all_have_ended_such_letters(client, event, host):
    make.registration(event, to=(ended := make.address()))
    make.opt_out(Topic.PLACES, to=ended)
    sign_in(client, host)
    answer = client.post(path(event), data={**WORDS, "confirmed": "1"})
    assert (answer.status_code, letters()) == (409, [])
    assert "all of them have ended our letters" in answer.text


def test_staff_are_led_to_the_list_to_call(client, event):
    make.registration(event, called="Edna", to=make.address("+441582400123", Channel.PHONE))
    staff = make.person()
    make.grant(staff)
    sign_in(client, staff)
    assert 'href="/en/desk/unreached"' in client.post(path(event), data=WORDS).text.partition("<main")[2]
    client.post(path(event), data={**WORDS, "confirmed": "1"})
    messages.deliver(NOW)
    assert "Edna" in client.get(f"/en/desk/unreached/{event.id}").text


def test_what_was_typed_comes_back_to_be_changed(client, event, host):
    make.registration(event)
    sign_in(client, host)
    page = client.post(path(event), data={**WORDS, "again": "1"}).text
    assert "It is *green*." in page
    assert "will leave" not in page


@pytest.mark.parametrize("values, said", [
    ({"subject_en": "", "body_en": ""}, "Please fill this in."),
    ({"body_en": ""}, "Please write this in English as well."),
    ({"subject_ar": "الباب"}, "Please write this in Arabic as well."),
    ({"audience": "nobody"}, "Please choose one of the list."),
])
def test_half_a_letter_is_no_letter(client, event, host, values, said):
    make.registration(event)
    sign_in(client, host)
    answer = client.post(path(event), data={**WORDS, **values, "confirmed": "1"})
    assert answer.status_code == 422
    assert said in answer.text
    assert letters() == []


def test_nobody_to_write_to_is_said(client, event, host):
    sign_in(client, host)
    answer = client.post(path(event), data={**WORDS, "confirmed": "1"})
    assert answer.status_code == 409
    assert "nobody to write to" in answer.text


def test_the_series_is_offered_only_where_there_is_one(client, event, host):
    sign_in(client, host)
    assert "this series" not in client.get(path(event)).text
    made = make.series()
    with db.transaction():
        db.session().get(type(event), event.id).series_id = made.id
    assert "All coming meetings of this series" in client.get(path(event)).text


def test_strangers_guests_and_staff_elsewhere_find_nothing(client, event):
    elsewhere, guest = make.person(), make.person()
    make.grant(elsewhere, area=make.neighbourhood("Saints"))
    make.contact(guest, "guest@example.org")
    make.registration(event, to=make.address("second@example.org"))
    for person in (elsewhere, guest, make.person()):
        sign_in(client, person)
        assert client.get(path(event)).status_code == 404
        assert client.post(path(event), data={**WORDS, "confirmed": "1"}).status_code == 404
    assert letters() == []
    assert len(rows(event)) == 1
