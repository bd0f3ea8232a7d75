"""The sign-up page, as a resident meets it."""

import re
from datetime import timedelta
from urllib.parse import quote_plus

import pytest
import time_machine

from engage.core.text import Localized
from engage.events.rules import State as EventState
from engage.programmes.rules import SignUpMode
from engage.registrations.rules import State
from tests import factories as make
from tests.accounts.signing import sign_in
from tests.conftest import NOW
from tests.registrations.helpers import Statements, letters, proven, rows, seats


@pytest.fixture(autouse=True)
def _stand_still():
    with time_machine.travel(NOW, tick=False):
        yield


def join(event, locale="en"):
    return f"/{locale}/events/{event.slug}/join"


def filled(**values):
    return {
        "form_key": "k" * 32, "called": "Noor", "email": "noor@example.org", "letters_in": "fr", "party_size": "2",
        "speaks": ["fr", "ar"], "conduct": "y", **values,
    }


def test_a_resident_signs_up_without_an_account(client):
    event = make.event()
    page = client.get(join(event))
    assert page.status_code == 200
    answer = client.post(join(event), data=filled())
    assert (answer.status_code, answer.location) == (303, join(event) + "/sent")
    assert "Look at your letters" in client.get(answer.location).text
    [row] = rows(event)
    assert (row.state, row.called, row.party_size, row.locale, row.speaks) == (State.HELD, "Noor", 2, "fr", ["fr", "ar"])
    assert seats(event) == 2


def test_double_click_and_back_are_one_registration(client):
    event = make.event()
    answers = {client.post(join(event), data=filled()).location for _ in range(3)}
    assert len(answers) == 1
    assert len(rows(event)) == 1
    assert letters() == ["place_asked"]


def test_the_answer_is_the_same_for_known_and_unknown_addresses(client):
    event = make.event()
    proven(event, "known@example.org")
    known = client.post(join(event), data=filled(email="known@example.org", form_key="a" * 20))
    unknown = client.post(join(event), data=filled(email="unknown@example.org", form_key="b" * 20))
    assert (known.status_code, known.location, known.data) == (unknown.status_code, unknown.location, unknown.data)
    assert letters("known@example.org")[-1] == "place_known"


def test_signed_in_it_is_found_filled_in_and_confirmed_at_once(client):
    event, person = make.event(), make.person("Amina", locale="ar")
    make.contact(person, "amina@example.org")
    sign_in(client, person)
    page = client.get(join(event)).text
    assert 'value="Amina"' in page
    assert 'value="amina@example.org"' in page
    assert re.search(r'<option selected value="ar">', page)
    assert "confirmed at once" in page
    answer = client.post(join(event), data=filled(email="amina@example.org"))
    [row] = rows(event)
    assert row.state == State.CONFIRMED
    assert answer.location == f"/en/my/places/{row.id}"
    assert "You have a place" in client.get(answer.location).text
    assert "You are signed up already" in client.get(join(event)).text


def test_what_is_missing_is_said_at_the_field_and_the_rest_kept(client):
    event = make.event()
    page = client.post(join(event), data=filled(called="", email="noor@", conduct=""))
    assert page.status_code == 422
    for message in ("Please tell us a name.", "does not look like an email address", "Please read the code of conduct"):
        assert message in page.text
    assert 'value="noor@"' in page.text
    assert rows(event) == []


def test_errors_speak_the_pages_language(client):
    page = client.post(join(make.event(), "ar"), data={})
    assert page.status_code == 422
    assert 'dir="rtl"' in page.text


@pytest.mark.parametrize("size", ["0", "5", "-1", "abc", "1e3", "99999999999999999999", ""])
def test_party_sizes_that_are_none(client, size):
    event = make.event()
    assert client.post(join(event), data=filled(party_size=size)).status_code == 422
    assert rows(event) == []


def test_the_limit_is_said_with_its_number(client):
    page = client.post(join(make.event(capacity=3)), data=filled(party_size="4"))
    assert "from 1 to 3" in page.text


def test_digits_of_any_script(client):
    event = make.event()
    client.post(join(event), data=filled(party_size="٣"))
    assert rows(event)[0].party_size == 3


def test_needs_ask_for_their_own_agreement(client):
    event = make.event(food=Localized.of("en", "Soup."))
    page = client.post(join(event), data=filled(dishes=["vegan"], words="A quiet seat"))
    assert page.status_code == 422
    assert "Please tick this so that we may keep what you need" in page.text
    assert re.search(r'value="vegan" checked', page.text)
    assert client.post(join(event), data=filled(dishes=["vegan"], words="A quiet seat", may_keep="y")).status_code == 303


def test_nothing_is_asked_that_is_of_no_use(client):
    plain = client.get(join(make.event())).text
    assert "Vegetarian" not in plain
    assert "Your neighbourhood" not in plain
    curious = make.programme(asks_neighbourhood=True, asks_first_time=True)
    area = make.neighbourhood("Bury Park")
    event = make.event(of=curious, venue_id=None)
    full = client.get(join(event)).text
    assert "Vegetarian" in full
    assert "Bury Park" in full
    assert "first time" in full
    client.post(join(event), data=filled(neighbourhood=str(area.id), first_time="yes"))
    assert (rows(event)[0].neighbourhood_id, rows(event)[0].is_first_time) == (area.id, True)


