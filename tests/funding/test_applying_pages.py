"""Applying on pages: begun from a round, written in saved steps, sent in, talked about, taken back."""

import re

import pytest
import time_machine
from sqlalchemy import select

from engage.core import db
from engage.core.access import Role
from engage.events import queries as events
from engage.events.models import Event
from engage.events.rules import State as EventState
from engage.funding.models import Application
from engage.funding.queries import applications
from engage.funding.rules.states import State
from engage.messages.models import OutboxLetter
from engage.programmes.rules import Proposers
from tests import factories as make
from tests.accounts.signing import sign_in
from tests.conftest import NOW
from tests.funding.browsing import Browser

KEY = "key-of-one-form-12345"
WORDS = {"why": "Nunca nos vimos.", "who": "Vecinos viejos y nuevos.", "reach": "Pregunto en el mercado."}


@pytest.fixture(autouse=True)
def still():
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def host(client):
    person = make.person("Marisol", locale="es")
    make.contact(person, "marisol@example.org")
    sign_in(client, person)
    return Browser(client, person, "es")


@pytest.fixture
def round_(app):
    return make.funding_round()


def _begin(host, round_, title="Cena en la plaza"):
    _start(host, round_, follow=False, title=title)
    return db.session().scalars(select(Application).order_by(Application.created_at.desc())).first().id


def _start(host, round_, dinner="new", **sent):
    return host.post(
        f"my/funding/new/{round_.slug}", dinner=str(dinner), programme=_programme(round_), written_in="es", **sent
    )


def _programme(round_):
    return str(round_.programmes[0].programme_id)


def _write(host, found, area, amount="120"):
    path = f"my/funding/{found}/write"
    sent = {"planned_on": "2027-01-15", "neighbourhood": str(area.id), "languages": ["es", "ar"], "access": ["is_step_free"]}
    host.post(f"{path}/dinner", **sent)
    yusuf = {"co_called": "Yusuf", "co_email": "yusuf@example.org", "co_letter_in": "ar"}
    host.post(f"{path}/people", **WORDS, **yusuf, has_two_households="y")
    lines = {"kind_0": "food", "amount_0": amount, "note_0": "Arroz", "kind_1": "place", "amount_1": "", "note_1": ""}
    host.post(f"{path}/budget", **lines, asked="")


def test_a_dinner_is_applied_for_in_spanish_with_a_co_host(host, round_):
    area = make.neighbourhood()
    found = _begin(host, round_)
    _write(host, found, area)
    page = host.get(f"my/funding/{found}/write/check")
    assert "Nunca nos vimos." in page
    assert "120,00" in page
    host.post(f"my/funding/{found}/write/check")
    application = applications.one(found)
    assert (application.state, application.asked, application.locale) == (State.SUBMITTED, 12_000, "es")
    assert {row.code for row in application.event.languages} == {"es", "ar"}
    assert application.event.neighbourhood_id == area.id
    assert events.holds(application.event_id) == ["funding_decision"]
    assert {letter.kind for letter in db.session().scalars(select(OutboxLetter))} == {"events.cohost", "funding.moved"}


def test_two_hosts_live_in_two_households(host, round_):
    found = _begin(host, round_)
    _write(host, found, make.neighbourhood())
    host.post(f"my/funding/{found}/write/people", **WORDS)
    host.post(f"my/funding/{found}/write/check", status=409)
    host.post(f"my/funding/{found}/write/people", **WORDS, has_two_households="y")
    host.post(f"my/funding/{found}/write/check")
    assert applications.one(found).state == State.SUBMITTED


def test_the_same_form_twice_is_one_application_and_one_note(host, round_):
    for _ in range(2):
        _start(host, round_, title="Cena", key=KEY)
    found = db.session().scalars(select(Application)).one()
    assert db.session().scalars(select(Event)).one().id == found.event_id
    _write(host, found.id, make.neighbourhood())
    host.post(f"my/funding/{found.id}/write/check")
    for _ in range(2):
        host.post(f"my/funding/{found.id}/notes", body="¿Cuándo?", key=KEY[::-1])
    assert [note.body for note in applications.notes(found.id)] == ["¿Cuándo?"]


def test_a_draft_says_that_its_round_has_closed(host, round_):
    found = _begin(host, round_)
    _write(host, found, make.neighbourhood())
    with time_machine.travel(round_.closes_at):
        for page in (f"my/funding/{found}", f"my/funding/{found}/write/check"):
            assert "cerr" in host.get(page).lower()
        assert "Enviar" not in re.findall(r"<main.*</main>", host.get(f"my/funding/{found}/write/check"), re.DOTALL)[0]
        host.post(f"my/funding/{found}/write/people", **WORDS)
        host.post(f"my/funding/{found}/write/check", status=409)


def test_every_step_is_kept_and_found_again(host, round_):
    found = _begin(host, round_)
    answer = host.post(f"my/funding/{found}/write/people", leave="1", **WORDS)
    assert f"/es/my/funding/{found}" in answer.request.path
    assert "Nunca nos vimos." in host.get(f"my/funding/{found}/write/people")


def test_what_is_missing_leads_to_where_it_is_asked(host, round_):
    found = _begin(host, round_)
    page = host.get(f"my/funding/{found}/write/check")
    for step in ("dinner", "people", "budget"):
        assert f"/es/my/funding/{found}/write/{step}" in page
    host.post(f"my/funding/{found}/write/check", status=409)
    assert applications.one(found).state == State.DRAFT


