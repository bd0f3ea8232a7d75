"""A partner's list: staff of the area check it and take it in; hosts, staff elsewhere and residents find nothing."""

import io
import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from engage.accounts.models import Consent
from engage.core import db
from engage.core.ledger import Entry
from engage.events.rules import State as EventState
from engage.messages import jobs as messages
from engage.messages import letters as writing
from engage.messages.models import Address, OutboxLetter
from engage.messages.queries import opted_out
from engage.messages.rules import Topic
from engage.registrations import actions, jobs
from engage.registrations.letters import LETTERS
from engage.registrations.models import Referral, Registration
from engage.registrations.rules import State
from tests import factories as make
from tests.accounts.signing import sign_in
from tests.conftest import NOW
from tests.registrations.helpers import do, letters, proven, rows, seats
from tests.statements import counted

HEADER = "Name,Email,Phone,Language,How many,Consent"
LIST = f"{HEADER}\nNoor,noor@example.org,,Arabic,2,yes\nEdna,,01582 400123,,,yes\nAda,ada@example.org,,fr,,no"
TROUBLED = f"""{HEADER}
Noor,noor@example.org,,,,yes
Noor H,NOOR@example.org,,,,yes
Noor,other@example.org,,,,no
=1+1,f@example.org,,Klingon,,no
Known,known@example.org,,,,yes
Eve,eve@,,,,yes
Bob,bob@example.org,,,,maybe
"""


@pytest.fixture(autouse=True)
def _stand_still():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def event(app):
    event = make.event(capacity=3)
    make.event_person(event, make.person("Peter"))
    return event


@pytest.fixture
def staff(client, event):
    person = make.person("Sam")
    make.grant(person, area=db.session().get(type(make.neighbourhood()), event.neighbourhood_id))
    sign_in(client, person)
    return person


def path(event, rest="", locale="en"):
    return f"/{locale}/host/events/{event.id}/guests/list{rest}"


def check(client, event, content=LIST):
    content = content.encode() if isinstance(content, str) else content
    sent = {"partner": "Food Bank", "file": (io.BytesIO(content), "list.csv")}
    return client.post(path(event), data=sent, content_type="multipart/form-data")


def sealed(report):
    return re.search(r'name="sealed"[^>]*value="([^"]+)"', report.text)[1]


def take_in(client, event, report):
    return client.post(path(event), data={"sealed": sealed(report)}, follow_redirects=True)


def count(model):
    return db.session().scalar(select(func.count()).select_from(model))


def test_a_report_writes_nothing_and_doing_it_signs_up_those_who_said_yes(client, event, staff):
    before = [count(model) for model in (Registration, Address, OutboxLetter, Referral, Entry)]
    report = check(client, event)
    assert [count(model) for model in (Registration, Address, OutboxLetter, Referral, Entry)] == before
    for shown in ("Noor", "Is signed up", "Gets an invitation", "sign up 2, invite 1", "Nothing has been written yet"):
        assert shown in report.text
    assert "2 sign-ups were taken in. 1 invitation is on its way." in take_in(client, event, report).text
    assert {(row.called, row.state, row.party_size, row.locale) for row in rows(event)} == {
        ("Noor", State.CONFIRMED, 2, "ar"), ("Edna", State.CONFIRMED, 1, "en"),
    }
    assert seats(event) == 3
    assert letters() == ["place_confirmed", "place_confirmed", "referred"]
    assert count(Consent) == 2, "for who is only invited nobody has agreed to anything"


def test_the_same_report_twice_and_the_same_list_again_change_nothing(client, event, staff):
    report = check(client, event)
    take_in(client, event, report)
    assert "0 sign-ups were taken in." in take_in(client, event, report).text
    again = check(client, event)
    assert "Has signed up already" in again.text
    assert "Was invited already" in again.text
    assert "nobody new" in again.text
    assert (len(rows(event)), count(Referral), len(letters())) == (2, 1, 3)
    assert len([entry for entry in db.session().scalars(select(Entry)) if entry.kind.endswith("ListTakenIn")]) == 1


@pytest.fixture
def answered(event):
    """Who has answered for themselves: cancelled, told no, and ended letters of either kind."""
    cancelled = proven(event, "noor@example.org")
    do(actions.cancel, cancelled)
    make.registration(event, State.DECLINED, to=make.address("told@example.org"))
    for name, topic in (("ada", Topic.INVITATIONS), ("edna", Topic.PLACES)):
        make.opt_out(topic, to=make.address(f"{name}@example.org"))
    return "\n".join((HEADER, *(f"G,{name}@example.org,,,,yes" for name in ("noor", "told", "edna")), "A,ada@example.org,,,,"))


