"""People, roles, documents and settings at the desk: who sees what, and what is refused."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from engage.accounts import actions, queries
from engage.accounts.models import Grant, Person
from engage.accounts.rules import DocumentKind, Reason
from engage.core import db, ledger
from engage.core.access import CLOCK, Role
from engage.core.refusal import NotAllowed, Refused
from engage.messages.models import OutboxLetter
from tests import factories as make
from tests.accounts.signing import sign_in
from tests.conftest import NOW

TODAY, DAY = NOW.date(), timedelta(days=1)


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOW, tick=False):
        yield


def account(name, *roles):
    with db.transaction():
        person_id = actions.create_account(
            email=f"{name.lower()}@example.org", called=name, password=None, roles=roles, locale="en", by=CLOCK, now=NOW
        )
    return queries.person(person_id)


@pytest.fixture
def amina(app):
    return account("Amina")


@pytest.fixture
def clients(app, amina):
    """A browser for each kind of reader."""
    people = {
        "owner": amina, "stranger": account("Stranger"), "reviewer": account("Rita", Role.REVIEWER),
        "staff": account("Sam", Role.STAFF), "administrator": account("Ada", Role.ADMINISTRATOR),
    }
    found = {"nobody": app.test_client()}
    for name, person in people.items():
        found[name] = app.test_client()
        sign_in(found[name], person)
    return found


@pytest.mark.parametrize("path, allowed", [
    ("/en/desk/people?q=ami", {"staff", "administrator"}),
    ("/en/desk/people/{amina}", {"staff", "administrator"}),
    ("/en/desk/documents", {"administrator"}),
    ("/en/desk/documents/conduct", {"administrator"}),
    ("/en/desk/city", {"administrator"}),
])
def test_who_sees_which_screen(clients, amina, path, allowed):
    answers = {name: client.get(path.format(amina=amina.id)).status_code for name, client in clients.items()}
    assert {name for name, status in answers.items() if status == 200} == allowed
    assert answers["nobody"] == 302
    assert answers["owner"] == answers["stranger"] == answers["reviewer"] == 403


def test_people_are_found_by_name_and_whole_address(clients, amina):
    for wanted in ("ami", "AMINA", "amina@example.org", " Amina@Example.ORG "):
        page = clients["staff"].get("/en/desk/people", query_string={"q": wanted}).text
        assert str(amina.id) in page, wanted
    for wanted in ("amina@", "nobody@example.org", "zz", ""):
        assert str(amina.id) not in clients["staff"].get("/en/desk/people", query_string={"q": wanted}).text


def test_names_of_any_script_are_found(clients):
    layla = account("ليلى")
    assert str(layla.id) in clients["staff"].get("/en/desk/people", query_string={"q": "ليل"}).text


def test_contacts_are_masked_but_for_administrators(clients, amina):
    url = f"/en/desk/people/{amina.id}"
    assert "amina@example.org" in clients["administrator"].get(url).text
    staff = clients["staff"].get(url).text
    assert "amina@example.org" not in staff
    assert "a•••@example.org" in staff


def test_nobody_is_found_who_has_left(clients, amina):
    with db.transaction():
        actions.delete_account(person_id=amina.id, by=make.actor(amina), now=NOW)
    assert clients["staff"].get(f"/en/desk/people/{amina.id}").status_code == 404


# --- roles --------------------------------------------------------------------------------------


def give(client, who, **values):
    data = {"role": "coach", "area": "", "starts_on": "", "ends_on": "", "note": "", **values}
    return client.post(f"/en/desk/people/{who.id}/roles", data=data)


def test_an_administrator_gives_and_ends_a_role(clients, amina):
    area = make.neighbourhood("Dallow")
    answer = give(clients["administrator"], amina, role="staff", area=str(area.id), ends_on="2027-01-31", note="Covers for Sam")
    assert answer.status_code == 303
    grant = db.session().scalars(select(Grant).where(Grant.person_id == amina.id)).one()
    assert (grant.role, grant.area_id, grant.starts_on, grant.note) == (Role.STAFF, area.id, TODAY, "Covers for Sam")
    written = [row for row in db.session().scalars(select(OutboxLetter)) if row.facts.get("grant_id") == str(grant.id)]
    assert [row.kind for row in written] == ["accounts.role"]
    page = clients["administrator"].get(f"/en/desk/people/{amina.id}").text
    assert "Covers for Sam" in page
    assert "Covers for Sam" not in clients["staff"].get(f"/en/desk/people/{amina.id}").text
    ending = f"/en/desk/people/{amina.id}/roles/{grant.id}/end"
    assert clients["administrator"].post(ending, data={f"{grant.id}-note": "x" * 501}).status_code == 422
    clients["administrator"].post(ending, data={f"{grant.id}-note": "Sam is back"})
    db.session().rollback()
    assert db.session().get(Grant, grant.id).ended_at == NOW
    assert "Sam is back" in clients["administrator"].get(f"/en/desk/people/{amina.id}").text
    assert "Sam is back" not in clients["staff"].get(f"/en/desk/people/{amina.id}").text
    assert [entry.kind for entry in ledger.history(amina.id)][:2] == ["accounts.RoleEnded", "accounts.RoleGranted"]


@pytest.mark.parametrize("values, said", [
    ({"role": "administrator", "area": "AREA"}, "An administrator is one for the whole city."),
    ({"ends_on": "2026-11-01"}, "The end is before the start."),
    ({"ends_on": "2026-02-31"}, "not a day in the calendar"),
    ({"role": "king"}, "Please choose one of the list."),
    ({"area": "nowhere"}, "Please choose one of the list."),
])
def test_what_cannot_be_given(clients, amina, values, said):
    values = {name: str(make.neighbourhood().id) if value == "AREA" else value for name, value in values.items()}
    answer = give(clients["administrator"], amina, note="kept", **values)
    assert answer.status_code in (409, 422)
    assert said in answer.text
    assert 'value="kept"' in answer.text


def test_a_role_is_not_given_twice(clients, amina):
    give(clients["administrator"], amina)
    assert "has this role there already" in give(clients["administrator"], amina).text


@pytest.mark.parametrize("who", ["staff", "reviewer", "owner", "stranger"])
def test_only_administrators_give_roles(clients, amina, who):
    assert give(clients[who], amina).status_code == 403
    assert queries.grants(amina.id) == []


def test_the_last_administrator_stays(clients):
    ada = queries.role_holders(Role.ADMINISTRATOR)[0]
    grant = queries.grants(ada.id)[0]
    answer = clients["administrator"].post(f"/en/desk/people/{ada.id}/roles/{grant.id}/end")
    assert "The city needs at least one administrator." in answer.text
    assert clients["administrator"].post("/en/account/delete", data={"typed": "delete"}).status_code == 409
    give(clients["administrator"], account("Eve"), role="administrator")
    assert clients["administrator"].post(f"/en/desk/people/{ada.id}/roles/{grant.id}/end").location == "/en/account"
    assert clients["administrator"].get("/en/desk/city").status_code == 403


def test_actions_ask_as_well(app, amina):
    staff = make.actor(amina, Role.STAFF)
    for attempt in (
        lambda: actions.grant(person_id=amina.id, role=Role.ADMINISTRATOR, by=staff, now=NOW),
        lambda: actions.publish_document(kind=DocumentKind.CONDUCT, texts={"en": "x"}, by=staff, now=NOW),
        lambda: actions.change_city(name="X", by=staff, now=NOW),
        lambda: actions.create_account(email="x@example.org", called="X", password=None, locale="en", by=staff, now=NOW),
        lambda: actions.train(person_id=amina.id, on=TODAY, until=None, by=make.actor(amina), now=NOW),
    ):
        with pytest.raises(NotAllowed), db.transaction():
            attempt()


def test_accounts_from_the_command_line_are_safe_to_repeat(app):
    first = account("Ada", Role.ADMINISTRATOR)
    assert account("Ada", Role.ADMINISTRATOR, Role.STAFF).id == first.id
    assert sorted(grant.role for grant in queries.grants_in_force(first.id)) == ["administrator", "staff"]
    with pytest.raises(Refused) as refused, db.transaction():
        actions.create_account(email="a@b.org", called="A", password="short", locale="en", by=CLOCK, now=NOW)
    assert refused.value.reason == Reason.PASSWORD_SHORT


# --- training -----------------------------------------------------------------------------------


def test_staff_note_a_training(clients, amina):
    url = f"/en/desk/people/{amina.id}/training"
    assert clients["owner"].post(url, data={"on": "2026-11-01"}).status_code == 403
    assert clients["staff"].post(url, data={"on": "2026-12-24"}).status_code == 409
    assert clients["staff"].post(url, data={"on": "2026-11-01", "until": "2028-11-01"}).status_code == 303
    db.session().rollback()
    assert db.session().get(Person, amina.id).trained_on.isoformat() == "2026-11-01"
    assert ledger.history(amina.id)[0].kind == "accounts.PersonTrained"
    clients["staff"].post(url, data={"on": ""})
    db.session().rollback()
    assert db.session().get(Person, amina.id).trained_on is None
