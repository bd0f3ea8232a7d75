"""One's own account: owner, stranger, and what each change leaves behind."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from engage.accounts import actions, queries
from engage.accounts.models import Contact, Grant, Person, SignIn, Ticket
from engage.core import db, ledger, pages
from engage.core.access import CLOCK, Actor, Role
from engage.core.refusal import NotAllowed
from engage.messages import actions as outbox
from engage.messages import queries as outbox_queries
from engage.messages.models import Address, OutboxLetter
from engage.messages.rules import Topic
from tests import factories as make
from tests.accounts.signing import sign_in
from tests.conftest import NOW

PASSWORD = "three old bridges"
PAGES = ["", "/name", "/address", "/reach", "/password", "/sessions", "/delete"]


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def amina(app, client):
    with db.transaction():
        person_id = actions.create_account(
            email="amina@example.org", called="Amina", password=PASSWORD, locale="en", by=CLOCK, now=NOW
        )
    person = queries.person(person_id)
    sign_in(client, person)
    return person


def letters():
    db.session().rollback()
    return [(row.kind, row.address.value) for row in db.session().scalars(select(OutboxLetter).order_by(OutboxLetter.kind))]


def again(amina):
    db.session().rollback()
    return db.session().get(Person, amina.id)


@pytest.mark.parametrize("page", PAGES)
def test_pages_are_for_their_owner(app, client, amina, page):
    assert client.get(f"/en/account{page}").status_code == 200
    answer = app.test_client().get(f"/en/account{page}")
    assert (answer.status_code, answer.location) == (302, f"/en/sign-in?next=/en/account{page}")


def test_settings_show_what_is_known(client, amina):
    page = client.get("/en/account").text
    assert "Amina" in page
    assert "amina@example.org" in page


def test_name_and_language(client, amina):
    answer = client.post("/en/account/name", data={"called": "Amina M.", "language": "fr"})
    assert answer.location == "/fr/account", "the page goes on in the language chosen"
    assert (again(amina).called, again(amina).locale) == ("Amina M.", "fr")


def test_a_new_address_counts_once_it_is_proven(app, client, amina):
    client.post("/en/account/address", data={"email": "new@example.org"})
    assert letters() == [("accounts.change", "new@example.org")]
    assert queries.mail_contact(amina.id).address.value == "amina@example.org"
    ticket = db.session().scalars(select(Ticket)).one()
    link = pages.link("ticket", ticket.id, 0, "en").removeprefix("https://engage.test")
    elsewhere = app.test_client()
    url = elsewhere.get(link).location
    assert elsewhere.get(url).status_code == 302, "only its owner, signed in, may move the account there"
    client.get(link)
    assert client.post(url).status_code == 303
    db.session().rollback()
    assert queries.mail_contact(amina.id).address.value == "new@example.org"
    assert ("accounts.changed", "amina@example.org") in letters()
    assert len(queries.contacts(amina.id)) == 1


def test_what_was_the_old_address_s_is_the_new_one_s(app, amina):
    old = queries.main_address_id(amina.id)
    with db.transaction():
        actions.agree(address_id=old, purpose="conduct", now=NOW)
        outbox.end_topic(address_id=old, topic=Topic.NEWS, by=Actor(addresses=frozenset({old})), now=NOW)
        outbox.post(about="place", kind="place_confirmed", to=old, facts={}, now=NOW, expires_at=NOW + timedelta(days=1))
        actions.change_address(person_id=amina.id, email="new@example.org", by=make.actor(amina), now=NOW)
    ticket = db.session().scalars(select(Ticket)).one()
    with db.transaction():
        by = Actor(person_id=amina.id, links=frozenset({("ticket", ticket.id)}))
        actions.confirm_address(ticket_id=ticket.id, by=by, now=NOW)
    new = queries.main_address_id(amina.id)
    assert ("place_confirmed", "new@example.org") in letters()
    assert [consent.purpose for consent in queries.consents(new)] == ["conduct"]
    assert outbox_queries.opted_out(new) == {Topic.NEWS}


def test_somebody_elses_address_is_not_told_apart(client, amina):
    other = make.person("Noor")
    make.contact(other, "noor@example.org")
    answers = [client.post("/en/account/address", data={"email": email}) for email in ("noor@example.org", "free@example.org")]
    assert answers[0].status_code == answers[1].status_code == 303
    assert answers[0].location == answers[1].location
    assert letters() == [("accounts.change", "free@example.org"), ("accounts.known", "noor@example.org")]


def test_a_claim_to_somebody_elses_address_opens_no_door(app, client, amina):
    """Who asks to move here from an address that is not theirs must not have its owner prove it for them."""
    client.post("/en/account/address", data={"email": "victor@example.org"})
    victor = app.test_client()
    victor.post("/en/sign-in/link", data={"link-email": "victor@example.org"})
    assert ("accounts.unknown", "victor@example.org") in letters()
    assert not db.session().scalars(select(Ticket).where(Ticket.purpose == "prove")).all()
    victor.post("/en/register", data={
        "called": "Victor", "email": "victor@example.org", "language": "en", "conduct": "y", "privacy": "y",
    })
    ticket = db.session().scalars(select(Ticket).where(Ticket.purpose == "prove")).one()
    url = victor.get(pages.link("ticket", ticket.id, 0, "en").removeprefix("https://engage.test")).location
    assert victor.post(url).status_code == 303
    db.session().rollback()
    assert [found.address.value for found in queries.contacts(amina.id)] == ["amina@example.org"]
    assert queries.holder(queries.mail_address("victor@example.org").id).called == "Victor"


def test_the_same_address_is_refused_kindly(client, amina):
    assert "This is your address already." in client.post("/en/account/address", data={"email": "Amina@example.org"}).text


def test_phone_counts_once_it_was_called(client, amina):
    assert client.post("/en/account/reach", data={"channel": "phone", "phone": "soon"}).status_code == 422
    assert client.post("/en/account/reach", data={"channel": "phone", "phone": "020 7946 0000"}).status_code == 303
    assert again(amina).channel == "email"
    contact = queries.phones_to_check(make.actor(make.person(), Role.STAFF))[0]
    assert contact.address.value == "+442079460000"
    with db.transaction():
        actions.prove_phone(contact_id=contact.id, by=make.actor(make.person(), Role.STAFF), now=NOW)
    assert again(amina).channel == "phone"
    assert queries.main_address_id(amina.id) == contact.address_id
    client.post("/en/account/reach", data={"channel": "email", "phone": ""})
    assert again(amina).channel == "email"


def test_another_password(app, client, amina):
    elsewhere = app.test_client()
    sign_in(elsewhere, amina)
    wrong = client.post("/en/account/password", data={"current": "guess", "password": "four new bridges"})
    assert "This is not your password now." in wrong.text
    assert client.post("/en/account/password", data={"current": PASSWORD, "password": "four new bridges"}).status_code == 303
    assert client.get("/en/account").status_code == 200, "the browser in use stays signed in"
    assert elsewhere.get("/en/account").status_code == 302
    client.post("/en/account/password/drop")
    assert again(amina).password_hash is None


def test_sessions_are_seen_and_ended(app, client, amina):
    elsewhere, stranger = app.test_client(), app.test_client()
    row = sign_in(elsewhere, amina, browser="Safari, iPhone")
    sign_in(stranger, make.person("Noor"))
    assert "Safari, iPhone" in client.get("/en/account/sessions").text
    stranger.post(f"/en/account/sessions/{row.id}/end")
    assert elsewhere.get("/en/account").status_code == 200, "a stranger ends nothing"
    client.post(f"/en/account/sessions/{row.id}/end")
    assert elsewhere.get("/en/account").status_code == 302
    assert client.get("/en/account").status_code == 200


def test_sign_out_kills_the_token(client, amina):
    with client.session_transaction() as session:
        token = session["sign_in"]
    assert client.get("/en/sign-out").status_code == 200
    assert client.post("/en/sign-out").status_code == 303
    with client.session_transaction() as session:
        assert "sign_in" not in session
        session["sign_in"] = token
    assert client.get("/en/account").status_code == 302, "a stolen token is dead"


def test_sign_out_everywhere(app, client, amina):
    elsewhere = app.test_client()
    sign_in(elsewhere, amina)
    client.post("/en/account/sessions/end")
    assert client.get("/en/account").status_code == elsewhere.get("/en/account").status_code == 302


def test_signing_in_gives_a_new_token_and_ends_the_old(client, amina):
    with client.session_transaction() as session:
        before = session["sign_in"]
    client.post("/en/sign-in", data={"word-email": "amina@example.org", "word-password": PASSWORD})
    with client.session_transaction() as session:
        assert session["sign_in"] != before
    db.session().rollback()
    assert len(queries.sign_ins(amina.id, NOW)) == 1


def test_delete(client, amina):
    with db.transaction():
        make.grant(amina, Role.COACH)
        actions.install_documents(by=CLOCK, now=NOW)
        address_id = queries.main_address_id(amina.id)
        actions.agree(address_id=address_id, purpose="conduct", now=NOW)
    assert client.post("/en/account/delete", data={"typed": "remove"}).status_code == 422
    assert client.post("/en/account/delete", data={"typed": "Delete"}).location == "/en/account/gone"
    assert client.get("/en/account").status_code == 302
    gone = again(amina)
    assert (gone.called, gone.password_hash, gone.deleted_at) == ("", None, NOW)
    for rows in (Contact, Grant, SignIn):
        assert db.session().scalars(select(rows).where(rows.person_id == amina.id)).all() == []
    assert queries.consents(address_id) == []
    fact = ledger.history(amina.id)[0]
    assert (fact.kind, fact.details["address_id"]) == ("accounts.PersonDeleted", str(address_id))
    assert queries.person(amina.id) is None


def test_the_word_is_typed_in_the_pages_language(app, amina, client):
    page = client.get("/en/account/delete").text
    assert "please type: delete" in page


def test_strangers_change_nothing(app, amina):
    stranger = make.actor(make.person("Noor"), Role.ADMINISTRATOR)
    mine = {"person_id": amina.id, "by": stranger, "now": NOW}
    tries = [
        lambda: actions.change_profile(called="X", locale="en", **mine),
        lambda: actions.change_address(email="x@example.org", **mine),
        lambda: actions.change_password(current="", password="four new bridges", keep=None, **mine),
        lambda: actions.drop_password(**mine),
        lambda: actions.end_sessions(**mine),
        lambda: actions.delete_account(**mine),
    ]
    for attempt in tries:
        with pytest.raises(NotAllowed), db.transaction():
            attempt()
    assert again(amina).called == "Amina"
    assert db.session().scalars(select(Address)).one().value == "amina@example.org"