def test_who_has_answered_for_themselves_is_not_taken_in_again(client, event, staff, answered):
    report = check(client, event, answered)
    for shown in ("Gave their place back", "Was told that there is no", "Has ended such letters", "4 lines to", "nobody new"):
        assert shown in report.text, shown
    assert report.text.count("please sign them up yourself") == 8, "among those to look at, and among all"


def test_who_answers_between_report_and_yes_is_left_out(client, event, staff):
    report = check(client, event)
    do(actions.cancel, proven(event, "noor@example.org"))
    make.opt_out(Topic.INVITATIONS, to=make.address("ada@example.org"))
    before = letters()
    assert "1 sign-up was taken in. 0 invitations are on their way." in take_in(client, event, report).text
    assert letters() == [*before, "place_confirmed"]
    assert [row.state for row in rows(event)] == [State.CANCELLED, State.CONFIRMED]


def test_who_lets_a_place_go_and_takes_another_has_one(client, event, staff, answered):
    proven(event, "noor@example.org")
    assert "Has signed up already" in check(client, event, answered).text


def test_when_places_run_out_the_rest_waits_in_order(client, event, staff):
    crowd = "\n".join((HEADER, *(f"Guest {n},g{n}@example.org,,,2,yes" for n in range(3))))
    report = check(client, event, crowd)
    assert "3 places are free for 6 people on the list." in report.text
    take_in(client, event, report)
    assert [row.state for row in rows(event)] == [State.CONFIRMED, State.WAITING, State.WAITING]


def test_people_on_the_list_twice_and_lines_that_are_wrong(client, event, staff):
    proven(event, "known@example.org")
    report = check(client, event, TROUBLED)
    for shown in (
        "On the list twice", "See line 2.", "Is it the same person?", "begins like a formula", "know this language",
        "Has signed up already", "does not look like an email address", "neither yes nor no", "sign up 1, invite 2",
    ):
        assert shown in report.text, shown
    take_in(client, event, report)
    assert len(rows(event)) == 2
    assert count(Referral) == 2


@pytest.mark.usefixtures("staff")
@pytest.mark.parametrize("content, said", [
    ("Name,Email\nИван Петров,i@example.org".encode("windows-1251"), "read the letters in this file"),
    ((HEADER + "\nNoor,n@example.org,,,,yes" * 251).encode(), "A list may have 250 lines."),
    (b"", "nobody on this list"),
])
def test_a_file_that_cant_be_read_says_why_beside_its_field(client, event, content, said):
    answer = check(client, event, content)
    assert answer.status_code == 422
    assert said in answer.text
    assert 'id="file-wrong"' in answer.text
    assert 'value="Food Bank"' in answer.text, "what was typed is kept"


def test_only_staff_of_the_area_take_in_lists(app, client, event, staff):
    report = check(client, event)
    host = db.session().get(type(staff), event.people[0].person_id)
    elsewhere = make.person()
    make.grant(elsewhere, area=make.neighbourhood("Saints"))
    for person in (host, elsewhere, make.person()):
        other = app.test_client()
        sign_in(other, person)
        assert other.get(path(event)).status_code == 404
        assert other.get(path(event, "/template.csv")).status_code == 404
        assert check(other, event).status_code == 404
        assert other.post(path(event), data={"sealed": sealed(report)}).status_code == 404
    assert rows(event) == []


def test_a_report_is_good_for_its_own_meeting_and_person_within_the_hour(app, client, event, staff):
    report, other = check(client, event), make.event()
    administrator = make.person()
    make.grant(administrator, "administrator")
    second = app.test_client()
    sign_in(second, administrator)
    assert second.post(path(event), data={"sealed": sealed(report)}).status_code == 409
    assert second.post(path(other), data={"sealed": sealed(report)}).status_code == 409
    assert client.post(path(event), data={"sealed": sealed(report)[:-9] + "AAAAAAAA="}).status_code == 409
    with time_machine.travel(NOW + timedelta(minutes=61), tick=False):
        assert "more than an hour old" in client.post(path(event), data={"sealed": sealed(report)}).text
    assert rows(event) == []