@pytest.mark.parametrize("values, said", [
    ({"capacity": 12}, "We keep your place for 30 minutes"),
    ({"capacity": None}, "We keep your place for 30 minutes"),
    ({"capacity": 1}, "You are the first on the waiting list"),
    ({"is_sign_up_paused": True}, "The host takes no sign-ups at the moment"),
    ({"state": EventState.CANCELLED}, "The meeting has been cancelled"),
    ({"starts_at": NOW - timedelta(hours=1)}, "The meeting has begun or is over"),
])
def test_the_page_says_honestly_what_happens_next(client, values, said):
    event = make.event(**values)
    make.registration(event) if values.get("capacity") == 1 else None
    assert said in client.get(join(event)).text


def test_the_page_says_how_many_wait_and_that_the_host_decides(client):
    event = make.event(capacity=1)
    make.registration(event)
    make.registration(event, State.WAITING)
    assert "1 party is waiting before you" in client.get(join(event)).text
    asking = make.event(of=make.programme(sign_up_mode=SignUpMode.HOST_APPROVES))
    assert "The host reads your request and decides" in client.get(join(asking)).text


def test_a_refusal_comes_back_with_the_form_filled(client):
    event = make.event(is_sign_up_paused=True)
    page = client.post(join(event), data=filled())
    assert page.status_code == 409
    assert "The host takes no sign-ups at the moment" in page.text
    assert 'value="noor@example.org"' in page.text


def test_a_form_whose_token_has_expired_comes_back_filled(app, client):
    event = make.event()
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        page = client.post(join(event), data=filled())
        assert page.status_code == 422
        assert "This page was open for a long time. Nothing is lost" in page.text
        assert 'value="noor@example.org"' in page.text
        assert 'value="' + "k" * 32 in page.text, "the same form, still"
        token = re.search(r'name="csrf_token" type="hidden" value="([^"]+)"', page.text)[1]
        assert client.post(join(event), data=filled(csrf_token=token)).status_code == 303
    finally:
        app.config["WTF_CSRF_ENABLED"] = False


HOSTILE = [
    "x" * 1_000_000, "a\0b", "\ud800\udfff", "\u202egnp.exe\u2066", "a\r\nBcc: x@example.org", "<svg onload=alert(1)>",
    "{{7*7}}", "%(name)s %s {0}", "../../etc/passwd", "' OR 1=1 --",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("field", ["called", "email", "party_size", "words", "letters_in", "speaks", "form_key"])
def test_hostile_text_is_taken_or_refused_but_never_breaks(client, field, text):
    event = make.event()
    body = "&".join(_encoded(name, value) for name, value in {**filled(), field: text}.items())
    page = client.post(join(event), data=body, content_type="application/x-www-form-urlencoded")
    assert page.status_code in (303, 422)
    assert "<svg onload" not in page.text
    assert "49" not in re.findall(r'value="([^"]*)"', page.text)


def _encoded(name, value):
    values = value if isinstance(value, list) else [value]
    return "&".join(f"{name}={quote_plus(each.encode('utf-8', 'surrogatepass'))}" for each in values)


def test_over_long_text_comes_back_cut_and_marked(client):
    page = client.post(join(make.event()), data=filled(called="é" * 500))
    assert page.status_code == 422
    assert "cut to 80 characters" in page.text
    assert "é" * 80 in page.text
    assert "é" * 81 not in page.text


def test_a_shared_computer_is_not_stopped_but_a_script_is(client):
    event = make.event(capacity=None)
    for number in range(60):
        data = filled(email=f"r{number}@example.org", form_key=f"{number:020}")
        assert client.post(join(event), data=data).status_code == 303
    page = client.post(join(event), data=filled(email="last@example.org"))
    assert page.status_code == 429
    assert 'value="last@example.org"' in page.text


def test_one_address_is_not_flooded_with_letters(client):
    event = make.event()
    answers = [client.post(join(event), data=filled(form_key=f"{number:020}")).status_code for number in range(8)]
    assert answers == [303] * 6 + [429] * 2
    assert len(letters()) == 6


@pytest.mark.parametrize("state", [EventState.DRAFT, EventState.SUBMITTED, EventState.WITHDRAWN])
def test_a_proposal_has_no_sign_up_page(client, state):
    event = make.event(state=state)
    assert client.get(join(event)).status_code == 404
    assert client.post(join(event), data=filled()).status_code == 404


def test_the_page_is_kept_by_nobody(client):
    assert "no-store" in client.get(join(make.event())).headers["Cache-Control"]


def test_statements_of_the_page(client):
    event = make.event()
    url = join(event)
    make.registration(event, State.WAITING)
    client.get(url)
    with Statements() as one:
        client.get(url)
    for _ in range(2):
        make.registration(event, State.WAITING)
    with Statements() as three:
        client.get(url)
    assert len(one) == len(three) == 3, three