@pytest.mark.parametrize(("typed", "words"), [
    ("-5", "cero"), ("1e9", ""), ("999999999999999999", ""), ("£ 50", "USD"), ("12,345.678,9", ""), ("twelve", ""),
])
def test_a_wrong_amount_is_said_beside_its_field_and_kept(host, round_, typed, words):
    found = _begin(host, round_)
    page = host.post(
        f"my/funding/{found}/write/budget", status=422, kind_0="food", amount_0=typed, note_0="Arroz", kind_1="place",
        amount_1="7", note_1="Sala", asked="",
    ).text
    assert 'id="amount_0-wrong"' in page
    assert "Arroz" in page
    assert "Sala" in page
    assert typed in page.replace("&#39;", "'")
    assert words in page
    assert applications.one(found).lines == []


def test_decimal_commas_are_read(host, round_):
    found = _begin(host, round_)
    host.post(f"my/funding/{found}/write/budget", kind_0="food", amount_0="12,50", note_0="", asked="12.50")
    assert [line.amount for line in applications.one(found).lines] == [1250]


def test_a_total_that_is_not_the_lines_is_refused(host, round_):
    found = _begin(host, round_)
    page = host.post(f"my/funding/{found}/write/budget", status=422, kind_0="food", amount_0="100", note_0="", asked="120").text
    assert 'id="asked-wrong"' in page
    assert "100,00" in page
    assert "120,00" in page


def test_more_than_the_round_gives_is_refused(host, round_):
    found = _begin(host, round_)
    page = host.post(f"my/funding/{found}/write/budget", status=422, kind_0="food", amount_0="150.01", note_0="", asked="").text
    assert 'id="asked-wrong"' in page
    assert "150,00" in page


def test_two_hundred_lines_are_shown_again_and_refused(host, round_):
    found = _begin(host, round_)
    each = {"kind": "food", "amount": "0.10"}
    rows = {f"{name}_{row}": value for row in range(200) for name, value in (*each.items(), ("note", f"n{row}"))}
    page = host.post(f"my/funding/{found}/write/budget", status=422, asked="", **rows).text
    assert "n199" in page
    assert applications.one(found).lines == []


def test_more_lines_are_given_without_losing_what_is_typed(host, round_):
    found = _begin(host, round_)
    page = host.post(f"my/funding/{found}/write/budget", more="1", kind_0="food", amount_0="x1", note_0="Arroz").text
    assert "x1" in page
    assert 'name="amount_3"' in page


def test_an_untrained_host_gets_through_to_the_draft_and_no_further(host):
    round_ = make.funding_round(make.programme(who_may_propose=Proposers.TRAINED))
    found = applications.one(_begin(host, round_))
    assert found.event.state == EventState.DRAFT
    assert events.holds(found.event_id) == ["host_training"]
    host.post(f"my/funding/{found.id}/withdraw")
    assert events.holds(found.event_id) == ["host_training"]


def test_the_same_dinner_is_not_applied_for_twice(host, round_):
    first = applications.one(_begin(host, round_))
    page = _start(host, round_, first.event_id, status=409)
    assert 'id="dinner-wrong"' in page.text
    host.post(f"my/funding/{first.id}/withdraw")
    _start(host, round_, first.event_id)


def test_no_new_application_before_the_report(host, round_):
    make.application(round_, host.person, state=State.HELD)
    page = _start(host, round_, status=409, title="Otra")
    assert "Dinner in Dallow" in page.text


def test_nobody_applies_after_closing(host, round_):
    with db.transaction():
        round_.closes_at = NOW
        db.session().merge(round_)
    page = _start(host, round_, status=409, title="Otra")
    assert re.search(r"2026", page.text)


def test_a_draft_that_is_taken_back_stays_its_hosts_alone(host, round_, app):
    found = _begin(host, round_)
    host.post(f"my/funding/{found}/withdraw")
    staff = make.person("Sam")
    make.grant(staff, Role.STAFF)
    desk = Browser(app.test_client(), staff)
    sign_in(desk.client, staff)
    desk.get(f"my/funding/{found}", status=404)
    assert "Cena en la plaza" not in desk.get(f"desk/funding/{round_.id}")
    assert host.get(f"my/funding/{found}")


def test_somebody_elses_application_does_not_exist(host, round_, app):
    other = make.application(round_, state=State.SUBMITTED)
    area = make.neighbourhood("Elsewhere")
    roles = {"stranger": None, "elsewhere": Role.STAFF, "reviewer": Role.REVIEWER, "coach": Role.COACH}
    for name, role in roles.items():
        person = make.person(name)
        if role:
            make.grant(person, role, area if name == "elsewhere" else None)
        client = app.test_client()
        sign_in(client, person)
        for path in ("", "/write/dinner", "/agreement"):
            assert client.get(f"/en/my/funding/{other.id}{path}").status_code == 404, (name, path)
        assert client.post(f"/en/my/funding/{other.id}/withdraw").status_code == 404


def test_staff_read_it_and_write_and_the_host_answers(host, round_, app):
    found = make.application(round_, host.person, state=State.SUBMITTED)
    staff = make.person("Sam")
    make.grant(staff, Role.STAFF)
    client = app.test_client()
    sign_in(client, staff)
    desk = Browser(client, staff, "en")
    desk.post(f"my/funding/{found.id}/notes", body="How many children?")
    desk.post(f"my/funding/{found.id}/notes", body="Between us: fine.", is_internal="y")
    page = host.get(f"my/funding/{found.id}")
    assert "How many children?" in page
    assert "Between us" not in page
    kinds = [letter.kind for letter in db.session().scalars(select(OutboxLetter))]
    assert kinds == ["funding.note"]