def test_to_a_closed_meeting_each_is_invited_by_themselves(client, event, staff):
    """The letter of a list leads to a public page, and a closed meeting has none."""
    report = check(client, event)
    with db.transaction():
        db.session().get(type(event), event.id).programme_id = make.programme(is_closed=True).id
    refused = [client.get(path(event)), check(client, event), client.post(path(event), data={"sealed": sealed(report)})]
    assert [answer.status_code for answer in refused] == [200, 409, 409]
    for answer in refused:
        assert answer.text.count("by invitation only") == 1
        assert f'href="/en/host/events/{event.id}/invitations"' in answer.text
        assert 'type="file"' not in answer.text
    assert path(event) not in client.get(path(event).removesuffix("/list")).text
    assert (rows(event), letters(), count(Referral)) == ([], [], 0)


@pytest.mark.parametrize("values, said", [
    ({"state": EventState.CANCELLED}, "has been cancelled"),
    ({"starts_at": NOW - timedelta(minutes=1)}, "has begun or is over"),
    ({"is_sign_up_paused": True}, "takes no sign-ups"),
])
def test_where_nobody_can_sign_up_no_list_is_even_checked(client, event, staff, values, said):
    with db.transaction():
        row = db.session().get(type(event), event.id)
        for name, value in values.items():
            setattr(row, name, value)
    answer = check(client, event)
    assert (answer.status_code, answer.text.count(said)) == (409, 1)


def test_what_was_refused_half_way_leaves_nothing(client, event, staff):
    report = check(client, event)
    with db.transaction():
        db.session().get(type(event), event.id).is_sign_up_paused = True
    assert client.post(path(event), data={"sealed": sealed(report)}).status_code == 409
    assert (rows(event), letters(), count(Referral)) == ([], [], 0)


def test_the_template_can_be_filled_in_and_sent_in_every_language(client, event, staff):
    for locale in ("en", "fr", "es", "ar"):
        text = client.get(path(event, "/template.csv", locale)).data.decode("utf-8-sig")
        assert "sign up 1, invite 1" in check(client, event, text).text, locale


def test_the_invitation_says_where_the_address_is_from_and_ends_with_one_click(client, event, staff):
    take_in(client, event, check(client, event))
    row = db.session().scalars(select(OutboxLetter).where(OutboxLetter.kind == "referred")).one()
    letter = LETTERS["referred"].render(row.facts, NOW)
    written = writing.write(letter)
    assert written.locale == "fr"
    for text in (written.text, written.html):
        assert "Food Bank" in text
        assert f"/fr/events/{event.slug}/join" in text
        assert "Ada" not in text
    assert LETTERS["referred"].topic == Topic.INVITATIONS
    url = writing.unsubscribe_url(row.address, Topic.INVITATIONS, "fr").removeprefix("https://engage.test")
    assert client.post(url, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert opted_out(row.address_id) == {Topic.INVITATIONS}


def test_no_invitation_leaves_for_who_has_signed_up_or_to_what_is_off(client, event, staff):
    invited = make.referral(event)
    facts = {"referral_id": str(invited.id)}
    assert LETTERS["referred"].render(facts, NOW)
    assert LETTERS["referred"].render(facts, event.starts_at) is None
    make.registration(event, to=db.session().get(Address, invited.address_id))
    assert LETTERS["referred"].render(facts, NOW) is None


def test_who_was_invited_is_forgotten_a_week_after(client, event, staff):
    take_in(client, event, check(client, event))
    jobs.forget(event.ends_at + timedelta(days=6))
    assert count(Referral) == 1
    jobs.forget(event.ends_at + timedelta(days=8))
    assert count(Referral) == 0
    assert letters() == ["place_confirmed", "place_confirmed"], "that a letter went there is forgotten as well"
    messages.forget(event.ends_at + timedelta(days=8))
    assert {row.value for row in db.session().scalars(select(Address))}.isdisjoint({"ada@example.org"})


def test_a_report_asks_the_database_the_same_for_one_line_and_for_three(client, event, staff):
    client.get(path(event))
    for lines in (1, 3):
        text = "\n".join((HEADER, *(f"G{n},g{n}@example.org,,,,no" for n in range(lines))))
        place = path(event)
        with counted() as statements:
            client.post(place, data={"partner": "x", "file": (io.BytesIO(text.encode()), "list.csv")})
        assert len(statements) == 11, "\n".join(statements)


